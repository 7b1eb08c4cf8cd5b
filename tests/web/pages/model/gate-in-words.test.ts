import { expect, it } from "vitest";

import { gateInWords } from "../../../../web/src/pages/model/gate-in-words.js";

it("the gate of a model says which aliases it is for", () => {
  expect(gateInWords([])).toMatch(/^Off: /);
  expect(gateInWords(["champion"])).toMatch(/^On: the alias champion goes to no version/);
  expect(gateInWords(["a", "b", "c"])).toMatch(/^On: the aliases a, b and c go to no version/);
});

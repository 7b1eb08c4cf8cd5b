import { expect, it } from "vitest";

import { foundModels } from "../../../../web/src/pages/models/found-models.js";

it("models are found by all words of what is said of them", () => {
  const model = {
    name: "Churn",
    description: "Who leaves next month",
    tags: { team: "growth" },
    aliases: [{ alias: "champion", version: 3 }],
    gated_aliases: [],
    created_at: "",
    updated_at: "",
    versions: 3,
    newest: null,
  };
  const found = (text: string) => foundModels([model, { ...model, name: "pets", tags: {} }], text).length;
  expect(["", "churn", "LEAVES champion", "growth", "dogs", "churn dogs"].map(found)).toEqual([
    2, 1, 2, 1, 0, 0,
  ]);
});

import { expect, it } from "vitest";

import { firstLine } from "../../../web/src/components/first-line.js";

it("the first line of Markdown that says something is plain text", () => {
  expect(firstLine("# Tumour **model**\n\nSee [the docs](http://x.org).")).toBe("Tumour model");
  expect(firstLine("\n---\n> - See [the `docs`](http://x.org) and ![a picture](p.png)\nmore")).toBe(
    "See the docs and a picture",
  );
  expect(firstLine("_Trained_ on *all* of ~~2024~~ __2025__ ##")).toBe("Trained on all of 2024 2025");
  expect(firstLine("max_depth * n_estimators < 2 * 3 * 4")).toBe("max_depth * n_estimators < 2 * 3 * 4");
  expect(["", "\n \n", "***"].map(firstLine)).toEqual(["", "", ""]);
});

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

import { projectRoot } from "../support/built-package.js";
import { documented } from "./documented.js";
import { startServer } from "./running-server.js";

it("the pages expect of each route the shape that the document names", async () => {
  const text = await readFile(join(projectRoot, "web/src/api/answers.ts"), "utf8");
  const expected = Object.fromEntries(
    [...text.matchAll(/^ {2}"(\/api\/[^"]+)": (\w+);$/gm)].map(([, path, shape]) => [path!, shape!]),
  );
  expect(Object.keys(expected).length).toBeGreaterThan(15);
  const { document } = await documented((await startServer()).address);
  const named = Object.fromEntries(
    Object.keys(expected).map((path) => {
      const schema = document["paths"][path]?.get.responses["200"].content["application/json"].schema;
      return [path, schema?.$ref.replace("#/components/schemas/", "")];
    }),
  );
  expect(named).toEqual(expected);
});

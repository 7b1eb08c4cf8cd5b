import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

import { callingFile, userFile } from "../../../src/experiment/environment/calling-file.js";
import { engine } from "../../../src/experiment/environment/run-environment.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

describe("the file that called", () => {
  it("is this one under a test runner", () => {
    const log = () => callingFile(log);
    expect(log()).toBe(import.meta.filename);
  });

  it("is the first that is no tool's, however a stack names it", () => {
    const tools =
      "    at run (node:internal/modules/esm:1:2)\n    at f (/a/node_modules/next/server.js:3:4)\n";
    for (const [place, file] of [
      ["GET (/app/(shop)/route [x].js:1:9)", "/app/(shop)/route [x].js"],
      ["/app/it.test.js:1:9", "/app/it.test.js"],
      ["async /app/it.test.js:1:9", "/app/it.test.js"],
      ["async Object.<anonymous> (file:///app/a%20b.js:1:9)", "/app/a b.js"],
      ["GET (webpack-internal:///(rsc)/./app/route.js:1:9)", join(process.cwd(), "app/route.js")],
    ] as const) {
      expect(userFile(`Error\n${tools}    at ${place}\n    at /app/later.js:1:1`)).toBe(file);
    }
    expect(userFile(`Error\n${tools}`)).toBeUndefined();
  });

  it("is named by the source map of a bundle, whose tools are passed over", async () => {
    const folder = await temporaryFolder();
    const bundle = join(folder, "chunk.js");
    // Line 1 is of the package, line 2 of the route: AAAA is column 0, source 0; ACAA the next source.
    const map = {
      version: 3,
      sources: ["../node_modules/ml-tracking/dist/index.js", "../app/(api)/route.ts"],
      names: [],
      mappings: "AAAA;ACAA",
    };
    await writeFile(`${bundle}.map`, JSON.stringify(map));
    const stack = `    at a (${bundle}:1:1)\n    at GET (${bundle}:2:1)`;
    expect(userFile(stack)).toBe(join(folder, "../app/(api)/route.ts"));
    const address = pathToFileURL(join(folder, "app/route.js")).href;
    await writeFile(`${bundle}.map`, JSON.stringify({ ...map, sources: [map.sources[0], address] }));
    expect(userFile(stack)).toBe(join(folder, "app/route.js"));
    await writeFile(`${bundle}.map`, "{");
    expect(userFile(stack)).toBe(bundle);
  });
});

describe("what runs the process", () => {
  it("is Bun or Deno where it is, though both name a version of Node.js too", () => {
    const node = { ...process.versions, node: "26.3.0" };
    expect(engine({ ...node, bun: "1.4.5" })).toEqual({ language: "bun", version: "1.4.5" });
    expect(engine({ ...node, deno: "2.9.6" })).toEqual({ language: "deno", version: "2.9.6" });
    expect(engine(node)).toEqual({ language: "node", version: "26.3.0" });
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";

const folder = new URL("../../src/scores/", import.meta.url);

/** Every exported name of the folder, for an example to use without an import. */
const names: Record<string, unknown> = {};
const examples: { file: string; call: string; answer: string }[] = [];
const undocumented: string[] = [];
for (const file of readdirSync(folder)) {
  Object.assign(names, await import(new URL(file, folder).href));
  const source = readFileSync(new URL(file, folder), "utf8");
  for (const [, example = ""] of source.matchAll(/@example (.+?)(?: \*\/)?$/gm)) {
    const comment = example.lastIndexOf(" // ");
    examples.push({ file, call: example.slice(0, comment), answer: example.slice(comment + 4) });
  }
  for (const [, docstring = "", name] of source.matchAll(
    /(\/\*\*(?:(?!\*\/)[^])*\*\/\n)?export function (\w+)/g,
  )) {
    if (!docstring.startsWith("/**")) undocumented.push(`${file}: ${name}`);
  }
}

function evaluate(expression: string): unknown {
  const run = runInThisContext(`(${Object.keys(names).join(", ")}) => (${expression})`) as (
    ...values: unknown[]
  ) => unknown;
  return run(...Object.values(names));
}

describe("the answer beside an @example is what the call gives", () => {
  for (const { file, call, answer } of examples) {
    it(`${file}: ${call}`, () => expect(evaluate(call)).toEqual(evaluate(answer)));
  }
});

it("finds an example in every file that defines a score", () => {
  const files = new Set(examples.map(({ file }) => file));
  const scores = readdirSync(folder).filter((file) =>
    readFileSync(new URL(file, folder), "utf8").includes("Source: "),
  );
  expect(scores.length).toBeGreaterThan(15);
  expect(scores.filter((file) => !files.has(file))).toEqual([]);
});

it("leaves no exported function without a docstring, but for one whose types say all", () => {
  expect(undocumented).toEqual([
    "registry.ts: scoreNames",
    "registry.ts: scoreNames",
    "registry.ts: scoreNames",
    "score-sheet.ts: scoreSheet",
  ]);
});

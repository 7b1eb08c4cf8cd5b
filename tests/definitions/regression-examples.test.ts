import { readdirSync, readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { expect, it } from "vitest";

const folder = new URL("../../src/definitions/regression/", import.meta.url);

/** Every exported name of the folder, for an example to use without an import. */
const names: Record<string, unknown> = {};
const examples: { file: string; call: string; answer: string }[] = [];
for (const file of readdirSync(folder)) {
  // The lists of definitions export names that others have too, and no examples.
  const source = readFileSync(new URL(file, folder), "utf8");
  const found = [...source.matchAll(/@example (.+?)(?: \*\/)?$/gm)].map(([, example = ""]) => {
    const comment = example.lastIndexOf(" // ");
    return { file, call: example.slice(0, comment), answer: example.slice(comment + 4) };
  });
  if (found.length > 0) Object.assign(names, await import(new URL(file, folder).href));
  examples.push(...found);
}

function evaluate(expression: string): unknown {
  const run = runInThisContext(`(${Object.keys(names).join(", ")}) => (${expression})`) as (
    ...values: unknown[]
  ) => unknown;
  return run(...Object.values(names));
}

for (const { file, call, answer } of examples) {
  it(`${file}: ${call} gives what its example says`, () => expect(evaluate(call)).toEqual(evaluate(answer)));
}

it("finds the examples", () => expect(examples.length).toBeGreaterThan(10));

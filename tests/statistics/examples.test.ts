import { readdirSync, readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";

const folder = new URL("../../src/statistics/", import.meta.url);
const names: Record<string, unknown> = {};
const examples: { file: string; call: string; answer: string }[] = [];
for (const file of readdirSync(folder)) {
  Object.assign(names, await import(new URL(file, folder).href));
  const source = readFileSync(new URL(file, folder), "utf8");
  for (const [, example = ""] of source.matchAll(/@example (.+?)(?: \*\/)?$/gm)) {
    const comment = example.lastIndexOf(" // ");
    examples.push({ file, call: example.slice(0, comment), answer: example.slice(comment + 4) });
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
    it(`${file}: ${call}`, () => {
      const [given, wanted] = [evaluate(call), evaluate(answer)];
      if (typeof wanted === "number") expect(given).toBeCloseTo(wanted, 14);
      else expect(given).toEqual(wanted);
    });
  }
});

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { DefinedSample } from "../../src/definitions/asked-definitions.js";
import { catalogue } from "../../src/definitions/catalogue.js";
import type { Definition } from "../../src/definitions/definition.js";
import type { ClassificationSample, RegressionSample } from "../../src/scores/sample.js";
import { type Sample, type SampleKind, sampleOf } from "./samples.js";

type Answer = number | "nan" | "inf" | "-inf" | null;
interface Golden {
  version: string;
  answers: Record<string, { kinds: SampleKind[]; of: Answer[] }>;
}
const folder = fileURLToPath(new URL(".", import.meta.url));
const samples = JSON.parse(readFileSync(`${folder}samples.json`, "utf8")) as Sample[];
const goldens = readdirSync(`${folder}golden`).map(
  (name) => JSON.parse(readFileSync(`${folder}golden/${name}`, "utf8")) as Golden,
);
const answers = new Map(
  goldens.flatMap(({ version, answers: given }) =>
    Object.entries(given).map(([id, of]) => [id, { version, ...of }] as const),
  ),
);

describe("a definition gives what its library gives", () => {
  for (const definition of catalogue.filter(({ comparedWith }) => comparedWith === "library")) {
    it(`${definition.id} as ${definition.library}`, () => {
      const golden = answers.get(definition.id);
      if (!golden) throw new Error("no golden file has answers of it");
      expect(golden.version).toBe(definition.version);
      const asked = samples.filter(({ kind }) => golden.kinds.includes(kind));
      expect(asked.length).toBeGreaterThan(200);
      // Without enough numbers among its answers, nothing is compared.
      expect(golden.of.filter((answer) => typeof answer === "number").length).toBeGreaterThan(80);
      const differing = asked.flatMap((sample, i) => {
        const ours = answerOf(definition, sampleOf(sample));
        return isSame(ours, golden.of[i]!, definition.precision)
          ? []
          : [{ i, ours, theirs: golden.of[i], sample }];
      });
      expect(differing.slice(0, 3)).toEqual([]);
    });
  }
});

it("has each id once, and no answers of an unknown one", () => {
  const ids = catalogue.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...answers.keys()].filter((id) => !ids.includes(id))).toEqual([]);
});

function answerOf(definition: Definition, sample: DefinedSample): Answer {
  const value =
    definition.kind === "regression"
      ? definition.of(sample as RegressionSample)
      : definition.of(sample as ClassificationSample);
  if (value === undefined) return null;
  if (Number.isNaN(value)) return "nan";
  return Number.isFinite(value) ? value : value > 0 ? "inf" : "-inf";
}

function isSame(ours: Answer, theirs: Answer, precision: Definition["precision"]): boolean {
  if (typeof ours !== "number" || typeof theirs !== "number") return ours === theirs;
  const digits = precision === "float32" ? 1e-5 : 1e-9;
  return Math.abs(ours - theirs) <= digits * Math.max(1, Math.abs(theirs));
}

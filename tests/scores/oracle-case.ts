import { classificationScores } from "../../src/scores/classification-sample.js";
import type { Label } from "../../src/scores/label.js";
import { positiveCode } from "../../src/scores/positive-label.js";
import { regressionScores } from "../../src/scores/regression-sample.js";
import type { ClassificationSample } from "../../src/scores/sample.js";
import type { ScoreNote } from "../../src/scores/score-note.js";

type Answer = { value: number } | { undefined: "nan" | "infinite" | "raises" | "warns" };

export interface ClassificationCase {
  name: string;
  kind: "classification";
  y_true: (Label | boolean)[];
  y_pred: (Label | boolean)[];
  labels?: (Label | boolean)[];
  positive?: Label | boolean;
  y_score?: number[] | number[][];
  weights?: number[];
  expected: Record<string, Answer>;
}

export interface RegressionCase {
  name: string;
  kind: "regression";
  y_true: number[];
  y_pred: number[];
  weights?: number[];
  expected: Record<string, Answer>;
}

export type OracleCase = ClassificationCase | RegressionCase;

export interface OurScores {
  scores: Partial<Record<string, number>>;
  notes: ScoreNote[];
}

export function ourScores(given: OracleCase): OurScores {
  if (given.kind === "classification") return classificationScores(encoded(given));
  return regressionScores({
    yTrue: Float64Array.from(given.y_true),
    yPred: Float64Array.from(given.y_pred),
    ...(given.weights === undefined ? {} : { weights: Float64Array.from(given.weights) }),
  });
}

/** Encodes labels as the checked input of an experiment is: sorted by value or by code point, true as 1. */
export function encoded(given: Omit<ClassificationCase, "name" | "kind" | "expected">): ClassificationSample {
  const [yTrue, yPred, named] = [given.y_true, given.y_pred, given.labels ?? []].map((labels) =>
    labels.map((label) => (typeof label === "boolean" ? Number(label) : label)),
  ) as [Label[], Label[], Label[]];
  const labels = [...new Set(named.length > 0 ? named : [...yTrue, ...yPred])].sort(byValueOrCodePoint);
  const codes = new Map(labels.map((label, code) => [label, code]));
  return {
    labels,
    yTrue: Int32Array.from(yTrue, (label) => codes.get(label)!),
    yPred: Int32Array.from(yPred, (label) => codes.get(label)!),
    ...(given.positive === undefined ? {} : { positive: positiveCode(labels, given.positive) }),
    ...(given.y_score === undefined ? {} : { yScore: Float64Array.from(given.y_score.flat()) }),
    ...(given.weights === undefined ? {} : { weights: Float64Array.from(given.weights) }),
  };
}

function byValueOrCodePoint(a: Label, b: Label): number {
  if (typeof a !== "string" || typeof b !== "string") return a < b ? -1 : 1;
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(x.length, y.length); at++) {
    if (x[at] !== y[at]) return x[at]!.codePointAt(0)! - y[at]!.codePointAt(0)!;
  }
  return x.length - y.length;
}

const magnitudes = new Set([
  "mean_absolute_error",
  "mean_squared_error",
  "root_mean_squared_error",
  "median_absolute_error",
  "mean_absolute_percentage_error",
  "max_error",
  "mean_pinball_loss",
]);

/**
 * What keeps our scores from being scikit-learn's, nothing if they are: every score that it answers is ours
 * to 1e-12: relative for a mean of magnitudes, which loses no digits near 0, and absolute below 1 for one
 * that is a difference or a share. Every one that it calls undefined is absent from ours, with a note that
 * says why; and we have no other.
 */
export function differencesFromScikitLearn(given: OracleCase, ours: OurScores = ourScores(given)): string[] {
  const differences: string[] = [];
  const unexplained = new Set(
    ours.notes.filter((note) => note.undefined).map((note) => note.score as string),
  );
  for (const [name, answer] of Object.entries(given.expected)) {
    const score = ours.scores[name];
    if ("value" in answer) {
      const allowed = 1e-12 * Math.max(magnitudes.has(name) ? 0 : 1, Math.abs(answer.value));
      if (score === undefined || !(Math.abs(score - answer.value) <= allowed)) {
        differences.push(`${name} is ${score}, scikit-learn says ${answer.value}`);
      }
    } else {
      if (score !== undefined) {
        differences.push(`${name} is ${score}, scikit-learn calls it undefined (${answer.undefined})`);
      }
      if (!unexplained.delete(name)) differences.push(`no note says why ${name} is undefined`);
    }
  }
  for (const name of Object.keys(ours.scores)) {
    if (!(name in given.expected)) differences.push(`${name} was not asked for`);
  }
  for (const name of unexplained) differences.push(`${name} is noted as undefined, but scikit-learn answers`);
  return differences.map((difference) => `${given.name}: ${difference}`);
}

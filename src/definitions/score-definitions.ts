import { classificationScores } from "../scores/classification-sample.js";
import type { Score } from "../scores/registry.js";
import { regressionScores } from "../scores/regression-sample.js";
import { shortNumber } from "../scores/short-number.js";
import { computed, type DefinedSample, definitionsFor } from "./asked-definitions.js";
import { catalogue, plainName } from "./catalogue.js";
import type { Definition } from "./definition.js";
import { remembered } from "./remembered.js";

/** What other programs compute under the name of a score of ours. */
export function definitionsCalled(score: Score): Definition[] {
  const ours = plainName(score.name);
  return catalogue.filter(
    ({ kind, names, id }) =>
      kind === score.kind &&
      [...names, id.slice(id.indexOf(":") + 1)].some((name) => plainName(name) === ours),
  );
}

/** The smallest example of some on which a definition differs from a score of ours, in words; else "no". */
export function differenceFrom(
  score: Score,
  definition: Definition,
  examples: readonly DefinedSample[],
): string {
  let isComparable = false;
  for (const sample of examples) {
    if (sample.kind !== score.kind || !definitionsFor(sample).includes(definition)) continue;
    const ours = oursOf(score, sample);
    const theirs = computed(definition, sample);
    if (theirs === undefined || ours === undefined) continue;
    isComparable = true;
    if (Math.abs(theirs - ours) <= 1e-6 * Math.max(1, Math.abs(ours))) continue;
    return `${exampleText(sample, definition, score)}: ${shortNumber(theirs)}, ours ${shortNumber(ours)}.`;
  }
  return isComparable ? "no" : "Ours has no value where this one is defined.";
}

const ourScores = remembered((sample: DefinedSample): Readonly<Record<string, number>> => {
  return sample.kind === "regression" ? regressionScores(sample).scores : classificationScores(sample).scores;
});

function oursOf({ name }: Score, sample: DefinedSample): number | undefined {
  return ourScores(sample)[name];
}

function exampleText(sample: DefinedSample, definition: Definition, { needsScore }: Score): string {
  const list = (values: ArrayLike<number>) => Array.from(values, String).join(" ");
  const labels = `y ${list(sample.yTrue)}, p ${list(sample.yPred)}`;
  const isScored = needsScore || (definition.kind === "classification" && definition.needsScore);
  if (sample.kind === "regression" || !sample.yScore || !isScored) return labels;
  const columns = sample.yScore.length / sample.yTrue.length;
  const rows = Array.from({ length: sample.yTrue.length }, (_, i) =>
    list(sample.yScore!.subarray(i * columns, (i + 1) * columns)),
  );
  return `${labels}, s ${rows.join(columns > 1 ? " / " : " ")}`;
}

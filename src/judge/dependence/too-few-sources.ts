import { classNames } from "../../scores/classification-context.js";
import { classificationRecords, type ScoreName } from "../../scores/registry.js";
import { leastGroups } from "../../statistics/grouped-interval.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import type { Dependence } from "./dependence.js";

/**
 * Why a score that looks at a class by itself cannot be judged: all of that class's samples come from a few
 * groups, or a few stretches of time, which say too little of how others would be.
 */
export function tooFewSources(
  sample: JudgedSample,
  dependence: Dependence,
): (score: ScoreName) => string | undefined {
  if (sample.kind === "regression") return () => undefined;
  const { labels, yTrue } = sample;
  const sources =
    dependence.by === "group"
      ? groupsOf(yTrue, dependence.codes, labels.length)
      : stretchesOf(yTrue, dependence.rows, labels.length);
  const few = [...labels.keys()].filter((code) => sources[code]! > 0 && sources[code]! < leastGroups);
  const [rarest] = few.toSorted((a, b) => sources[a]! - sources[b]!);
  if (rarest === undefined) return () => undefined;
  const [one, several] =
    dependence.by === "group" ? ["group", "groups"] : ["stretch of time", "stretches of time"];
  const where = `${sources[rarest] === 1 ? one : several}${dependence.by === "group" ? ` of ${dependence.feature}` : ""}`;
  const reason = `${classNames([rarest], labels)} is in ${sources[rarest]} ${where} only; it takes ${leastGroups}`;
  return (score) => {
    const record = classificationRecords.find(({ name }) => name === score)!;
    const ofAll = record.by === "mean" || (record.by === "counts" && record.share?.of === "all");
    return ofAll ? undefined : reason;
  };
}

/** In how many groups each class is. */
function groupsOf(yTrue: Int32Array, codes: Int32Array, labels: number): number[] {
  const found = Array.from({ length: labels }, () => new Set<number>());
  for (let i = 0; i < yTrue.length; i++) found[yTrue[i]!]!.add(codes[i]!);
  return found.map(({ size }) => size);
}

/** How often each class begins anew in time. */
function stretchesOf(yTrue: Int32Array, rows: Int32Array, labels: number): number[] {
  const found = Array.from({ length: labels }, () => 0);
  let before = -1;
  for (const row of rows) {
    const code = yTrue[row]!;
    if (code !== before) found[code]! += 1;
    before = code;
  }
  return found;
}

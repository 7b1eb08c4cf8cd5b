import { limitsOfDifference } from "../../statistics/limits-of-difference.js";
import { limitsOfSum } from "../../statistics/limits-of-sum.js";
import { pairedCorrelation } from "../../statistics/paired-shares-interval.js";
import { type Limits, shareLimits } from "../../statistics/share-limits.js";
import type { ClassAgreement } from "../class-agreement.js";
import type { ClassShare, CountedScore } from "../class-shares.js";
import type { Cells } from "../count-cells.js";
import { influenceOf } from "../count-gradient.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";

/** The variance of a difference of scores of the same samples, by the delta method. */
export function differenceVariance(
  ofA: CountedScore,
  ofB: CountedScore,
  a: JudgedClasses,
  b: JudgedClasses,
  triples: Cells | undefined,
): number {
  const { samples } = ofA.table;
  const [truths, first, second] = triples?.codes ?? [a.yTrue, a.yPred, b.yPred];
  let squares = 0;
  for (let i = 0; i < truths!.length; i++) {
    const influence =
      influenceOf(ofB.gradient, samples, truths![i]!, second![i]!) -
      influenceOf(ofA.gradient, samples, truths![i]!, first![i]!);
    squares += (triples ? triples.counts[i]! : 1) * influence * influence;
  }
  return squares / samples ** 2;
}

/** The limits of the difference of two scores that grow with a share each: precision, F1. */
export function sharesDifference(
  ofA: CountedScore,
  ofB: CountedScore,
  classes: ClassAgreement,
): (z: number) => Limits {
  const { count, of: whole, score = (share) => share } = ofA.record.share!;
  const [countA, countB] = [count(ofA.table, ofA.positive), count(ofB.table, ofB.positive)];
  const correlation = shareCorrelation(classes, ofA.positive, countA, countB, whole === "either");
  const limitsOf = ([part, all]: readonly [number, number], value: number, z: number) => {
    const { low, high } = shareLimits(part, all, z);
    return { value, low: score(low), high: score(high) };
  };
  return (z) =>
    limitsOfDifference(limitsOf(countA, ofA.value, z), limitsOf(countB, ofB.value, z), correlation);
}

/** The limits of the difference of two scores that are made of the classes' shares. */
export function classesDifference(
  ofA: CountedScore,
  ofB: CountedScore,
  [sharesA, sharesB]: readonly [readonly ClassShare[], readonly ClassShare[]],
  classes: ClassAgreement,
  variance: number,
): (z: number) => Limits {
  const isOfRecalls = ofA.record.classShares === undefined;
  const [inA, inB] = [sharesA, sharesB].map((shares) => new Map(shares.map((share) => [share.code, share])));
  const codes = new Set([...inA!.keys(), ...inB!.keys()]);
  const parts = [...codes].map((code) => {
    const [a, b] = [inA!.get(code) ?? absent(code, ofA.value), inB!.get(code) ?? absent(code, ofB.value)];
    const [shareA, shareB] = [shareOf(a), shareOf(b)];
    const [spreadA, spreadB] = [spread(a), spread(b)];
    const correlation = isOfRecalls
      ? pairedCorrelation({
          both: classes.both[code]!,
          onlyFirst: classes.onlyA[code]!,
          onlySecond: classes.onlyB[code]!,
          neither: classes.neither[code]!,
        })
      : shareCorrelation(classes, code, [a.part, a.whole], [b.part, b.whole], false);
    const covariance = isOfRecalls
      ? (classes.both[code]! / a.whole - shareA * shareB) / a.whole
      : correlation * spreadA * spreadB;
    const ofPart = (a.slope * spreadA) ** 2 - 2 * a.slope * b.slope * covariance + (b.slope * spreadB) ** 2;
    return { a, b, correlation, variance: Math.max(0, ofPart) };
  });
  const difference = ofB.value - ofA.value;
  return (z) =>
    limitsOfSum(
      difference,
      parts.map(({ a, b, correlation, variance: ofPart }) => {
        const { low, high } = limitsOfDifference(
          bounded(a, ofA.value, z),
          bounded(b, ofB.value, z),
          correlation,
        );
        return { below: difference - low, above: high - difference, variance: ofPart };
      }),
      variance,
      z,
    );
}

/** A class that only the other model predicts. */
function absent(code: number, value: number): ClassShare {
  return { code, part: 0, whole: 1, slope: 0, scoreAt: () => value };
}

function shareOf({ part, whole }: Pick<ClassShare, "part" | "whole">): number {
  return whole > 0 ? part / whole : 0;
}

function spread({ part, whole }: ClassShare): number {
  const share = shareOf({ part, whole });
  return whole > 0 ? Math.sqrt((share * (1 - share)) / whole) : 0;
}

/** The score where one class's share is at its limits. */
function bounded({ part, whole, scoreAt }: ClassShare, value: number, z: number) {
  const { low, high } = shareLimits(part, whole, z);
  const [first, second] = [scoreAt(low), scoreAt(high)];
  return { value, low: Math.min(value, first, second), high: Math.max(value, first, second) };
}

/**
 * How the precisions of a class go together, or its shares of what is either true or predicted; 0 where one
 * does not vary. Only samples that are in both wholes make them go together.
 */
function shareCorrelation(
  { both, onlyA, onlyB, neither, bothFalse }: ClassAgreement,
  code: number,
  [partA, wholeA]: readonly [number, number],
  [partB, wholeB]: readonly [number, number],
  isOfEither: boolean,
): number {
  const [a, b] = [shareOf({ part: partA, whole: wholeA }), shareOf({ part: partB, whole: wholeB })];
  const spreads = Math.sqrt(wholeA * a * (1 - a)) * Math.sqrt(wholeB * b * (1 - b));
  if (!(spreads > 0)) return 0;
  let product = both[code]! * (1 - a) * (1 - b) + bothFalse[code]! * a * b;
  if (isOfEither) {
    product += neither[code]! * a * b - onlyA[code]! * (1 - a) * b - onlyB[code]! * a * (1 - b);
  }
  return product / spreads;
}

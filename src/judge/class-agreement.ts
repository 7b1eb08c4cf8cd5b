import type { JudgedClasses } from "./pairing/judged-sample.js";

/** Of each class, how the predictions of two models fall together. */
export interface ClassAgreement {
  /** Samples of the class that both, only one, or neither predict as such. */
  both: Float64Array;
  onlyA: Float64Array;
  onlyB: Float64Array;
  neither: Float64Array;
  /** Samples of other classes that both predict as this one. */
  bothFalse: Float64Array;
}

export function classAgreement(a: JudgedClasses, b: JudgedClasses): ClassAgreement {
  const counts = () => new Float64Array(a.labels.length);
  const found = {
    both: counts(),
    onlyA: counts(),
    onlyB: counts(),
    neither: counts(),
    bothFalse: counts(),
  };
  for (let i = 0; i < a.yTrue.length; i++) {
    const truth = a.yTrue[i]!;
    const ofA = a.yPred[i]!;
    const ofB = b.yPred[i]!;
    if (ofA === truth) found[ofB === truth ? "both" : "onlyA"][truth]! += 1;
    else if (ofB === truth) found.onlyB[truth]! += 1;
    else {
      found.neither[truth]! += 1;
      if (ofA === ofB) found.bothFalse[ofA]! += 1;
    }
  }
  return found;
}

/** Over all classes. */
export function total(counts: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

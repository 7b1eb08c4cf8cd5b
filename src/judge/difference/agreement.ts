import type { Agreement } from "../judge-schema.js";
import type { JudgedSample } from "../pairing/judged-sample.js";

/** How two models fare sample by sample: who is right, or of a regression who is nearer. */
export function agreementOf(a: JudgedSample, b: JudgedSample): Agreement {
  const isClassification = a.kind === "classification";
  let [both, onlyA, onlyB, neither] = [0, 0, 0, 0];
  for (let i = 0; i < a.yTrue.length; i++) {
    const truth = a.yTrue[i]!;
    const errorA = Math.abs(a.yPred[i]! - truth);
    const errorB = Math.abs(b.yPred[i]! - truth);
    if (isClassification) {
      if (errorA > 0 && errorB > 0) neither += 1;
      else if (errorB > 0) onlyA += 1;
      else if (errorA > 0) onlyB += 1;
      else both += 1;
    } else if (errorA < errorB) onlyA += 1;
    else if (errorB < errorA) onlyB += 1;
    else both += 1;
  }
  const ofClasses = (count: number) => (isClassification ? count : null);
  const ofNumbers = (count: number) => (isClassification ? null : count);
  return {
    both_right: ofClasses(both),
    only_a_right: ofClasses(onlyA),
    only_b_right: ofClasses(onlyB),
    both_wrong: ofClasses(neither),
    a_nearer: ofNumbers(onlyA),
    b_nearer: ofNumbers(onlyB),
    equally_near: ofNumbers(both),
  };
}

import type { Agreement } from "../judge-schema.js";
import type { JudgedSample } from "../pairing/judged-sample.js";

/** How two models fare sample by sample: who is right, or of a regression who is nearer. */
export function agreementOf(a: JudgedSample, b: JudgedSample): Agreement {
  const counts = { both: 0, only: 0, other: 0, neither: 0 };
  const isRight = a.kind === "classification";
  for (let i = 0; i < a.yTrue.length; i++) {
    const truth = a.yTrue[i]!;
    if (isRight) {
      const [rightA, rightB] = [a.yPred[i] === truth, b.yPred[i] === truth];
      if (rightA && rightB) counts.both += 1;
      else if (rightA) counts.only += 1;
      else if (rightB) counts.other += 1;
      else counts.neither += 1;
      continue;
    }
    const [errorA, errorB] = [Math.abs(a.yPred[i]! - truth), Math.abs(b.yPred[i]! - truth)];
    if (errorA < errorB) counts.only += 1;
    else if (errorB < errorA) counts.other += 1;
    else counts.both += 1;
  }
  return {
    both_right: isRight ? counts.both : null,
    only_a_right: isRight ? counts.only : null,
    only_b_right: isRight ? counts.other : null,
    both_wrong: isRight ? counts.neither : null,
    a_nearer: isRight ? null : counts.only,
    b_nearer: isRight ? null : counts.other,
    equally_near: isRight ? null : counts.both,
  };
}

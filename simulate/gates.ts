import { judgeDifference } from "../src/judge/difference/judge-difference.js";
import { judgeMargin } from "../src/judge/judge-margin.js";
import { isNonInferior, isSuperior } from "../src/judge/margin-conclusion.js";
import type { JudgedClasses } from "../src/judge/pairing/judged-sample.js";
import { type Random, randomDraws } from "./random.js";

/** A gate on two classifiers' accuracy, of which B's is truly greater than A's by `gain`. */
export interface Gate {
  flag: "--min-improvement" | "--max-loss";
  margin: number;
  gain: number;
  samples: number;
}

export interface GateOutcome extends Gate {
  /** Share of test sets on which the gate passed. */
  passed: number;
}

const sizes = [50, 200, 1000];

/** At the boundary, far on the wrong side of it, and for models that are equally good. */
export const gates: readonly Gate[] = sizes.flatMap((samples): Gate[] => [
  { flag: "--min-improvement", margin: 0.02, gain: 0.02, samples },
  { flag: "--min-improvement", margin: 0.02, gain: 0.01, samples },
  { flag: "--min-improvement", margin: 0.02, gain: 0.08, samples },
  { flag: "--max-loss", margin: 0.02, gain: -0.02, samples },
  { flag: "--max-loss", margin: 0.02, gain: -0.05, samples },
  { flag: "--max-loss", margin: 0.02, gain: 0, samples },
]);

/** How often a gate passes on test sets that are drawn anew each time. */
export function runGate(gate: Gate, { runs, seed }: { runs: number; seed: number }): GateOutcome {
  const random = randomDraws(seed);
  let passed = 0;
  for (let run = 0; run < runs; run++) {
    const [a, b] = twoClassifiers(random, gate);
    const options = { level: 0.95, seed: seed + run, scores: ["accuracy"] };
    const [accuracy] = judgeDifference(a, b, options).scores;
    const conclusion = judgeMargin(accuracy!, gate.margin);
    passed += Number(gate.flag === "--max-loss" ? isNonInferior(conclusion) : isSuperior(conclusion));
  }
  return { ...gate, passed: passed / runs };
}

/** A is right on 80 % of the samples; on a tenth of them just one of the two is right. */
function twoClassifiers({ uniform }: Random, { gain, samples }: Gate): [JudgedClasses, JudgedClasses] {
  const yTrue = new Int32Array(samples);
  const [ofA, ofB] = [new Int32Array(samples), new Int32Array(samples)];
  const onlyA = (0.1 - gain) / 2;
  for (let i = 0; i < samples; i++) {
    const u = uniform();
    const isRightA = u < 0.8;
    const isRightB = isRightA ? u >= onlyA : u >= 1 - onlyA - gain;
    yTrue[i] = i % 2;
    ofA[i] = isRightA ? yTrue[i]! : 1 - yTrue[i]!;
    ofB[i] = isRightB ? yTrue[i]! : 1 - yTrue[i]!;
  }
  const classes = {
    kind: "classification",
    labels: [0, 1],
    yTrue,
    positive: 1,
    scores: [],
    scored: [1],
  } as const;
  return [
    { ...classes, yPred: ofA },
    { ...classes, yPred: ofB },
  ];
}

import { logExperiment } from "../../../src/jobs/log-experiment.js";
import type { JudgedClasses, JudgedNumbers } from "../../../src/judge/pairing/judged-sample.js";
import { seededRandom } from "../../../src/statistics/seeded-random.js";
import { smallClassification } from "../../support/experiments.js";

export const judging = { level: 0.95, seed: 0, scores: undefined };

export function draws(seed: number) {
  const uniform = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(uniform() + 1e-300)) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** Two classifiers of weighted samples, of which the second is better. */
export function twoClassifiers(n: number, seed = 1): [JudgedClasses, JudgedClasses] {
  const { uniform, normal } = draws(seed);
  const yTrue = Int32Array.from({ length: n }, () => Number(uniform() < 0.4));
  const weights = Float64Array.from({ length: n }, () => Math.exp(normal() / 2));
  const model = (gain: number): JudgedClasses => {
    const scores = Float64Array.from(
      yTrue,
      (truth) => 1 / (1 + Math.exp(-gain * (2 * truth - 1) - 1.5 * normal())),
    );
    const yPred = Int32Array.from(scores, (score) => Number(score > 0.5));
    const classes = { kind: "classification", labels: [0, 1], positive: 1, scored: [1] } as const;
    return { ...classes, yTrue, yPred, scores: [scores], weights };
  };
  return [model(0.5), model(2)];
}

export function regression(n: number, seed = 1): JudgedNumbers & { weights: Float64Array } {
  const { uniform, normal } = draws(seed);
  const yTrue = Float64Array.from({ length: n }, () => 10 + 10 * uniform());
  const weights = Float64Array.from({ length: n }, () => 0.5 + uniform());
  return { kind: "regression", yTrue, yPred: yTrue.map((value) => value + normal()), weights };
}

/** Logs a classifier of 120 animals that is wrong on a share of them. */
export async function loggedPets(
  store: string,
  changes: { wrong?: number; sampleWeight?: number[] | undefined; project?: string } & Record<
    string,
    unknown
  >,
): Promise<string> {
  const { wrong = 0.3, ...others } = changes;
  const { uniform } = draws(Math.round(1000 * wrong) + 7);
  const rows = Array.from({ length: 120 }, (_, i) => i);
  const yTrue = rows.map((i) => (i % 3 === 0 ? "cat" : "dog"));
  const small = smallClassification(store);
  const { predictionId } = await logExperiment({
    ...small,
    positiveLabel: "dog",
    yTrue,
    yPred: yTrue.map((label) => (uniform() < wrong ? (label === "cat" ? "dog" : "cat") : label)),
    parameters: { ...small.parameters, testSet: rows },
    ...others,
  });
  return predictionId;
}

export const weightsOfPets = Array.from({ length: 120 }, (_, i) => 1 + (i % 4));

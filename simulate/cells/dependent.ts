import type { Dependence } from "../../src/judge/dependence/dependence.js";
import { classificationRecords, regressionRecords } from "../../src/scores/registry.js";
import type { Cell } from "../cell.js";
import type { Random } from "../random.js";

const classScores = classificationRecords.map(({ name }) => name);
const errorScores = regressionRecords.map(({ name }) => name);

/** Samples of patients: half of what makes a sample hard is the patient's. */
const perPatient = [5, 20];
/** Of unequal size, as visits to a clinic are. */
const unequal = "patients of 1 to 60 samples";

export const dependentCells: Cell[] = [
  ...[...perPatient.map((size) => `patients of ${size} samples`), unequal].flatMap((data): Cell[] => {
    const size = (random: Random) =>
      data === unequal
        ? Math.ceil(60 * random.uniform() ** 3)
        : perPatient.find((each) => data.includes(` ${each} `))!;
    return [
      { kind: "regression", data, models: "alike", equal: errorScores, fewest: 200, draw: errorsBy(size) },
      {
        kind: "classification",
        data,
        models: "alike",
        equal: classScores,
        fewest: 200,
        draw: classesBy(size),
      },
    ];
  }),
  ...[0.5, 0.9].map(
    (memory): Cell => ({
      kind: "regression",
      data: `errors that keep ${memory} of the last`,
      models: "alike",
      equal: errorScores,
      fewest: 200,
      draw: errorsInTime(memory),
    }),
  ),
];

type Size = (random: Random) => number;

function patients(
  random: Random,
  samples: number,
  size: Size,
): { dependence: Dependence; codes: Int32Array } {
  const codes = new Int32Array(samples);
  let count = 0;
  for (let i = 0; i < samples; count++) {
    const end = Math.min(samples, i + size(random));
    codes.fill(count, i, end);
    i = end;
  }
  return { dependence: { by: "group", feature: "patient", codes, count }, codes };
}

function errorsBy(size: Size): Cell["draw"] {
  return (random, samples) => {
    const { dependence, codes } = patients(random, samples, size);
    const yTrue = Float64Array.from({ length: samples }, () => 20 + 5 * random.normal());
    const model = () => {
      const own = Float64Array.from(
        { length: dependence.by === "group" ? dependence.count : 0 },
        random.normal,
      );
      return yTrue.map((truth, i) => truth + own[codes[i]!]! + random.normal());
    };
    const [ofA, ofB] = [model(), model()];
    return {
      a: { kind: "regression", yTrue, yPred: ofA, dependence },
      b: { kind: "regression", yTrue, yPred: ofB, dependence },
    };
  };
}

function classesBy(size: Size): Cell["draw"] {
  return (random, samples) => {
    const { dependence, codes } = patients(random, samples, size);
    const count = dependence.by === "group" ? dependence.count : 0;
    const sick = Float64Array.from({ length: count }, random.normal);
    const yTrue = Int32Array.from(codes, (code) => Number(sick[code]! + random.normal() > 0.5));
    const model = () => {
      const own = Float64Array.from({ length: count }, random.normal);
      const score = Float64Array.from(yTrue, (truth, i) => {
        const logit = own[codes[i]!]! + random.normal() + (truth === 1 ? 1 : -1);
        return 1 / (1 + Math.exp(-logit));
      });
      return {
        kind: "classification" as const,
        labels: [0, 1],
        yTrue,
        yPred: Int32Array.from(score, (each) => Number(each >= 0.5)),
        positive: 1,
        scores: [score],
        scored: [1],
        dependence,
      };
    };
    return { a: model(), b: model() };
  };
}

function errorsInTime(memory: number): Cell["draw"] {
  return (random, samples) => {
    const rows = Int32Array.from({ length: samples }, (_, i) => i);
    const dependence: Dependence = { by: "order", feature: "day", rows };
    const yTrue = Float64Array.from(rows, () => 20 + 5 * random.normal());
    const model = () => {
      let error = random.normal() / Math.sqrt(1 - memory * memory);
      return yTrue.map((truth) => {
        error = memory * error + random.normal();
        return truth + error;
      });
    };
    const [ofA, ofB] = [model(), model()];
    return {
      a: { kind: "regression", yTrue, yPred: ofA, dependence },
      b: { kind: "regression", yTrue, yPred: ofB, dependence },
    };
  };
}

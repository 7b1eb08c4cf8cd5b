import type { AddedScore } from "../src/added-scores/added-score.js";
import { addedScoreValue } from "../src/added-scores/added-score-value.js";
import { definedSample } from "../src/judge/added/defined-sample.js";
import { addedDifferences, addedIntervals } from "../src/judge/added/judge-added.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "../src/judge/pairing/judged-sample.js";
import { type Random, randomDraws } from "./random.js";

/** How often what the bootstrap says of a score that a project added was right, of two equally good models. */
export interface AddedOutcome {
  addedScore: string;
  data: string;
  samples: number;
  runs: number;
  /** One model's intervals, and those of them that cover its value in the population. */
  intervals: number;
  covering: number;
  /** Tested differences, those whose interval covers 0, and those called better or worse. */
  tested: number;
  coveringDifference: number;
  shown: number;
}

interface AddedCell {
  score: AddedScore;
  /** What the score is called in the tables. */
  title: string;
  data: string;
  draw: (random: Random, samples: number) => readonly [JudgedSample, JudgedSample];
}

const sizes = [50, 200, 1000] as const;
const populationSamples = 1_000_000;
const noFeatures: ReadonlyMap<string, Float64Array> = new Map();

const cost = {
  name: "cost",
  kind: "classification",
  direction: "lower",
  expression: "mean(if(y_true = 1 and y_pred = 0, 50, if(y_true = 0 and y_pred = 1, 5, 0)))",
} as const;
const lift = {
  name: "lift",
  kind: "classification",
  direction: "higher",
  expression: "mean(y_true = 1, y_score >= quantile(y_score, 0.9)) / mean(y_true = 1)",
} as const;
const positives = 0.3;

export const addedCells: readonly AddedCell[] = [
  { score: cost, title: "cost of errors, 50 and 5", data: "30 % positives", draw: classes },
  { score: lift, title: "lift at 10 %", data: "30 % positives", draw: classes },
  ...(
    [
      ["sklearn:ks", "KS", "higher"],
      ["torchmetrics:BinaryCalibrationError(l1)", "ECE, 15 bins", "lower"],
    ] as const
  ).map(
    ([definition, title, direction]): AddedCell => ({
      score: { name: "own", kind: "classification", direction, definition },
      title,
      data: "30 % positives, scores too sure",
      draw: classes,
    }),
  ),
  {
    score: {
      name: "rmsle",
      kind: "regression",
      direction: "lower",
      definition: "sklearn:root_mean_squared_log_error",
    },
    title: "RMSLE",
    data: "lognormal values and errors",
    draw: amounts,
  },
];

/** Every cell at every number of samples; calls `found` with each as soon as it is there. */
export function simulateAdded(
  { runs, seed, only }: { runs: number; seed: number; only: readonly string[] },
  found: (outcome: AddedOutcome) => void,
): void {
  for (const cell of addedCells) {
    for (const samples of sizes) {
      const name = `${cell.title}, n ${samples},`;
      if (only.every((text) => name.includes(text))) found(runAdded(cell, samples, runs, seed));
    }
  }
}

function runAdded({ score, title, data, draw }: AddedCell, samples: number, runs: number, seed: number) {
  const featured = (sample: JudgedSample) => ({ sample, features: noFeatures });
  const [population] = draw(randomDraws(0x5eed), populationSamples);
  const truth = addedScoreValue(score, definedSample(population)).value!;
  const random = randomDraws(seed);
  const outcome: AddedOutcome = {
    addedScore: title,
    data,
    samples,
    runs,
    intervals: 0,
    covering: 0,
    tested: 0,
    coveringDifference: 0,
    shown: 0,
  };
  for (let run = 0; run < runs; run++) {
    const [a, b] = draw(random, samples).map(featured) as [
      ReturnType<typeof featured>,
      ReturnType<typeof featured>,
    ];
    const options = { level: 0.95, seed: seed + run, scores: undefined };
    const [{ low, high }] = addedIntervals(a, [score], options) as [ReturnType<typeof addedIntervals>[0]];
    if (low !== null && high !== null) {
      outcome.intervals += 1;
      outcome.covering += Number(low <= truth && truth <= high);
    }
    const [difference] = addedDifferences(a, b, [score], options);
    if (difference!.p === null) continue;
    outcome.tested += 1;
    outcome.coveringDifference += Number(difference!.low! <= 0 && 0 <= difference!.high!);
    outcome.shown += Number(difference!.verdict === "better" || difference!.verdict === "worse");
  }
  return outcome;
}

/** A section of docs/judging-evidence.md. */
export function addedSection(outcomes: readonly AddedOutcome[]): string {
  const runs = outcomes.map((each) => each.runs);
  return `## Added scores

Scores that a project adds are judged by the bootstrap ([added-scores.md](added-scores.md#how-they-are-judged)). Two
equally good models on ${Math.min(...runs)} to ${Math.max(...runs)} test sets of each size: the share of intervals of one model that hold its true score / of
intervals of the difference that hold 0 / of comparisons that call one of the two better, of all test sets. A dash: there
is no interval or no test in 9 of 10 test sets.

${addedTable(outcomes)}`;
}

/** A row a score; of each number of samples how often both intervals cover, and how often two equals are told apart. */
export function addedTable(outcomes: readonly AddedOutcome[]): string {
  const rows = new Map<string, string[]>();
  for (const outcome of outcomes) {
    const key = `| ${outcome.addedScore} | ${outcome.data} |`;
    const row = rows.get(key) ?? sizes.map(() => "");
    rows.set(key, row);
    const share = (hits: number, of: number) =>
      of < outcome.runs / 10 ? "–" : ((100 * hits) / of).toFixed(1);
    row[sizes.findIndex((size) => size === outcome.samples)] = [
      share(outcome.covering, outcome.intervals),
      share(outcome.coveringDifference, outcome.tested),
      outcome.tested < outcome.runs / 10 ? "–" : share(outcome.shown, outcome.runs),
    ].join(" / ");
  }
  return [
    `| score | data | ${sizes.map((size) => `n ${size}`).join(" | ")} |`,
    `| --- | --- | ${sizes.map(() => "---").join(" | ")} |`,
    ...[...rows].map(([key, row]) => `${key} ${row.join(" | ")} |`),
  ].join("\n");
}

/** Logits of mean plus or minus 1, half of whose noise both models share; scores are surer than is right. */
function classes({ uniform, normal }: Random, samples: number): readonly [JudgedClasses, JudgedClasses] {
  const yTrue = new Int32Array(samples);
  const scores = [new Float64Array(samples), new Float64Array(samples)] as const;
  for (let i = 0; i < samples; i++) {
    yTrue[i] = Number(uniform() < positives);
    const common = normal();
    for (const column of scores) {
      const logit = (2 * yTrue[i]! - 1) * 0.8 - 0.5 + (common + normal()) * Math.SQRT1_2;
      column[i] = 1 / (1 + Math.exp(-2 * logit));
    }
  }
  const sampleOf = (column: Float64Array): JudgedClasses => ({
    kind: "classification",
    labels: [0, 1],
    yTrue,
    yPred: Int32Array.from(column, (score) => Number(score > 0.5)),
    positive: 1,
    scores: [column],
    scored: [1],
  });
  return [sampleOf(scores[0]), sampleOf(scores[1])];
}

/** Values of a lognormal distribution, and predictions that are off by a factor. */
function amounts({ normal }: Random, samples: number): readonly [JudgedNumbers, JudgedNumbers] {
  const yTrue = new Float64Array(samples);
  const [ofA, ofB] = [new Float64Array(samples), new Float64Array(samples)];
  for (let i = 0; i < samples; i++) {
    yTrue[i] = Math.exp(2 + normal());
    const common = normal();
    for (const column of [ofA, ofB]) column[i] = yTrue[i]! * Math.exp(0.3 * (common + normal()));
  }
  return [
    { kind: "regression", yTrue, yPred: ofA },
    { kind: "regression", yTrue, yPred: ofB },
  ];
}

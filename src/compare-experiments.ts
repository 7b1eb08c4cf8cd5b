import packageJson from "../package.json" with { type: "json" };
import type { Label } from "./experiment/class-labels.js";
import { compareLabels } from "./experiment/class-labels.js";
import type { ExperimentRecord } from "./experiment/experiment-record.js";
import { type Alignment, alignSamples } from "./judge/align-samples.js";
import {
  type Agreement,
  judgeDifference,
  type ScoreDifference,
  type Verdict,
} from "./judge/judge-difference.js";
import { type JudgeOptions, judgeScores, type ScoreInterval } from "./judge/judge-scores.js";
import { type JudgedSample, judgedSample, takeRows } from "./judge/judged-sample.js";
import type { PredictionTable } from "./predictions/prediction-table.js";
import { readPredictions } from "./predictions/read-predictions.js";
import { findExperiment, predictionsFile, type ReadOptions } from "./read-experiments.js";
import { scoreRegistry } from "./scores/registry.js";
import { openStore } from "./store/open-store.js";
import { TrackingError } from "./tracking-error.js";

export interface JudgingOptions extends ReadOptions {
  /** Where the experiments are; by default every project is looked through. */
  project?: string;
  /** How sure the intervals and the verdict are; by default 0.95. */
  level?: number;
  /** Of the bootstrap: the same seed gives the same numbers everywhere. By default 0. */
  seed?: number;
  /** The scores wanted; by default all. */
  scores?: readonly string[];
}

export interface CompareOptions extends JudgingOptions {
  /** The score that the verdict is about; by default accuracy, or the mean absolute error. */
  score?: string;
  /** Compares experiments of different test sets on the samples that both have. */
  onSharedSamples?: boolean;
}

export interface ComparedExperiment {
  prediction_id: string;
  project: string;
  name: string | null;
  model: string;
  samples: number;
  test_set_digest: string;
}

/** Whether experiment b is better than experiment a, and what says so. The same here, in `--json` and in the verdict file. */
export interface Comparison {
  a: ComparedExperiment;
  b: ComparedExperiment;
  kind: ExperimentRecord["kind"];
  /** How many samples were compared. */
  n: number;
  same_test_set: boolean;
  level: number;
  seed: number;
  /** The score that the verdict is about. */
  score: string;
  verdict: Verdict;
  /** The difference in words. */
  effect: string;
  agreement: Agreement;
  scores: ScoreDifference[];
  versions: { ml_tracking: string };
}

/**
 * Compares experiment `b` with experiment `a` sample by sample: every score's difference with interval and p-value, and a verdict.
 * Samples are aligned by their ids, whatever the order; without ids beside the predictions, by their order, which the digest then covers.
 * @throws TrackingError NOT_COMPARABLE where the test sets differ, unless `onSharedSamples`; where a sample id stands twice; and where one
 * is a classification and the other a regression. UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function compareExperiments(
  a: string,
  b: string,
  options: CompareOptions = {},
): Promise<Comparison> {
  const judging = checkedOptions(options);
  // Draws are made in the order of the ids, so that b against a is a against b with other signs, and no other numbers.
  if (a > b) return swapped(await compareExperiments(b, a, options));
  const [recordA, recordB] = [await findExperiment(a, options), await findExperiment(b, options)];
  if (recordA.kind !== recordB.kind) {
    throw new TrackingError(
      "NOT_COMPARABLE",
      `experiment ${a} is a ${recordA.kind} and ${b} a ${recordB.kind}; compare two of the same kind`,
    );
  }
  const isSame = recordA.testSetDigest === recordB.testSetDigest;
  if (!isSame && !options.onSharedSamples) {
    throw new TrackingError(
      "NOT_COMPARABLE",
      `experiments ${a} and ${b} were evaluated on different test sets (digests ${recordA.testSetDigest} and ${recordB.testSetDigest}), so a difference of their scores may be one of the samples; evaluate both on the same samples, or compare them on those that both have: --on-shared-samples, onSharedSamples in code`,
    );
  }
  const [tableA, tableB] = [await readTable(recordA, options), await readTable(recordB, options)];
  const alignment = align(tableA, tableB, [a, b], isSame);
  const [sampleA, sampleB] = sameSamples(judgedSample(tableA), judgedSample(tableB), alignment, [a, b]);
  const score = options.score ?? (recordA.kind === "classification" ? "accuracy" : "mean_absolute_error");
  const scores = judging.scores && [...judging.scores, score];
  const found = judgeDifference(sampleA, sampleB, { ...judging, scores });
  const main = found.scores.find((each) => each.score === score);
  if (!main) {
    const known = found.scores.map((each) => each.score).join(", ");
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `score is ${JSON.stringify(score)}, which is not defined for both experiments; they have ${known}`,
    );
  }
  return {
    a: compared(recordA),
    b: compared(recordB),
    kind: recordA.kind,
    n: sampleA.yTrue.length,
    same_test_set: isSame,
    level: judging.level,
    seed: judging.seed,
    score,
    verdict: main.verdict,
    effect: effectOf(found.agreement),
    agreement: found.agreement,
    scores: found.scores,
    versions: { ml_tracking: packageJson.version },
  };
}

/**
 * The scores of one experiment with their intervals: where they would lie on other samples of the same kind.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function scoreIntervals(
  predictionId: string,
  options: JudgingOptions = {},
): Promise<ScoreInterval[]> {
  const judging = checkedOptions(options);
  const record = await findExperiment(predictionId, options);
  return judgeScores(judgedSample(await readTable(record, options)), judging);
}

function checkedOptions({ level = 0.95, seed = 0, scores, score }: CompareOptions): JudgeOptions {
  if (!(level >= 0.5 && level < 1)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `level is ${level}; give a number from 0.5 to below 1, as 0.95`,
    );
  }
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new TrackingError("INVALID_ARGUMENT", `seed is ${seed}; give a whole number from 0 to below 2^32`);
  }
  for (const name of [...(scores ?? []), ...(score === undefined ? [] : [score])]) {
    if (!scoreRegistry.some((known) => known.name === name)) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `there is no score ${JSON.stringify(name)}; the scores are ${scoreRegistry.map((known) => known.name).join(", ")}`,
      );
    }
  }
  return { level, seed, scores };
}

async function readTable(record: ExperimentRecord, { store }: ReadOptions): Promise<PredictionTable> {
  const file = await predictionsFile(openStore(store), record);
  return readPredictions(file, { codes: true, name: record.predictions });
}

function align(a: PredictionTable, b: PredictionTable, names: [string, string], isSame: boolean): Alignment {
  const [idsA, idsB] = [a, b].map(({ columns }) => columns.find(({ name }) => name === "sample_id"));
  if (!idsA || !idsB) {
    if (isSame && a.rows === b.rows) return { a: undefined, b: undefined };
    const which = idsA ? names[1] : names[0];
    throw new TrackingError(
      "NOT_COMPARABLE",
      `the predictions of experiment ${which} have no sample ids, so what it shares with the other cannot be told; log it with one id a sample`,
    );
  }
  const alignment = alignSamples(idsA, idsB, names);
  if (alignment.a?.length === 0) {
    throw new TrackingError(
      "NOT_COMPARABLE",
      `experiments ${names.join(" and ")} have no sample in common; evaluate both on the same samples`,
    );
  }
  return alignment;
}

function sameSamples(
  a: JudgedSample,
  b: JudgedSample,
  alignment: Alignment,
  names: [string, string],
): [JudgedSample, JudgedSample] {
  const labels: Label[] = [];
  if (a.kind === "classification" && b.kind === "classification") {
    labels.push(...[...new Set([...a.labels, ...b.labels])].sort(compareLabels));
  }
  const [ofA, ofB] = [takeRows(a, alignment.a, labels), takeRows(b, alignment.b, labels)];
  let differing = 0;
  for (let i = 0; i < ofA.yTrue.length; i++) differing += Number(ofA.yTrue[i] !== ofB.yTrue[i]);
  if (differing > 0) {
    throw new TrackingError(
      "NOT_COMPARABLE",
      `${differing} of the ${ofA.yTrue.length} samples that experiments ${names.join(" and ")} share have another true value in the one than in the other: their ids mean different samples, or labels were corrected; evaluate both again on the same test set`,
    );
  }
  if (ofA.kind === "classification" && ofB.kind === "classification") {
    // What is about different classes is not the same quantity: then only what is about all labels is compared.
    if (ofA.scored.join() !== ofB.scored.join()) {
      return [
        { ...ofA, positive: undefined, scores: [] },
        { ...ofB, positive: undefined, scores: [] },
      ];
    }
  }
  return [ofA, ofB];
}

function compared(record: ExperimentRecord): ComparedExperiment {
  return {
    prediction_id: record.predictionId,
    project: record.project,
    name: record.name ?? null,
    model: record.model,
    samples: record.samples,
    test_set_digest: record.testSetDigest,
  };
}

function effectOf(agreement: Agreement): string {
  if (agreement.only_b_right !== null) {
    return `B is right on ${samples(agreement.only_b_right)} that A gets wrong, and wrong on ${agreement.only_a_right} that A gets right`;
  }
  return `B is nearer to the true value on ${samples(agreement.b_nearer!)}, A on ${agreement.a_nearer}, and on ${agreement.equally_near} both are equally near`;
}

function samples(count: number): string {
  return `${count} ${count === 1 ? "sample" : "samples"}`;
}

function swapped(comparison: Comparison): Comparison {
  const { a, b, agreement, scores } = comparison;
  const turned: Agreement = {
    ...agreement,
    only_a_right: agreement.only_b_right,
    only_b_right: agreement.only_a_right,
    a_nearer: agreement.b_nearer,
    b_nearer: agreement.a_nearer,
  };
  return {
    ...comparison,
    a: b,
    b: a,
    verdict: opposite[comparison.verdict],
    effect: effectOf(turned),
    agreement: turned,
    scores: scores.map((each) => ({
      ...each,
      a: each.b,
      b: each.a,
      difference: negative(each.difference),
      low: each.high === null ? null : negative(each.high),
      high: each.low === null ? null : negative(each.low),
      verdict: opposite[each.verdict],
    })),
  };
}

const opposite = { better: "worse", worse: "better", "no evidence": "no evidence" } as const;

/** Without a negative zero. */
function negative(value: number): number {
  return 0 - value;
}

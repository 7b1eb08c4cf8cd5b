import packageJson from "../../../package.json" with { type: "json" };
import { recordedWeights } from "../../experiment/sample-weight.js";
import { findScore, type Score } from "../../scores/registry.js";
import { usualPrimaryScore } from "../../scores/usual-primary-score.js";
import { holm } from "../../statistics/holm.js";
import { TrackingError } from "../../tracking-error.js";
import { checkedSettings } from "../compare-settings.js";
import { checkedDependence, type DependenceSettings } from "../dependence/dependence.js";
import { verdictOf } from "../difference/verdict-of.js";
import { checkComparable, type Evaluation } from "../pairing/pair-evaluations.js";
import { judgeSeeds, seededModel } from "./judge-seeds.js";
import { judgeFolds, judgeTestSets, rankModels } from "./judge-test-sets.js";
import { runsDesign } from "./runs-design.js";
import { runsInWords } from "./runs-in-words.js";
import type { RunsComparison, RunsDesign, RunsDifference } from "./runs-schema.js";

export interface RunsSettings extends DependenceSettings {
  /** The score that the verdict is about; by default f1_macro, or the root mean squared error. */
  score?: string;
  /** How sure intervals and verdicts are; by default 0.95. */
  level?: number;
  /** What the runs are, where the test sets do not say it right. */
  as?: RunsDesign;
}

/**
 * Compares models with the first one, each by several runs: seeds on one test set, folds of a data set, or
 * several data sets.
 * @param models 2 or more, each with 2 runs or more
 * @throws TrackingError NOT_COMPARABLE, INVALID_ARGUMENT
 */
export function judgeRuns(
  models: readonly (readonly Evaluation[])[],
  settings: RunsSettings = {},
): RunsComparison {
  const { level } = checkedSettings(settings);
  const [first, ...others] = models as [readonly Evaluation[], ...(readonly Evaluation[])[]];
  const { record } = first[0]!;
  for (const run of models.flat()) checkComparable(record, run.record, true);
  checkAllWeighted(models.flat());
  const score = findScore(settings.score ?? usualPrimaryScore(record.kind))!;
  const { design, reason } = runsDesign(models, settings.as);
  const testSets = testSetsOf(models, score);
  const differencesWith = (other: number) =>
    testSets.map(({ values }) => gap(values[0]!, values[other]!, score));
  const seeded =
    design === "seeds"
      ? models.map((runs) => seededModel(runs, first[0]!, score, { ...checkedDependence(settings), level }))
      : undefined;
  const share = design === "folds" ? testShare(first) : 0;
  const judged = others.map((_, i) => {
    if (seeded) return judgeSeeds(seeded[0]!, seeded[i + 1]!, score, level);
    const differences = differencesWith(i + 1);
    return design === "folds" ? judgeFolds(differences, share, level) : judgeTestSets(differences);
  });
  const corrected = holm(judged.flatMap(({ p }) => p ?? []));
  const differences = judged.map((each, i): RunsDifference => {
    const p = each.p === null ? null : corrected.shift()!;
    const verdict = verdictOf(p, each.difference, score.direction, level);
    return { ...each, model: i + 1, p_corrected: p, verdict };
  });
  const found: Omit<RunsComparison, "summary"> = {
    design,
    design_reason: reason,
    kind: record.kind,
    score: score.name,
    direction: score.direction,
    level,
    models: models.map((runs, i) =>
      modelOf(runs, seeded?.[i]?.values ?? testSets.map(({ values }) => values[i]!)),
    ),
    test_sets: testSets,
    differences,
    ranking:
      design === "test sets" && models.length > 2
        ? rankModels(
            testSets.map(({ values }) => values),
            score,
            level,
          )
        : null,
    versions: { ml_tracking: packageJson.version },
  };
  return { ...found, summary: runsInWords(found) };
}

/** The mean of weighted scores and others is of nothing. @throws TrackingError NOT_COMPARABLE */
function checkAllWeighted(runs: readonly Evaluation[]): void {
  const isWeighted = ({ record }: Evaluation) => recordedWeights(record.extraParameters) !== undefined;
  const [weighted, other] = [runs.find(isWeighted), runs.find((run) => !isWeighted(run))];
  if (!weighted || !other) return;
  throw new TrackingError(
    "NOT_COMPARABLE",
    `the scores of experiment ${weighted.record.predictionId} are weighted by sample_weight and those of ${other.record.predictionId} are not; log all with their sample_weight, or all without`,
  );
}

function modelOf(runs: readonly Evaluation[], values: readonly number[]): RunsComparison["models"][number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    model: runs[0]!.record.model,
    prediction_ids: runs.map(({ record }) => record.predictionId),
    mean,
    standard_deviation: Math.sqrt(squares / (values.length - 1)),
  };
}

function testSetsOf(models: readonly (readonly Evaluation[])[], score: Score): RunsComparison["test_sets"] {
  const digests = new Set(models[0]!.map(({ record }) => record.testSetDigest));
  return [...digests].map((digest) => {
    const values = models.map((runs) => {
      const here = runs.filter(({ record }) => record.testSetDigest === digest);
      return here.reduce((sum, run) => sum + valueOf(run, score), 0) / here.length;
    });
    const { record } = models[0]!.find((run) => run.record.testSetDigest === digest)!;
    return { test_set_digest: digest, dataset_uri: record.datasetUri, samples: record.samples, values };
  });
}

function valueOf({ record }: Evaluation, score: Score): number {
  const value = record.scores[score.name];
  if (value !== undefined) return value;
  throw new TrackingError(
    "NOT_COMPARABLE",
    `experiment ${record.predictionId} has no ${score.name}; give a score that all have`,
  );
}

/** How much greater b is; of a score whose best is 0, how much farther from it. */
function gap(a: number, b: number, { direction }: Score): number {
  return direction === "zero" ? Math.abs(b) - Math.abs(a) : b - a;
}

/**
 * Samples of a fold over those that its model was trained on: all that occur in the other folds and not in
 * it.
 * @throws TrackingError NOT_COMPARABLE where there are no sample ids to tell
 */
function testShare(runs: readonly Evaluation[]): number {
  const ids = new Set<unknown>();
  const sizes: number[] = [];
  for (const { table, record } of runs) {
    const column = table.columns.find(({ name }) => name === "sample_id");
    if (!column) {
      throw new TrackingError(
        "NOT_COMPARABLE",
        `the predictions of experiment ${record.predictionId} have no sample ids, so how much the folds share is unknown; log them with one id for each sample`,
      );
    }
    sizes.push(table.rows);
    if ("codes" in column) for (const value of column.dictionary) ids.add(value);
    else for (const value of column.values) ids.add(value);
  }
  const whole = sizes.findIndex((size) => size >= ids.size);
  if (whole >= 0) {
    throw new TrackingError(
      "NOT_COMPARABLE",
      `the test set of experiment ${runs[whole]!.record.predictionId} has every sample of the others, so nothing is left that its model was trained on: these are no folds of one data set; compare on one test set, or on test sets without samples in common`,
    );
  }
  const shares = sizes.map((size) => size / (ids.size - size));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

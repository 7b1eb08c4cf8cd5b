import { usualScore } from "../src/annotations/primary-scores.js";
import type { ExperimentRecord } from "../src/experiment/experiment-record.js";
import { judgeDifference } from "../src/judge/difference/judge-difference.js";
import { judgeLeaderboard } from "../src/judge/leaderboard/leaderboard.js";
import { badness } from "../src/judge/leaderboard/leaderboard-candidates.js";
import type { JudgedSample } from "../src/judge/pairing/judged-sample.js";
import { scoreValue } from "../src/judge/score-value.js";
import { findScore, type ScoreName } from "../src/scores/registry.js";
import { holm } from "../src/statistics/holm.js";
import { normalQuantile } from "../src/statistics/normal-distribution.js";
import { type Random, randomDraws } from "./random.js";

/** Models on one test set, of which the first `better` are equally good and better than the rest. */
export interface Board {
  score: ScoreName;
  models: number;
  better: number;
  /** Errors have half their variance in common; in families, nearly all of it with every fourth model. */
  likeness: "alike" | "four families";
  samples: number;
}

export interface BoardOutcome extends Board {
  /** Share of boards on which a model was called worse that is as good as the one that came first. */
  wrong: number;
  /** Share of the worse models that were called so; null where all are equal. */
  found: number | null;
  /** The same, had Holm corrected the p-values of all pairs. */
  wrongByHolm: number;
  foundByHolm: number | null;
}

const scores = ["accuracy", "f1", "mean_absolute_error"] as const;

/** All equal, one better than all others, and half of them better. */
export const boards: readonly Board[] = scores.flatMap((score) =>
  [200, 1000].flatMap((samples) => [
    ...[2, 5, 20, 100].map((models): Board => {
      return { score, models, better: models, likeness: "alike", samples };
    }),
    ...([5, 20] as const).flatMap((models): Board[] => [
      { score, models, better: models, likeness: "four families", samples },
      { score, models, better: 1, likeness: "alike", samples },
      { score, models, better: 1, likeness: "four families", samples },
      { score, models, better: models >> 1, likeness: "alike", samples },
    ]),
  ]),
);

/** Such as "f1, 20 models, alike, 1 better, n 200,". */
export function boardName({ score, models, better, likeness, samples }: Board): string {
  const equal = better === models ? "all equal" : `${better} better`;
  return `${score}, ${models} models, ${likeness}, ${equal}, n ${samples},`;
}

export const boardColumns = `| leaderboard | wrongly worse | rightly worse | by Holm: wrongly | rightly |
| --- | --- | --- | --- | --- |`;

export function boardRow(outcome: BoardOutcome): string {
  const percent = (share: number | null) => (share === null ? "" : `${(100 * share).toFixed(1)} %`);
  const { wrong, found, wrongByHolm, foundByHolm } = outcome;
  const shares = [wrong, found, wrongByHolm, foundByHolm].map(percent).join(" | ");
  return `| ${boardName(outcome).slice(0, -1)} | ${shares} |`;
}

/** How often a leaderboard is right on test sets that are drawn anew each time. */
export async function runBoard(
  board: Board,
  { runs, seed }: { runs: number; seed: number },
): Promise<BoardOutcome> {
  const random = randomDraws(seed);
  const { models, better } = board;
  const worse = models - better;
  const hits = { wrong: 0, found: 0, wrongByHolm: 0, foundByHolm: 0 };
  for (let run = 0; run < runs; run++) {
    const { best, others } = await judgedBoard(drawModels(random, board), board.score);
    const byHolm = holm(
      others.map(({ p }) => p),
      (models * (models - 1)) / 2,
    );
    const isAsGood = ({ model }: { model: number }) => model < better || best >= better;
    const isWorseByHolm = (i: number) => byHolm[i]! < 0.05;
    hits.wrong += Number(others.some((other) => other.isWorse && isAsGood(other)));
    hits.wrongByHolm += Number(others.some((other, i) => isWorseByHolm(i) && isAsGood(other)));
    hits.found += others.filter((other) => other.isWorse && !isAsGood(other)).length;
    hits.foundByHolm += others.filter((other, i) => isWorseByHolm(i) && !isAsGood(other)).length;
  }
  const power = (found: number) => (worse === 0 ? null : found / (runs * worse));
  return {
    ...board,
    wrong: hits.wrong / runs,
    found: power(hits.found),
    wrongByHolm: hits.wrongByHolm / runs,
    foundByHolm: power(hits.foundByHolm),
  };
}

/** Which model came first, and what the leaderboard says of the others. */
async function judgedBoard(samples: readonly JudgedSample[], scoreName: ScoreName) {
  const score = findScore(scoreName)!;
  const records = samples.map((sample, model) => ({
    predictionId: String(model),
    loggedAt: new Date(0),
    extraParameters: {},
    scores: { [scoreName]: scoreValue(sample, scoreName)!.value! },
  }));
  records.sort((a, b) => badness(score, a.scores[scoreName]!) - badness(score, b.scores[scoreName]!));
  const sampleOf = ({ predictionId }: Pick<ExperimentRecord, "predictionId">) =>
    samples[Number(predictionId)]!;
  const { kind } = samples[0]!;
  const board = await judgeLeaderboard(
    {
      project: "simulated",
      score,
      primaryScore: usualScore(kind),
      group: {
        test_set_digest: "",
        kind,
        experiments: records.length,
        best: { prediction_id: "", value: 0 },
      },
      best: records as unknown as ExperimentRecord[], // what a leaderboard reads of them
      others: [],
    },
    {
      interval: () => Promise.resolve(null as never), // no verdict depends on it
      difference: (a, b, settings) => {
        const options = { level: 0.95, seed: 0, scores: [settings.score] };
        return Promise.resolve(judgeDifference(sampleOf(a), sampleOf(b), options).scores[0]!);
      },
      shared: undefined,
    },
  );
  const [best, ...others] = board.rows;
  return {
    best: Number(best!.prediction_id),
    others: others.map(({ prediction_id: id, difference, verdict }) => ({
      model: Number(id),
      p: difference!.p!,
      isWorse: verdict === "worse than the best",
    })),
  };
}

/** A third of the samples are positive; the better models are wrong on 15 %, the others on 20 %. */
function drawModels(random: Random, { score, models, better, likeness, samples }: Board): JudgedSample[] {
  const draws = () => Float64Array.from({ length: samples }, random.normal);
  const common = draws();
  const families = likeness === "alike" ? undefined : [draws(), draws(), draws(), draws()];
  const isRegression = score === "mean_absolute_error";
  const yTrue = Int32Array.from({ length: samples }, (_, i) => Number(i % 3 === 0));
  return Array.from({ length: models }, (_, model): JudgedSample => {
    const family = families?.[model % families.length];
    const error = common.map(
      (shared, i) =>
        Math.SQRT1_2 * shared +
        (family
          ? Math.sqrt(0.4) * family[i]! + Math.sqrt(0.1) * random.normal()
          : Math.SQRT1_2 * random.normal()),
    );
    const isBetter = model < better;
    if (isRegression) {
      const scale = isBetter ? 0.9 : 1;
      return {
        kind: "regression",
        yTrue: new Float64Array(samples),
        yPred: error.map((each) => scale * each),
      };
    }
    const limit = normalQuantile(isBetter ? 0.85 : 0.8);
    return {
      kind: "classification",
      labels: [0, 1],
      yTrue,
      yPred: yTrue.map((label, i) => (error[i]! > limit ? 1 - label : label)),
      positive: 1,
      scores: [],
      scored: [1],
    };
  });
}

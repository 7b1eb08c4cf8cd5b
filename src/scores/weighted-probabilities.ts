import { brierScoreRecord } from "./brier-score.js";
import type { ScoredProbabilities } from "./classification-context.js";
import { logLosses } from "./log-loss.js";
import { checkProbabilities } from "./probability-check.js";
import type { ClassProbabilities, ScoredSample } from "./sample.js";
import { scoreOrder, weightedRanking } from "./weighted-ranking.js";
import { weightedMean } from "./weighted-sums.js";

/**
 * The scores of y_score by other weights of the samples, again and again: what each sample loses and how the
 * scores are ordered is found once, with the first weights that it takes.
 */
export function weighedProbabilities(sample: ScoredSample): (weights: Float64Array) => ScoredProbabilities {
  const { yTrue, labels, positive } = sample;
  const check = checkProbabilities(sample.yScore, positive === undefined ? labels.length : 1);
  const columns = columnsOf(sample);
  const losses = once(() => logLosses(columns));
  const squares = once(() => brierScoreRecord.losses(columns));
  const orders = once(() =>
    columns.scores.map((scores, column) => scoreOrder(scores, yTrue, columns.scored[column]!)),
  );
  return (weights) => ({
    sample,
    check,
    logLoss: () => weightedMean(losses(), weights),
    brierScore: () => weightedMean(squares(), weights),
    ranking: once(() => meanRanking(orders().map((order) => weightedRanking(order, weights)))),
  });
}

/** Every class counts the same, and each must be there. */
function meanRanking(
  classes: readonly ReturnType<typeof weightedRanking>[],
): ReturnType<typeof weightedRanking> {
  const [only] = classes;
  if (classes.length === 1) return only!;
  let area = 0;
  let precision = 0;
  for (const { rocAuc, averagePrecision } of classes) {
    if (rocAuc === undefined || averagePrecision === undefined) return {};
    area += rocAuc;
    precision += averagePrecision;
  }
  return { rocAuc: area / classes.length, averagePrecision: precision / classes.length };
}

function columnsOf({ yTrue, yScore, labels, positive }: ScoredSample): ClassProbabilities {
  if (positive !== undefined) return { yTrue, scores: [yScore], scored: [positive] };
  const classes = labels.length;
  const scores = labels.map((_, code) =>
    Float64Array.from(yTrue, (_truth, row) => yScore[row * classes + code]!),
  );
  return { yTrue, scores, scored: [...labels.keys()] };
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

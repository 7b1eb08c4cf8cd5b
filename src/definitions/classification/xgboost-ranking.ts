import { rankedScores } from "../../scores/ranked-scores.js";
import type { ClassificationDefinition } from "../definition.js";
import { remembered } from "../remembered.js";

/** The scores of two classes as XGBoost has them: rounded to float32, split by the true class, ascending. */
const ranking = remembered(({ yTrue, yScore, positive = 1 }: Scored) =>
  rankedScores(yTrue, positive, Float64Array.from(Float32Array.from(yScore!))),
);

type Scored = Parameters<ClassificationDefinition["of"]>[0];

/** What XGBoost's `eval_metric` says of a ranking. */
export const xgboostRanking: readonly ClassificationDefinition[] = [
  {
    id: "xgboost:aucpr",
    names: ["aucpr", "pr_auc", "average_precision"],
    library: "XGBoost",
    version: "3.2.0",
    call: "eval_metric='aucpr'",
    formula:
      "The area under precision over recall, where between two thresholds false positives grow evenly with true positives (Davis and Goadrich 2006), so that precision follows a curve, neither a step nor a line.",
    traits: { ties: "share a threshold", oneClass: "NaN, with a warning" },
    direction: "higher",
    range: [0, 1],
    precision: "float32",
    comparedWith: "library",
    kind: "classification",
    needsScore: true,
    classes: "two",
    of: (sample) => {
      const { positives, negatives } = ranking(sample);
      if (positives.length === 0 || negatives.length === 0) return NaN;
      let area = 0;
      let truePositives = 0;
      let falsePositives = 0;
      let negative = negatives.length;
      let positive = positives.length;
      while (positive > 0 || negative > 0) {
        const score = Math.max(positives[positive - 1] ?? -Infinity, negatives[negative - 1] ?? -Infinity);
        while (positive > 0 && positives[positive - 1] === score) positive -= 1;
        while (negative > 0 && negatives[negative - 1] === score) negative -= 1;
        const tp = positives.length - positive;
        const fp = negatives.length - negative;
        area += areaBetween([falsePositives, truePositives], [fp, tp], positives.length);
        [truePositives, falsePositives] = [tp, fp];
      }
      return area;
    },
  },
];

type Counts = readonly [falsePositives: number, truePositives: number];

function areaBetween([fp0, tp0]: Counts, [fp1, tp1]: Counts, total: number): number {
  if (tp1 === tp0) return 0;
  const perPositive = (fp1 - fp0) / (tp1 - tp0);
  const slope = 1 + perPositive;
  const offset = (fp0 - perPositive * tp0) / total;
  const width = (tp1 - tp0) / total;
  if (offset === 0) return width / slope;
  const logs = Math.log((slope * tp1) / total + offset) - Math.log((slope * tp0) / total + offset);
  return (width - (offset / slope) * logs) / slope;
}

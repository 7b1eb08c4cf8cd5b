import type { ClassificationDefinition } from "../definition.js";
import { curve32 } from "./curve.js";

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
      const { tp, fp, positives, negatives } = curve32(sample);
      if (positives === 0 || negatives === 0) return NaN;
      let area = 0;
      for (let i = 0; i < tp.length; i++) {
        area += areaBetween([fp[i - 1] ?? 0, tp[i - 1] ?? 0], [fp[i]!, tp[i]!], positives);
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

import type { ClassificationDefinition } from "../definition.js";
import { curve32 } from "./curve.js";
import { interpolatedArea } from "./curve-areas.js";

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
      const { positives, negatives } = curve32(sample);
      if (positives === 0 || negatives === 0) return NaN;
      return interpolatedArea(curve32(sample));
    },
  },
];

import type { RankedScores } from "../../scores/ranked-scores.js";
import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationDefinition } from "../definition.js";
import { tableOf } from "./counts.js";
import { ranked } from "./curve.js";
import { onePairAreas } from "./curve-areas.js";

const facts = {
  library: "pROC",
  version: "1.18.0",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  direction: "higher",
  range: [0, 1],
  needsScore: true,
} as const;

const names = ["auc", "roc_auc", "auroc", "c_statistic", "c_index"];

/** What R's pROC says of a ranking. */
export const procAuc: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "pROC:auc",
    names,
    call: "auc(roc(y_true, y_score))",
    formula:
      "The ROC area, turned round where the median score of the positives is below that of the negatives: a ranking that is worse than chance looks as good.",
    traits: { ties: "count half", oneClass: "an error" },
    classes: "two",
    of: (sample) => {
      const { positives, negatives } = ranked(sample);
      const area = rocAuc({ positives, negatives });
      if (area === undefined) return undefined;
      return median(negatives) > median(positives) ? 1 - area : area;
    },
  },
  {
    ...facts,
    id: "pROC:auc(direction='<')",
    names,
    call: "auc(roc(y_true, y_score, direction = '<'))",
    formula: "The chance that a positive sample is scored above a negative one.",
    traits: { ties: "count half", oneClass: "an error" },
    classes: "two",
    of: (sample) => rocAuc(ranked(sample)),
  },
  {
    ...facts,
    id: "pROC:multiclass.roc",
    names: [...names, "multiclass_auc", "roc_auc_ovo", "hand_till"],
    call: "multiclass.roc(y_true, y_score)$auc",
    formula: "Hand and Till's M: the plain mean over pairs of classes, each pair ranked by both columns.",
    traits: { ties: "count half", averaging: "macro, over pairs", absentClasses: "left out" },
    classes: "several",
    of: (sample) => {
      const pairs = onePairAreas(sample).filter((area) => !Number.isNaN(area));
      const present = tableOf(sample).actual.filter((count) => count > 0).length;
      return present < 2 ? undefined : pairs.reduce((sum, area) => sum + area, 0) / pairs.length;
    },
  },
];

/** Of ascending scores. */
function median(scores: RankedScores["positives"]): number {
  const upper = scores.length >> 1;
  return scores.length % 2 === 1 ? scores[upper]! : (scores[upper - 1]! + scores[upper]!) / 2;
}

import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { shareOf } from "./best-class.js";
import { sklearn } from "./sklearn-facts.js";

/** What scikit-learn says of the k classes with the greatest scores. */
export const sklearnTopK: readonly ClassificationDefinition[] = [2, 3, 5].map(
  (k): ClassificationDefinition => ({
    ...sklearn,
    needsScore: true,
    id: `sklearn:top_k_accuracy_score(k=${k})`,
    names: [`top_${k}_accuracy`, `top${k}`, `acc@${k}`, "top_k_accuracy", "top_k_categorical_accuracy"],
    call: `top_k_accuracy_score(y_true, y_score, k=${k}, labels=classes)`,
    formula: `The share of samples whose class is among the ${k} with the greatest scores.`,
    traits: { ties: "the later class comes first" },
    direction: "higher",
    range: [0, 1],
    classes: "several",
    of: (sample) => topAccuracy(sample, k),
  }),
);

function topAccuracy(sample: ClassificationSample, k: number): number {
  const { labels, yTrue, yScore } = sample;
  const classes = labels.length;
  return shareOf(sample, (row) => {
    const truth = yTrue[row]!;
    const score = yScore![row * classes + truth]!;
    let before = 0;
    for (let code = 0; code < classes; code++) {
      const other = yScore![row * classes + code]!;
      if (other > score || (other === score && code > truth)) before += 1;
    }
    return before < k;
  });
}

import type { ClassificationDefinition } from "../definition.js";
import { biasOfThresholds } from "../no-interval.js";
import { ranked } from "./curve.js";
import { extremesOf } from "./curve-areas.js";

/** How far the scores of the two classes are apart, as SciPy says. */
export const scipyKs: readonly ClassificationDefinition[] = [
  {
    id: "scipy:ks_2samp",
    biasedBelow: biasOfThresholds,
    names: ["ks", "ks_statistic", "kolmogorov_smirnov"],
    library: "SciPy",
    version: "1.17.1",
    call: "ks_2samp(y_score[y_true == 1], y_score[y_true == 0]).statistic",
    formula:
      "The greatest distance of the two classes' distributions of scores, on either side: also large for a ranking that is worse than chance.",
    traits: { oneClass: "NaN" },
    direction: "higher",
    range: [0, 1],
    precision: "float64",
    comparedWith: "library",
    kind: "classification",
    needsScore: true,
    classes: "two",
    of: (sample) => {
      const { positives, negatives } = ranked(sample);
      if (positives.length === 0 || negatives.length === 0) return NaN;
      const { above, below } = extremesOf(sample);
      return Math.max(above, -below);
    },
  },
];

import { expect, it } from "vitest";

import { computed, type DefinedSample } from "../../src/definitions/asked-definitions.js";
import { catalogue } from "../../src/definitions/catalogue.js";

const values = (sample: DefinedSample, prefix: string) =>
  Object.fromEntries(
    catalogue
      .filter(({ id }) => id.startsWith(prefix))
      .flatMap((definition) => {
        const value = computed(definition, sample);
        return value === undefined ? [] : [[definition.id.slice(prefix.length), Number(value.toFixed(6))]];
      }),
  );

it("yardstick's numbers of a small regression are those of its formulas by hand", () => {
  const sample = { yTrue: Float64Array.of(2, 4, 8, 10), yPred: Float64Array.of(3, 4, 6, 11) };
  expect(values({ kind: "regression", ...sample }, "yardstick:")).toEqual({
    rmse: 1.224745, // √(6 / 4)
    mae: 1,
    msd: 0, // (-1 + 0 + 2 - 1) / 4
    mape: 21.25, // 100 (1/2 + 0 + 2/8 + 1/10) / 4
    mpe: -8.75, // 100 (-1/2 + 0 + 2/8 - 1/10) / 4
    smape: 19.52381, // 100 (1/2.5 + 0 + 2/7 + 1/10.5) / 4
    mase: 0.375, // 1 / (8 / 3)
    rsq: 0.852632, // 36² / (40 * 38), of the deviations from the means
    rsq_trad: 0.85, // 1 - 6 / 40
    ccc: 0.923077, // 2 * 36 / (40 + 38)
    rpd: 2.981424, // √(40 / 3) / √1.5
    rpiq: 4.082483, // 5 / √1.5
    huber_loss: 0.625, // (0.5 + 0 + 1.5 + 0.5) / 4
  });
});

it("yardstick's numbers of two classes are those of the first one, unless the second is the event", () => {
  const sample: DefinedSample = {
    kind: "classification",
    labels: ["a", "b"],
    yTrue: Int32Array.of(0, 0, 0, 1, 1),
    yPred: Int32Array.of(0, 0, 1, 1, 0),
    yScore: Float64Array.of(0.1, 0.2, 0.6, 0.9, 0.4),
    positive: 1,
  };
  expect(values(sample, "yardstick:")).toMatchObject({
    accuracy: 0.6,
    sens: 0.666667,
    "sens(second)": 0.5,
    spec: 0.5,
    precision: 0.666667,
    "precision(second)": 0.5,
    f_meas: 0.666667,
    bal_accuracy: 0.583333,
    j_index: 0.166667,
    roc_auc: 0.833333, // 5 of 6 pairs
    brier_class: 0.156, // (0.01 + 0.04 + 0.36 + 0.01 + 0.36) / 5
  });
});

it("yardstick's numbers of several classes are plain means over them, and its area one of pairs", () => {
  const sample: DefinedSample = {
    kind: "classification",
    labels: ["a", "b", "c"],
    yTrue: Int32Array.of(0, 0, 1, 2),
    yPred: Int32Array.of(0, 1, 1, 2),
    yScore: Float64Array.of(0.8, 0.1, 0.1, 0.3, 0.6, 0.1, 0.2, 0.5, 0.3, 0, 0, 1),
  };
  expect(values(sample, "yardstick:")).toMatchObject({
    "sens(macro)": 0.833333, // (1/2 + 1 + 1) / 3
    "spec(macro)": 0.888889, // (1 + 2/3 + 1) / 3
    "bal_accuracy(macro)": 0.861111,
    // Pairs: a and b (1 + 1/2) / 2, a and c 1, b and c 1.
    "roc_auc(hand_till)": 0.916667,
    brier_class: 0.1625, // (0.06 + 0.86 + 0.38 + 0) / 2 / 4
  });
});

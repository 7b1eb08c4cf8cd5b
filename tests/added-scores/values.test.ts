import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { AddedSample } from "../../src/added-scores/added-score.js";
import { addedScoreValue } from "../../src/added-scores/added-score-value.js";
import { checkedAddedScore } from "../../src/added-scores/check-added-score.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { oraclePython, runPython } from "../python/python.js";

const script = fileURLToPath(new URL("oracle.py", import.meta.url));
const n = 300;
const random = seededRandom(11);
const codes = (share: number) => Int32Array.from({ length: n }, () => Number(random() < share));
const numbers = (of: () => number) => Float64Array.from({ length: n }, of);

const labels = ["ill", "well"];
const classes: AddedSample & { kind: "classification" } = {
  kind: "classification",
  labels,
  yTrue: codes(0.6),
  yPred: codes(0.5),
  positive: 0,
  yScore: numbers(() => Math.round(random() * 100) / 101 + 0.001), // with ties
  features: new Map<string, Float64Array | (string | null)[]>([
    ["profit", numbers(() => Math.round(random() * 900 - 200))],
    ["odd name", Array.from({ length: n }, () => (random() < 0.4 ? "north" : "south"))],
    ["smoker", numbers(() => Number(random() < 0.3))],
  ]),
};
const three: AddedSample & { kind: "classification" } = {
  kind: "classification",
  labels: [1, 2, 3],
  yTrue: Int32Array.from({ length: n }, () => Math.floor(random() * 3)),
  yPred: Int32Array.from({ length: n }, () => Math.floor(random() * 3)),
  yScore: Float64Array.from(
    Array.from({ length: n }, () => {
      const [a, b] = [random(), random()].sort((x, y) => x - y) as [number, number];
      return [a, b - a, 1 - b];
    }).flat(),
  ),
};
const amounts: AddedSample & { kind: "regression" } = {
  kind: "regression",
  yTrue: numbers(() => random() * 50),
  yPred: numbers(() => random() * 50 + 0.5),
  weights: numbers(() => random() + 0.1),
};

const withoutScores: AddedSample = {
  kind: "classification",
  labels: three.labels,
  yTrue: three.yTrue,
  yPred: three.yPred,
};

/** What is written here, and what Python's libraries have for it. */
const scores: readonly (readonly [AddedSample, expression: string, python: string])[] = [
  [
    classes,
    'mean(if(y_true = "ill" and y_pred = "well", 50, 0))',
    "np.mean((y == 'ill') & (p == 'well')) * 50",
  ],
  [classes, "-mean(log2(y_score[y_true]))", "metrics.log_loss(y == 'ill', s) / np.log(2)"],
  [
    classes,
    'mean(y_true = "ill", y_score >= quantile(y_score, 0.9)) / mean(y_true = "ill")',
    "np.mean((y == 'ill')[s >= np.quantile(s, 0.9)]) / np.mean(y == 'ill')",
  ],
  [classes, 'sum(profit, y_pred = "ill") / count()', "np.where(p == 'ill', profit, 0).mean()"],
  [
    classes,
    '5 * count(y_true = "ill" and y_pred = "ill") / (4 * count(y_true = "ill") + count(y_pred = "ill"))',
    "metrics.fbeta_score(y, p, beta=2, pos_label='ill')",
  ],
  [classes, "mean(y_true = y_pred, feature['odd name'] = 'north')", "np.mean((y == p)[place == 'north'])"],
  [
    classes,
    "mean(y_true != y_pred, smoker and not profit > 0)",
    "np.mean((y != p)[(smoker == 1) & ~(profit > 0)])",
  ],
  [
    classes,
    'mean((y_score["ill"] - if(y_true = "ill", 1, 0)) ^ 2)',
    "metrics.brier_score_loss(y == 'ill', s)",
  ],
  [classes, 'count(y_score["well"] < 0.5) + 0 * count(smoker = true)', "np.sum(s > 0.5)"],
  [three, "-mean(log(y_score[y_true]))", "metrics.log_loss(y3, s3)"],
  [three, "mean(abs(y_true - y_pred))", "metrics.mean_absolute_error(y3, p3)"],
  [three, "mean(y_score[2], y_true = 2)", "s3[y3 == 2, 1].mean()"],
  [amounts, "mean(abs(y_true - y_pred)) / 12.5", "metrics.mean_absolute_error(t, q) / 12.5"],
  [
    amounts,
    "mean(max(0.9 * (y_true - y_pred), -0.1 * (y_true - y_pred)))",
    "metrics.mean_pinball_loss(t, q, alpha=0.9)",
  ],
  [
    amounts,
    "200 * mean(abs(y_true - y_pred) / (abs(y_true) + abs(y_pred)))",
    "200 * np.mean(np.abs(t - q) / (np.abs(t) + np.abs(q)))",
  ],
  [
    amounts,
    "sqrt(mean((log(1 + y_pred) - log(1 + y_true)) ^ 2))",
    "metrics.root_mean_squared_log_error(t, q)",
  ],
  [amounts, "1 - sum((y_true - y_pred)^2) / sum((y_true - mean(y_true))^2)", "metrics.r2_score(t, q)"],
  [
    amounts,
    "sum(sample_weight * abs(y_true - y_pred)) / sum(sample_weight)",
    "metrics.mean_absolute_error(t, q, sample_weight=w)",
  ],
  [amounts, "median(abs(y_true - y_pred))", "metrics.median_absolute_error(t, q)"],
  [amounts, "greatest(abs(y_true - y_pred)) - least(y_pred)", "metrics.max_error(t, q) - q.min()"],
  [
    amounts,
    "std(y_pred, y_true > 10) + quantile(y_pred, 0.25, y_true > 10)",
    "q[t > 10].std() + np.quantile(q[t > 10], 0.25)",
  ],
  [
    amounts,
    "mean(round(y_pred - 0.5) + floor(-y_true) + round(2.5) + round(-3.5))",
    "np.mean(np.round(q - 0.5) + np.floor(-t) + 2 - 4)",
  ],
  [
    amounts,
    "mean(min(y_true, y_pred, 20)) + mean(exp(-abs(y_true - y_pred)))",
    "np.minimum(np.minimum(t, q), 20).mean() + np.exp(-np.abs(t - q)).mean()",
  ],
  [amounts, "mean(abs(y_true - y_pred - mean(y_true - y_pred)))", "np.mean(np.abs(t - q - np.mean(t - q)))"],
  [
    amounts,
    "mean(log10(y_pred), not (y_true < 5 or y_true > 40)) ^ 2",
    "np.log10(q)[(t >= 5) & (t <= 40)].mean() ** 2",
  ],
];

function valueOf(sample: AddedSample, expression: string) {
  const score = checkedAddedScore({ name: "own", expression, kind: sample.kind, direction: "lower" });
  return addedScoreValue(score, sample);
}

it("equals numpy and scikit-learn", async (context) => {
  const python = oraclePython(context);
  const names = (sample: typeof classes, column: Int32Array) =>
    Array.from(column, (code) => sample.labels[code]);
  const columns = {
    y: names(classes, classes.yTrue),
    p: names(classes, classes.yPred),
    s: [...classes.yScore!],
    profit: [...classes.features!.get("profit")!],
    place: classes.features!.get("odd name"),
    smoker: [...classes.features!.get("smoker")!],
    y3: names(three, three.yTrue),
    p3: names(three, three.yPred),
    s3: Array.from({ length: n }, (_, i) => [...three.yScore!.subarray(3 * i, 3 * i + 3)]),
    t: [...amounts.yTrue],
    q: [...amounts.yPred],
    w: [...amounts.weights!],
  };
  const asked = JSON.stringify({ columns, python: scores.map(([, , text]) => text) });
  const expected = JSON.parse(await runPython(python, [script], asked)) as number[];
  for (const [i, [sample, expression]] of scores.entries()) {
    const { value } = valueOf(sample, expression);
    expect(Math.abs(value! - expected[i]!), `${expression}: ${value}`).toBeLessThan(1e-10);
  }
});

describe("an expression without a value says why", () => {
  const holed: AddedSample = {
    ...amounts,
    features: new Map<string, Float64Array | (string | null)[]>([
      ["age", numbers(() => random()).map((x, i) => (i < 7 ? Number.NaN : x))],
      ["place", Array.from({ length: n }, (_, i) => (i < 2 ? null : "here"))],
    ]),
  };
  const cases: readonly (readonly [AddedSample, expression: string, why: string])[] = [
    [holed, "mean(y_pred * age)", "age has no value for 7 samples"],
    [holed, 'mean(y_pred, place = "here")', "place has no value for 2 samples"],
    [
      amounts,
      "mean(log(y_pred - 60))",
      "log(y_pred - 60) has no value: it is a logarithm of 0 or less for 300 samples",
    ],
    [
      amounts,
      "mean(y_pred, y_true > 99)",
      "no sample is chosen by the condition of mean(y_pred, y_true > 99)",
    ],
    [amounts, "mean(y_pred) / count(y_true > 99)", "it is a division by 0, or too large a number"],
    [
      amounts,
      "sum(exp(exp(y_pred + 99)))",
      "exp(y_pred + 99)) has no value: it is too large a number for 300 samples",
    ],
    [amounts, "mean(y_pred - mean(y_true / (y_pred - y_pred)))", "y_true / (y_pred - y_pred) has no value"],
    [amounts, "mean(age + y_pred)", 'the samples have no feature "age"'],
    [classes, "mean(sample_weight * y_score)", "there is no sample_weight"],
    [classes, 'mean(y_pred = "il")', 'none of its classes is "il"; they are "ill", "well"'],
    [
      classes,
      "mean(y_pred = 1)",
      'its labels are texts, such as "ill", and the expression takes them for numbers or conditions',
    ],
    [classes, "mean(y_score, y_true)", "its labels are texts"],
    [classes, 'mean(y_score, profit = "much")', 'the values of the feature "profit" are numbers'],
    [classes, "mean(y_score, profit)", 'the values of the feature "profit" are taken for conditions'],
    [classes, "mean(y_true = profit) + mean(y_score)", "are numbers, such as"],
    [
      three,
      'mean(y_pred = "1")',
      "its labels are numbers, such as 1, and the expression compares them with texts",
    ],
    [three, "mean(y_score)", "there are 3 classes: name one"],
    [withoutScores, "mean(y_score[y_true])", "there is no y_score"],
  ];
  for (const [sample, expression, why] of cases) {
    it(`says it of ${expression}`, () => {
      const found = valueOf(sample, expression);
      expect(found.value).toBeUndefined();
      expect(found.why).toContain(why);
    });
  }

  it("does not mind what is not chosen", () => {
    expect(
      valueOf(holed, "mean(if(age > 0, age, 0), age > 2 or y_true > 0) * 0 + mean(y_pred)").why,
    ).toContain("age");
    expect(valueOf(amounts, "mean(if(y_true < 0, log(0 - y_true), 1)) + 0 * mean(y_pred)").value).toBe(1);
  });
});

describe("a score that is added", () => {
  const give = (given: Partial<Parameters<typeof checkedAddedScore>[0]>) =>
    checkedAddedScore({ name: "cost", ...given });
  it("has the kind that its expression can be of", () => {
    expect(give({ expression: "mean(y_score)", direction: "lower" }).kind).toBe("classification");
    expect(give({ expression: 'mean(y_pred = "ill")', direction: "zero" }).kind).toBe("classification");
    expect(give({ definition: "sklearn:ks" })).toEqual({
      name: "cost",
      kind: "classification",
      direction: "higher",
      definition: "sklearn:ks",
    });
  });
  for (const [given, message] of [
    [{ expression: "mean(y_score)" }, "direction of the score cost is missing"],
    [{ expression: "mean(y_pred)", direction: "lower" }, "can be of both; give kind"],
    [{ expression: "mean(y_pred", direction: "lower" }, "character 12"],
    [{}, "no definition and no expression"],
    [{ definition: "sklearn:ks", expression: "mean(y_pred)" }, "a definition and an expression"],
    [{ definition: "sklearn:sk" }, "did you mean sklearn:ks?"],
    [{ definition: "sklearn:ks", kind: "regression" }, "leave kind out"],
    [{ definition: "sklearn:ks", direction: "lower" }, "leave direction out"],
    [{ name: "accuracy", definition: "sklearn:ks" }, "is a score of every project"],
    [{ name: "a b", definition: "sklearn:ks" }, "letters, digits and underscores"],
  ] as const) {
    it(`is refused where ${message}`, () => {
      expect(() => give(given)).toThrow(message);
    });
  }
});

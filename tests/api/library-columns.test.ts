import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, type TestContext } from "vitest";

import { logExperiment, readExperiment, TrackingError } from "../../src/index.js";
import { toolsFolder } from "../package/packed-package.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A library as its users have it installed. */
async function library<T>(context: TestContext, file: string, group = "columns"): Promise<T> {
  return (await import(pathToFileURL(join(toolsFolder(group, context), "node_modules", file)).href)) as T;
}
type Make = (...given: unknown[]) => never;

const common = {
  project: "pets",
  parameters: {
    datasetUri: "pets.csv",
    targetColumn: "y",
    testSet: [1, 2, 3],
    model: { name: "M", parameters: {} },
  },
};
const [yTrue, yPred] = [
  ["cat", "dog", "cow"],
  ["cat", "dog", "cat"],
];
const scores = [
  [0.7, 0.1, 0.2],
  [0.1, 0.2, 0.7],
  [0.6, 0.3, 0.1],
];
const labels = ["cat", "cow", "dog"];

/** The columns of the predictions that a call leaves, each as an array. */
async function columnsOf(input: object): Promise<Record<string, unknown[]>> {
  const store = await temporaryFolder();
  const { predictionId } = await logExperiment({
    kind: "classification",
    ...common,
    ...input,
    store,
  } as never);
  const { predictions } = await readExperiment(predictionId, { store });
  return Object.fromEntries(
    predictions.columns.map((column) => [
      column.name,
      "dictionary" in column
        ? Array.from(column.codes, (code) => column.dictionary[code] ?? null)
        : Array.from<unknown>(column.values),
    ]),
  );
}

async function refusal(input: object): Promise<string> {
  const error: unknown = await columnsOf(input).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TrackingError);
  return `${(error as TrackingError).code}: ${(error as TrackingError).message}`;
}

const regression = { kind: "regression", yTrue: [1, 2, 3], yPred: [1.5, 2, 2.5] };

describe("a tensor of TensorFlow.js", () => {
  interface TensorFlow {
    tensor1d: Make;
    tensor2d: Make;
    tensor3d: Make;
    complex: Make;
  }
  const load = async (context: TestContext) => {
    await library(context, "@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.node.js");
    const { default: tf } = await library<{ default: TensorFlow }>(
      context,
      "@tensorflow/tfjs-core/dist/tf-core.node.js",
    );
    return tf;
  };

  it("is waited for and taken as labels, numbers and probabilities", async (context) => {
    const tf = await load(context);
    const found = await columnsOf({ yTrue, yPred: tf.tensor1d(yPred), yScore: tf.tensor2d(scores), labels });
    expect(found["y_pred"]).toEqual(yPred);
    expect(found["y_score_2"]).toEqual([0.2, 0.7, 0.1].map(Math.fround));
    const flags = tf.tensor1d([true, false, true], "bool");
    expect((await columnsOf({ yTrue: flags, yPred: flags }))["y_true"]).toEqual([1, 0, 1]);
    expect((await columnsOf({ ...regression, yPred: tf.tensor2d([[1], [2], [4]]) }))["y_pred"]).toEqual([
      1, 2, 4,
    ]);
    expect(
      (await columnsOf({ ...regression, sampleFeatures: { age: tf.tensor1d([3, 4, 5], "int32") } }))[
        "feature_age"
      ],
    ).toEqual([3, 4, 5]);
  });

  it("is refused where a sample has several values, it is disposed of, or its numbers come in parts", async (context) => {
    const tf = await load(context);
    expect(await refusal({ ...regression, yPred: tf.tensor2d([[1, 2, 3]]) })).toMatch(
      /^INVALID_ARGUMENT: yPred is a tensor of shape \[1, 3\]; give one value a sample/,
    );
    expect(await refusal({ yTrue, yPred, yScore: tf.tensor3d([[[0.5, 0.5]]]) })).toMatch(
      /^INVALID_SCORES: yScore is a tensor of shape \[1, 1, 2\]; give a probability a sample/,
    );
    const gone: { dispose: () => void } = tf.tensor1d([1, 2, 3]);
    gone.dispose();
    expect(await refusal({ ...regression, yTrue: gone })).toMatch(
      /^INVALID_ARGUMENT: yTrue cannot be read: .*disposed/,
    );
    const parts: unknown = tf.complex([1, 2, 3], [0, 0, 0]);
    expect(await refusal({ ...regression, yTrue: parts })).toMatch(
      /^INVALID_ARGUMENT: yTrue is a tensor of type complex64; cast it to float32/,
    );
    expect(await refusal({ ...regression, sampleFeatures: tf.tensor2d([[1], [2], [3]]) })).toMatch(
      /^INVALID_ARGUMENT: sampleFeatures is a tensor or matrix, whose columns have no names/,
    );
  });
});

describe("a tensor of ONNX Runtime", () => {
  interface Onnx {
    Tensor: new (...given: unknown[]) => unknown;
  }
  it("is taken by its type, and half floats are refused", async (context) => {
    const { Tensor } = await library<Onnx>(context, "onnxruntime-common/dist/esm/index.js");
    const codes = new Tensor("int64", BigInt64Array.of(1n, 0n, 1n), [3, 1]);
    expect((await columnsOf({ yTrue: [1, 0, 0], yPred: codes }))["y_pred"]).toEqual([1, 0, 1]);
    const flat = new Tensor("float32", Float32Array.from(scores.flat()), [3, 3]);
    const found = await columnsOf({ yTrue, yPred: new Tensor("string", yPred), yScore: flat, labels });
    expect(found["y_score_0"]).toEqual([0.7, 0.1, 0.6].map(Math.fround));
    const half = new Tensor("float16", new Uint16Array(3), [3]);
    expect(await refusal({ ...regression, yPred: half })).toMatch(
      /^INVALID_ARGUMENT: yPred is a tensor of type float16; cast/,
    );
  });
});

describe("a matrix of ml-matrix", () => {
  interface Matrices {
    Matrix: { new (rows: number[][]): unknown; columnVector: Make; rowVector: Make };
  }
  it("is a column, or the rows of the probabilities", async (context) => {
    const { Matrix } = await library<Matrices>(context, "ml-matrix/matrix.mjs");
    expect((await columnsOf({ ...regression, yPred: Matrix.columnVector([1, 2, 4]) }))["y_pred"]).toEqual([
      1, 2, 4,
    ]);
    const found = await columnsOf({ yTrue, yPred, yScore: new Matrix(scores), labels });
    expect(found["y_score_1"]).toEqual([0.1, 0.2, 0.3]);
    expect(await refusal({ ...regression, yPred: Matrix.rowVector([1, 2, 4]) })).toMatch(
      /^INVALID_ARGUMENT: yPred is a matrix of 1 rows and 3 columns; give one value a sample/,
    );
  });
});

describe("a table or vector of Apache Arrow", () => {
  interface Arrow {
    tableFromArrays: Make;
    vectorFromArray: Make;
    DateDay: new () => unknown;
    Decimal: new (scale: number, precision: number, width: number) => unknown;
    TimestampNanosecond: new () => unknown;
  }
  it("is a column, columns of features, or a column a class, with its nulls", async (context) => {
    const arrow = await library<Arrow>(context, "apache-arrow/Arrow.node.mjs");
    const table: { getChild: (name: string) => unknown; select: (names: string[]) => unknown } =
      arrow.tableFromArrays({ y: yTrue, age: Float64Array.of(1, 2, 3) });
    expect((await columnsOf({ yTrue: table.getChild("y"), yPred }))["y_true"]).toEqual(yTrue);
    expect((await columnsOf({ yTrue: table.select(["y"]), yPred }))["y_true"]).toEqual(yTrue);
    expect(await refusal({ yTrue: table, yPred })).toBe(
      'INVALID_ARGUMENT: yTrue is a table with the columns "y", "age"; give one column of it',
    );
    const features = await columnsOf({ ...regression, sampleFeatures: table });
    expect([features["feature_y"], features["feature_age"]]).toEqual([yTrue, [1, 2, 3]]);
    const gaps: unknown = arrow.vectorFromArray([1.5, null, 2]);
    expect((await columnsOf({ ...regression, sampleFeatures: { gaps } }))["feature_gaps"]).toEqual([
      1.5,
      Number.NaN,
      2,
    ]);
    expect(await refusal({ ...regression, yPred: gaps })).toMatch(/^INVALID_ARGUMENT: yPred\[1\] is null/);
    const named: unknown = arrow.tableFromArrays(
      Object.fromEntries(labels.map((label, i) => [label, Float64Array.from(scores, (row) => row[i]!)])),
    );
    expect((await columnsOf({ yTrue, yPred, yScore: named }))["y_score_2"]).toEqual([0.2, 0.7, 0.1]);
  });

  it("has dates as times, and is refused where a value cannot be had whole", async (context) => {
    const arrow = await library<Arrow>(context, "apache-arrow/Arrow.node.mjs");
    const days = [0, 1, 2].map((day) => new Date(Date.UTC(2026, 0, 1 + day)));
    for (const order of [
      arrow.vectorFromArray(days),
      arrow.vectorFromArray(days, new arrow.DateDay()),
    ] as unknown[]) {
      expect((await columnsOf({ ...regression, order }))["feature_order"]).toEqual(
        days.map((day) => day.toISOString().replace(".000Z", "+00:00")),
      );
    }
    const fine: unknown = arrow.vectorFromArray([0.5, 1, 2], new arrow.TimestampNanosecond());
    expect(await refusal({ ...regression, order: fine })).toMatch(
      /^INVALID_ARGUMENT: order\[0\] is 0\.5 milliseconds.*finer than a Date/,
    );
    const lists: unknown = arrow.vectorFromArray([[1], [2], [3]]);
    expect(await refusal({ ...regression, yPred: lists })).toMatch(
      /^INVALID_ARGUMENT: yPred is an Arrow vector of List<.*cast it/,
    );
  });
});

describe("a table of Arquero", () => {
  interface Arquero {
    table: Make;
  }
  it("has the rows that its filter leaves, in its order", async (context) => {
    const aq = await library<Arquero>(context, "arquero/src/index.js");
    interface Table {
      filter: (rule: string) => Table;
      orderby: (column: string) => Table;
      select: (column: string) => Table;
    }
    const table: Table = aq.table({ y: [9, 3, 2, 1], site: ["w", "z", "y", "x"] });
    const some = table.filter("d => d.y < 9").orderby("y");
    const found = await columnsOf({ ...regression, yTrue: some.select("y"), sampleFeatures: some });
    expect([found["y_true"], found["feature_site"]]).toEqual([
      [1, 2, 3],
      ["x", "y", "z"],
    ]);
  });
});

/** It brings a gigabyte of what a test does not need, so it is tried before a release. */
const describeWhole = process.env["ML_TRACKING_TEST_PACKAGE"] === "whole" ? describe : () => {};
describeWhole("a data frame or series of Danfo", () => {
  interface Danfo {
    default: { DataFrame: new (columns: object) => { column: (name: string) => unknown } };
  }
  it("is a column, or columns of features", async (context) => {
    const { default: danfo } = await library<Danfo>(
      context,
      "danfojs-node/dist/danfojs-node/src/index.js",
      "danfo",
    );
    const frame = new danfo.DataFrame({ y: [1, 2, 4], site: ["x", "y", "z"] });
    const found = await columnsOf({ ...regression, yPred: frame.column("y"), sampleFeatures: frame });
    expect([found["y_pred"], found["feature_site"]]).toEqual([
      [1, 2, 4],
      ["x", "y", "z"],
    ]);
    expect(await refusal({ ...regression, yPred: frame })).toMatch(
      /yPred is a table with the columns "y", "site"; give one/,
    );
  });
});

describe("what can be iterated", () => {
  it("is collected, whether its values come at once or one by one", async () => {
    async function* later() {
      for (const value of [1, 2, 4]) yield await Promise.resolve(value);
    }
    const found = await columnsOf({
      ...regression,
      parameters: { ...common.parameters, testSet: new Set(["a", "b", "c"]) },
      yTrue: new Map(regression.yTrue.map((value) => [value, value])).values(),
      yPred: later(),
    });
    expect([found["sample_id"], found["y_true"], found["y_pred"]]).toEqual([
      ["a", "b", "c"],
      [1, 2, 3],
      [1, 2, 4],
    ]);
  });

  it("is refused where it ends early, throws, or is a mapping", async () => {
    function* few() {
      yield 1;
    }
    expect(await refusal({ ...regression, yPred: few() })).toMatch(/^LENGTH_MISMATCH: yPred has 1 values/);
    function* broken() {
      yield 1;
      throw new Error("the disk is gone");
    }
    expect(await refusal({ ...regression, yPred: broken() })).toMatch(
      /^INVALID_ARGUMENT: yPred cannot be read: the disk is gone; give plain values/,
    );
    expect(await refusal({ ...regression, yPred: new Map([[1, 2]]) })).toMatch(
      /^INVALID_ARGUMENT: yPred is an object \(Map\); give an array/,
    );
  });
});

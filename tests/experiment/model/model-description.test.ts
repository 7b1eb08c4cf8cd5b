import { runInNewContext } from "node:vm";
import { assert, object, property } from "fast-check";
import { DecisionTreeClassifier } from "ml-cart";
import KNN from "ml-knn";
import LogisticRegression from "ml-logistic-regression";
import { Matrix } from "ml-matrix";
import { GaussianNB, MultinomialNB } from "ml-naivebayes";
import { RandomForestClassifier, RandomForestRegression } from "ml-random-forest";
import MultivariateLinearRegression from "ml-regression-multivariate-linear";
import { describe, expect, it } from "vitest";
import { describeModel } from "../../../src/experiment/model/model-description.js";
import { TrackingError } from "../../../src/tracking-error.js";

/** What JSON keeps of a description, and so what the tracking log does. */
function recorded(model: unknown): unknown {
  return JSON.parse(JSON.stringify(describeModel(model)));
}

const rows = Array.from({ length: 40 }, (_, index) => [index, index % 7]);
const labels = rows.map(([first = 0]) => (first < 20 ? 0 : 1));

describe("describeModel, on trained models of the mljs family", () => {
  it("records the settings of a random forest, and none of its trees", () => {
    const model = new RandomForestClassifier({ nEstimators: 25, seed: 7, treeOptions: { maxDepth: 3 } });
    model.train(rows, labels);
    expect(recorded(model)).toEqual({
      name: "RandomForestClassifier",
      parameters: {
        nEstimators: 25,
        seed: 7,
        treeOptions: { maxDepth: 3 },
        maxFeatures: 1,
        replacement: true,
        useSampleBagging: true,
        noOOB: false,
        maxSamples: null,
        isClassifier: true,
        n: 2,
        numberFeatures: 2,
        numberSamples: 40,
      },
      omitted: [],
    });
  });

  it("leaves the trees of a forest out whether there are few of them or many", () => {
    const [few, many] = [3, 100].map((nEstimators) => {
      const model = new RandomForestRegression({ nEstimators, noOOB: true, selectionMethod: "median" });
      model.train(rows, labels);
      return describeModel(model);
    });
    expect(many?.parameters).toEqual({ ...few?.parameters, nEstimators: 100 });
    expect(many?.parameters).toMatchObject({ nEstimators: 100, selectionMethod: "median" });
    expect(many?.omitted).toEqual([]);
  });

  it("records the options of a decision tree as its own settings", () => {
    const model = new DecisionTreeClassifier({ minNumSamples: 5 });
    model.train(rows, labels);
    expect(recorded(model)).toEqual({
      name: "DecisionTreeClassifier",
      parameters: {
        gainFunction: "gini",
        splitFunction: "mean",
        minNumSamples: 5,
        maxDepth: "Infinity",
        gainThreshold: 0.01,
        kind: "classifier",
      },
      omitted: [],
      warnings: [
        'parameters.model.maxDepth is Infinity, which JSON has no number for; recorded as the text "Infinity"',
      ],
    });
  });

  it("records k and the classes of a nearest-neighbour model, and none of its training rows", () => {
    expect(recorded(new KNN(rows, labels, { k: 3 }))).toEqual({
      name: "KNN",
      parameters: { k: 3, classes: [0, 1], isEuclidean: true },
      omitted: [],
    });
  });

  it("records a naive Bayes model, which has no settings, by its class alone", () => {
    const gaussian = new GaussianNB();
    gaussian.train(rows, labels);
    expect(recorded(gaussian)).toEqual({ name: "GaussianNB", parameters: {}, omitted: [] });
    const multinomial = new MultinomialNB();
    multinomial.train(rows, labels);
    expect(recorded(multinomial)).toEqual({ name: "MultinomialNB", parameters: {}, omitted: [] });
  });

  it("records the steps and the learning rate of a logistic regression, not its classifiers", () => {
    const model = new LogisticRegression({ numSteps: 50, learningRate: 0.01 });
    model.train(new Matrix(rows), Matrix.columnVector(labels));
    expect(recorded(model)).toEqual({
      name: "LogisticRegression",
      parameters: { numSteps: 50, learningRate: 0.01, numberClasses: 2 },
      omitted: [],
    });
  });

  it("records the intercept of a linear regression, not its weights and their errors", () => {
    const model = new MultivariateLinearRegression(
      rows,
      labels.map((label) => [label]),
    );
    expect(recorded(model)).toEqual({
      name: "MultivariateLinearRegression",
      parameters: { statistics: true, inputs: 2, outputs: 1, intercept: true },
      omitted: [],
    });
  });
});

describe("describeModel, on where a model keeps its settings", () => {
  it("says so where the class name is the letter that a minifier left of it", () => {
    class e {
      k = 3;
    }
    expect(describeModel(new e())).toEqual({
      name: "e",
      parameters: { k: 3 },
      omitted: [
        'the class name ("e" looks minified: keep class names when bundling, or pass { name, parameters })',
      ],
    });
    expect(describeModel({ name: "e", parameters: {} }).omitted).toEqual([]);
  });

  it("prefers what the model declares by getParams, where no name counts as learned", () => {
    class Voting {
      internal = 3;
      getParams() {
        return { voting: "soft", weights: [0.3, 0.7] };
      }
    }
    expect(recorded(new Voting())).toEqual({
      name: "Voting",
      parameters: { voting: "soft", weights: [0.3, 0.7] },
      omitted: [],
    });
  });

  it("falls back on the members, and says so, where getParams throws", () => {
    class Network {
      units = 8;
      getConfig(): never {
        throw new Error("not\nimplemented");
      }
    }
    const { parameters, omitted } = describeModel(new Network());
    expect(parameters).toEqual({ units: 8 });
    expect(omitted).toEqual(["getConfig() (cannot be read: not implemented)"]);
  });

  it("reads toJSON where every member is private, and getters where there is none", () => {
    class Written {
      #alpha = 0.5;
      toJSON() {
        return { alpha: this.#alpha, weights: [1, 2] };
      }
    }
    class Base {
      get beta() {
        return 2;
      }
    }
    class Getters extends Base {
      #alpha = 0.5;
      _cache = { a: 1 };
      get alpha() {
        return this.#alpha;
      }
      get _hidden() {
        return 1;
      }
      score() {
        return 1;
      }
    }
    expect(describeModel(new Written()).parameters).toEqual({ alpha: 0.5 });
    expect(describeModel(new Getters()).parameters).toEqual({ alpha: 0.5, beta: 2 });
  });

  it("leaves out methods and private members", () => {
    class Model {
      #secret = 1;
      _state = 2;
      "#written" = 3;
      rate = 0.1;
      activation = (x: number) => x + this.#secret;
    }
    expect(recorded(new Model())).toEqual({ name: "Model", parameters: { rate: 0.1 }, omitted: [] });
  });

  it("keeps a record of options apart where its names are taken", () => {
    class Model {
      rate = 0.1;
      options = { rate: 0.2 };
    }
    expect(describeModel(new Model()).parameters).toEqual({ rate: 0.1, options: { rate: 0.2 } });
  });

  it("writes the models inside a pipeline as records with their class", () => {
    class StandardScaler {
      withMean = true;
      mean_ = [1, 2];
    }
    class Pipeline {
      scaler = new StandardScaler();
      steps = [new StandardScaler(), new KNN(rows, labels, { k: 2 })];
    }
    expect(describeModel(new Pipeline()).parameters).toEqual({
      scaler: { class: "StandardScaler", withMean: true },
      steps: [
        { class: "StandardScaler", withMean: true },
        { class: "KNN", k: 2, classes: [0, 1], isEuclidean: true },
      ],
    });
  });

  it("keeps the members of an ensemble whose parts are configured differently", () => {
    class Voting {
      estimators = [new KNN(rows, labels, { k: 2 }), new KNN(rows, labels, { k: 5 })];
    }
    expect(describeModel(new Voting()).parameters["estimators"]).toMatchObject([{ k: 2 }, { k: 5 }]);
  });
});

describe("describeModel, on learned state", () => {
  it("leaves out arrays, matrices and trees by their form, and keeps short lists", () => {
    class Model {
      layers = [64, 32];
      kernels = [
        [3, 3],
        [5, 5],
      ];
      a = new Float32Array(3);
      b = Buffer.from("abc");
      c = Matrix.zeros(2, 2);
      d = Array.from({ length: 65 }, (_, index) => index);
      e = [new Float64Array(2)];
      f = { left: null, right: { left: null, right: null } };
      g = Array.from({ length: 9 }, () => [1, 2, 3, 4, 5, 6, 7, 8]);
    }
    expect(recorded(new Model())).toEqual({
      name: "Model",
      parameters: {
        layers: [64, 32],
        kernels: [
          [3, 3],
          [5, 5],
        ],
      },
      omitted: [],
    });
  });

  it("leaves out what its name says is learned, but for texts and booleans", () => {
    class Learned {
      coef_ = [0.1];
      weights = [0.1, 0.2];
      stdError = 0.5;
    }
    class Set {
      weights = "distance";
      means = true;
    }
    expect(describeModel(new Learned()).parameters).toEqual({});
    expect(describeModel(new Set()).parameters).toEqual({ weights: "distance", means: true });
  });

  it("takes under 10 ms for a model with 100 MB of weights", () => {
    class Network {
      rate = 0.1;
      kernel = new Float64Array(13_000_000);
      plain = Array.from(this.kernel);
      rows = Array.from({ length: 1_000 }, () => Array.from(this.kernel.subarray(0, 1_000)));
      vocabulary = new Map(Array.from({ length: 100_000 }, (_, index) => [`word ${index}`, index]));
      corpus = Buffer.alloc(100_000_000, "word ").toString("latin1");
    }
    const model = new Network();
    describeModel({ name: "warm-up", parameters: {} });
    const start = performance.now();
    const { parameters, omitted } = describeModel(model);
    expect(performance.now() - start).toBeLessThan(10);
    expect(parameters).toEqual({ rate: 0.1, corpus: "word ".repeat(400) });
    expect(omitted).toEqual([
      "vocabulary (100000 members)",
      "corpus (cut to 2000 of its 100000000 characters)",
    ]);
  });
});

describe("describeModel, on values that JSON cannot say", () => {
  it("writes each of them so that it can be read again", () => {
    class Model {
      nan = Number.NaN;
      most = Number.POSITIVE_INFINITY;
      least = Number.NEGATIVE_INFINITY;
      big = 12345678901234567890n;
      when = new Date("2026-11-23T14:05:09.123Z");
      never = new Date(Number.NaN);
      labels = new Set(["a", "b"]);
      costs = new Map([["a", 2]]);
      byNumber = new Map([[1, 2]]);
      unset = undefined;
      none = null;
      pattern = /a+/u;
    }
    expect(recorded(new Model())).toEqual({
      name: "Model",
      parameters: {
        nan: "NaN",
        most: "Infinity",
        least: "-Infinity",
        big: "12345678901234567890",
        when: "2026-11-23T14:05:09.123Z",
        never: "Invalid Date",
        labels: ["a", "b"],
        costs: { a: 2 },
        byNumber: [[1, 2]],
        unset: null,
        none: null,
        pattern: "/a+/u",
      },
      omitted: [],
      warnings: [
        'parameters.model.nan is NaN, which JSON has no number for; recorded as the text "NaN"',
        'parameters.model.most is Infinity, which JSON has no number for; recorded as the text "Infinity"',
        'parameters.model.least is -Infinity, which JSON has no number for; recorded as the text "-Infinity"',
        'parameters.model.big is 12345678901234567890, which JSON has no number for; recorded as the text "12345678901234567890"',
      ],
    });
  });

  it("replaces lone surrogates in names and values", () => {
    class Model {
      ["k\ud800"] = "v\udc00 \u{1f600}";
    }
    expect(describeModel(new Model()).parameters).toEqual({ "k\ufffd": "v\ufffd \u{1f600}" });
  });

  it("keeps members named __proto__ and constructor members, and changes no prototype", () => {
    const parameters: unknown = JSON.parse(
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
    );
    const described = describeModel({ name: "Model", parameters });
    expect(JSON.stringify(described.parameters)).toBe(JSON.stringify(parameters));
    expect(Object.getPrototypeOf(described.parameters)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("holds a member without a name to the same bounds as the others", () => {
    const wide = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`key${index}`, "x".repeat(100)]),
    );
    const { parameters, omitted } = describeModel({
      name: "Model",
      parameters: { "": { a: wide, b: wide }, k: 3 },
    });
    expect(parameters).toEqual({ k: 3 });
    expect(omitted).toEqual([" (over 30000 characters of JSON)"]);
  });

  it("survives cycles, and describes an object twice that is only met twice", () => {
    class Part {
      size = 1;
      owner: unknown;
    }
    class Model {
      first = new Part();
      second = this.first;
      constructor() {
        this.first.owner = this;
      }
    }
    const part = { class: "Part", size: 1 };
    expect(recorded(new Model())).toEqual({
      name: "Model",
      parameters: { first: part, second: part },
      omitted: [],
    });
  });

  it("names the members that throw, and keeps the others", () => {
    class Model {
      rate = 0.1;
      inner = {
        get broken(): never {
          throw new Error("no");
        },
        fine: 1,
      };
      trap = new Proxy(
        {},
        {
          ownKeys() {
            throw new Error("shut");
          },
        },
      );
    }
    Object.defineProperty(Model.prototype, "unused", { get: () => 1 });
    const model = Object.defineProperty(new Model(), "broken", {
      enumerable: true,
      get() {
        throw new TypeError("not trained");
      },
    });
    expect(describeModel(model)).toEqual({
      name: "Model",
      parameters: { rate: 0.1, inner: { fine: 1 } },
      omitted: [
        "broken (cannot be read: not trained)",
        "inner.broken (cannot be read: no)",
        "trap (cannot be read: shut)",
      ],
    });
  });
});

describe("describeModel, on its bounds", () => {
  it("cuts nesting at a depth it names", () => {
    let nested: object = { bottom: 1 };
    for (let depth = 0; depth < 100_000; depth++) nested = { in: nested };
    class Model {
      nested = nested;
    }
    const { omitted } = describeModel(new Model());
    expect(omitted).toEqual([expect.stringMatching(/^nested(\.in)+ \(nested over 8 levels\)$/u)]);
  });

  it("drops the largest settings, by name, until the rest fits a cell of a spreadsheet", () => {
    class Model {
      rate = 0.1;
      stopWords = Array.from({ length: 64 }, (_, index) => `${index}${"é".repeat(90)}`);
      other = Array.from({ length: 64 }, (_, index) => `${index}${"é".repeat(100)}`);
      another = Array.from({ length: 64 }, (_, index) => `${index}${"é".repeat(80)}`);
    }
    const { parameters, omitted } = describeModel(new Model());
    expect(Object.keys(parameters)).toEqual(["rate", "stopWords", "another"]);
    expect(omitted).toEqual([expect.stringMatching(/^other \(\d+ bytes of JSON\)$/u)]);
    expect(Buffer.byteLength(JSON.stringify(parameters))).toBeLessThanOrEqual(30_000);
  });

  it("names long lists of texts, wide records and settings beyond any size", () => {
    class Model {
      words = Array.from({ length: 65 }, String);
      table = Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`key ${index}`, index]));
      vast = Array.from({ length: 60 }, () => Array.from({ length: 60 }, () => "a long enough text"));
      rate = 0.1;
    }
    expect(describeModel(new Model())).toEqual({
      name: "Model",
      parameters: { rate: 0.1 },
      omitted: ["words (65 values)", "table (257 members)", "vast (over 30000 characters of JSON)"],
    });
  });

  it("keeps the list of what was left out short", () => {
    const members = Array.from({ length: 300 }, (_, index) => [
      `list${index}`,
      Array.from({ length: 65 }, String),
    ]);
    class Model {
      rate = 0.1;
    }
    const { omitted } = describeModel(Object.assign(new Model(), Object.fromEntries(members)));
    expect(omitted).toHaveLength(21);
    expect(omitted.at(-1)).toBe("and 236 more");
  });

  it("gives JSON of at most 30 kB for whatever the members hold", () => {
    class Model {
      rate = 0.1;
    }
    assert(
      property(
        object({
          withDate: true,
          withMap: true,
          withSet: true,
          withBigInt: true,
          withTypedArray: true,
          withSparseArray: true,
          withNullPrototype: true,
          maxDepth: 5,
        }),
        (members) => {
          const model = new Model();
          for (const [name, value] of Object.entries(members)) {
            Object.defineProperty(model, name, { value, enumerable: true });
          }
          const { parameters } = describeModel(model);
          const text = JSON.stringify(parameters);
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(30_000);
          expect(JSON.stringify(JSON.parse(text))).toBe(text);
          expect(text.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe("describeModel, on { name, parameters } from clients in other languages", () => {
  it("takes it as it is, private and learned-looking names and long lists included", () => {
    const given = {
      name: "RandomForestClassifier",
      parameters: {
        n_estimators: 100,
        _private: 1,
        weights: [0.1, 0.2],
        max_depth: null,
        coef_: 1,
        classes: Array.from({ length: 500 }, (_, index) => index),
        memory: { left: null, right: null },
      },
    };
    expect(recorded(given)).toEqual({ ...given, omitted: [] });
    expect(recorded(runInNewContext(`(${JSON.stringify(given)})`))).toEqual({ ...given, omitted: [] });
  });

  it.each([
    ["a name that is missing", { parameters: {} }, "is a plain object without a name"],
    ["parameters that are missing", { name: "KNN" }, "is a plain object without parameters"],
    ["an unknown member", { name: "KNN", parameters: {}, k: 3 }, 'with an unknown member "k"'],
    ["an empty name", { name: " ", parameters: {} }, "its name is empty"],
    ["a name that is no text", { name: 3, parameters: {} }, "its name is a number"],
    ["a name with a line break", { name: "a\nb", parameters: {} }, "has a control character or a line break"],
    ["a name without end", { name: "a".repeat(201), parameters: {} }, "has 201 characters, over 200"],
    ["parameters in a list", { name: "KNN", parameters: [] }, "its parameters are an array"],
    ["parameters in a Set", { name: "KNN", parameters: new Set() }, "its parameters are a Set"],
    ["no parameters", { name: "KNN", parameters: null }, "its parameters are null"],
  ])("refuses %s", (_case, model, reason) => {
    expect(() => describeModel(model)).toThrow(reason);
  });

  it("records what JSON cannot hold as text, and says so", () => {
    const parameters: Record<string, unknown> = {
      metric: { cosine: () => 1 },
      tag: Symbol("s"),
      seed: 2n ** 60n,
    };
    parameters["self"] = { again: parameters };
    const described = describeModel({ name: "KNN", parameters });
    expect(described.parameters).toEqual({
      metric: { cosine: "cosine" },
      tag: "Symbol(s)",
      seed: "1152921504606846976",
      self: { again: "a record that contains itself" },
    });
    expect(described.warnings).toEqual([
      'parameters.model.metric.cosine is a function, which JSON cannot hold; recorded as the text "cosine"',
      'parameters.model.tag is a symbol, which JSON cannot hold; recorded as the text "Symbol(s)"',
      'parameters.model.seed is 1152921504606846976, which JSON has no number for; recorded as the text "1152921504606846976"',
      'parameters.model.self.again is a record that contains itself, which JSON cannot hold; recorded as the text "a record that contains itself"',
    ]);
  });

  it("keeps apart the keys of a Map that are the same as text", () => {
    const parameters = new Map<unknown, unknown>([
      ["1", "text"],
      [1, "number"],
    ]);
    expect(describeModel({ name: "KNN", parameters })).toEqual({
      name: "KNN",
      parameters: { "1": "text", "1 (number)": "number" },
      omitted: [],
      warnings: [
        'parameters.model has two keys that are "1" as text; the number is recorded as "1 (number)"',
      ],
    });
  });
});

describe("describeModel, on what is no model", () => {
  class Forest {
    trees = 3;
  }
  const anonymous = (() =>
    class {
      k = 3;
    })();
  it.each<[unknown, string]>([
    [undefined, "missing argument: parameters.model; pass the model object itself, or { name, parameters }"],
    [null, "parameters.model is null; pass the model object itself, or { name, parameters }"],
    [
      "RandomForest",
      'parameters.model is a string ("RandomForest"); a name alone says nothing of how it was configured: pass the model object itself, or { name, parameters }',
    ],
    [3, "parameters.model is the number 3;"],
    [true, "parameters.model is the boolean true;"],
    [3n, "parameters.model is the bigint 3;"],
    [Symbol("m"), "parameters.model is the symbol Symbol(m);"],
    [Forest, 'parameters.model is the class "Forest", not an instance of it; pass the trained model object'],
    [() => 1, "parameters.model is the function;"],
    [[], "parameters.model is an array;"],
    [{}, "parameters.model is a plain object without a name;"],
    [Object.create(null), "parameters.model is a plain object without a name;"],
    [new anonymous(), "parameters.model is an object of a class without a name;"],
    [Promise.resolve(new Forest()), "parameters.model is a Promise; await it"],
    [new Map(), "parameters.model is a Map, not a model;"],
    [new Float32Array(2), "parameters.model is a Float32Array, not a model;"],
    [Buffer.from("a"), "parameters.model is a Buffer, not a model;"],
    [new Date(), "parameters.model is a Date, not a model;"],
  ])("refuses %o, with the reason and the way out", (model, message) => {
    let thrown: unknown;
    try {
      describeModel(model);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TrackingError);
    expect((thrown as TrackingError).code).toBe("INVALID_MODEL");
    expect((thrown as TrackingError).message.slice(0, message.length)).toBe(message);
  });

  it("records a model whose settings cannot be read by its class, and says so", () => {
    const model = new Proxy(new Forest(), {
      ownKeys() {
        throw new Error("shut");
      },
    });
    expect(describeModel(model)).toEqual({
      name: "Forest",
      parameters: {},
      omitted: ["its settings (cannot be read: shut)"],
    });
  });

  it("refuses a proxy that was revoked", () => {
    const { proxy, revoke } = Proxy.revocable(new Forest(), {});
    revoke();
    expect(() => describeModel(proxy)).toThrow("parameters.model is a Proxy that cannot be read");
  });
});

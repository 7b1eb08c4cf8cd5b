import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { MlflowError } from "../../../src/mlflow/mlflow-error.js";
import {
  type LoggedModelOrder,
  loggedModelOrder,
  parseOrderBy,
} from "../../../src/mlflow/search/order-by.js";
import type { SearchKind } from "../../../src/mlflow/search/search-item.js";
import { type PlainItem, searched } from "./golden-items.js";

const runs: PlainItem[] = [
  { id: "d", attributes: { run_id: "d", start_time: 1 } },
  { id: "c", attributes: { run_id: "c", start_time: 1 }, metrics: { m: "NaN" } },
  { id: "b", attributes: { run_id: "b", start_time: 3 }, metrics: { m: "-Infinity" }, params: { p: "9" } },
  { id: "a", attributes: { run_id: "a", start_time: 2 }, metrics: { m: 5 }, params: { p: "10" } },
];

function ordered(clauses: string[], items: PlainItem[] = runs, kind: SearchKind = "runs"): string {
  return items
    .map(searched)
    .sort(parseOrderBy(clauses, kind))
    .map(({ id }) => id)
    .join("");
}

function refusal(order: () => unknown): string {
  try {
    order();
  } catch (error) {
    if (error instanceof MlflowError && error.errorCode === "INVALID_PARAMETER_VALUE") return error.message;
    throw error;
  }
  return "none";
}

describe("an order of runs", () => {
  it("has runs without a value last and NaN before them, ascending and descending", () => {
    expect(ordered(["metrics.m"])).toBe("bacd");
    expect(ordered(["metrics.m DESC"])).toBe("abcd");
  });

  it("is by latest start and then by id, where nothing else says", () => {
    expect(ordered([])).toBe("bacd");
    expect(ordered(["params.absent"])).toBe("bacd");
    expect(ordered(["start_time"])).toBe("cdab");
  });

  it("is the same by comparing two and by sorting all", () => {
    const items = runs.map(searched);
    for (const clauses of [[], ["metrics.m DESC"], ["params.p", "run_id DESC"]]) {
      const order = parseOrderBy(clauses, "runs");
      expect(order.sorted(items)).toEqual(items.toSorted(order));
    }
  });

  it("has parameters as text", () => {
    expect(ordered(["params.p"])).toBe("abcd");
  });

  it("may have the whole name in quotes, and blanks around", () => {
    expect(ordered(['"metrics.m"'])).toBe("bacd");
    expect(ordered([" `metrics.m`  desc "])).toBe("abcd");
  });

  it("has text by code points", () => {
    const items = ["\uffee", "\u{1f600}", "z"].map((id) => ({ id, tags: { t: id } }));
    expect(ordered(["tags.t"], items)).toBe("z\uffee\u{1f600}");
  });

  it("is refused where a field is unknown or named twice, in MLflow's words", () => {
    const refused = (...clauses: string[]) => refusal(() => parseOrderBy(clauses, "runs"));
    expect(refused("metrics.m up")).toBe("Invalid ordering key in order_by clause 'metrics.m up'.");
    expect(refused("metrics.m, params.p")).toBe(
      "Invalid order_by clause 'metrics.m, params.p'. Could not be parsed.",
    );
    expect(refused("foo")).toMatch(/^Invalid attribute key 'foo' specified\. Valid keys are \['run_id', /);
    expect(refused("start_time", "created DESC")).toBe(
      "`order_by` contains duplicate fields: ['start_time', 'created DESC']",
    );
  });

  it("is refused with that error only, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom<SearchKind>("runs", "model_versions"),
        (text, kind) => {
          refusal(() => parseOrderBy([text], kind));
        },
      ),
    );
  });
});

describe("an order of model versions", () => {
  it("by tags is refused, where MLflow orders by the attribute of that name", () => {
    expect(refusal(() => parseOrderBy(["tags.name"], "model_versions"))).toBe("Invalid order_by entity: tag");
  });
});

describe("an order of experiments", () => {
  it("has ids as numbers, of any length", () => {
    const items = ["10", "9", "900000000000000001", "900000000000000002"].map((id) => ({
      id: `${id} `,
      attributes: { experiment_id: id },
    }));
    expect(ordered(["experiment_id"], items, "experiments")).toBe(
      "9 10 900000000000000001 900000000000000002 ",
    );
  });
});

describe("an order of logged models", () => {
  const models: PlainItem[] = [
    { id: "a", attributes: { model_id: "a", creation_timestamp: 1, status: "READY" } },
    {
      id: "b",
      attributes: { model_id: "b", creation_timestamp: 2, status: "PENDING" },
      logged: [
        { key: "acc", value: 0.1, timestamp: 1, step: 0, dataset_name: "test", dataset_digest: "d" },
        { key: "acc", value: 0.9, timestamp: 1, step: 1 },
      ],
    },
    {
      id: "c",
      attributes: { model_id: "c", creation_timestamp: 3, status: "FAILED" },
      logged: [{ key: "acc", value: 0.5, timestamp: 1, step: 0, dataset_name: "test", dataset_digest: "d" }],
    },
  ];
  const orderedModels = (...clauses: LoggedModelOrder[]) =>
    models
      .map(searched)
      .sort(loggedModelOrder(clauses))
      .map(({ id }) => id)
      .join("");

  it("is newest first, where nothing else says", () => {
    expect(orderedModels()).toBe("cba");
  });

  it("goes by the metric of one data set, where it names one", () => {
    expect(orderedModels({ field_name: "metrics.acc" })).toBe("cba");
    expect(orderedModels({ field_name: "metrics.acc", dataset_name: "test" })).toBe("bca");
    expect(orderedModels({ field_name: "metrics.acc", ascending: false, dataset_digest: "d" })).toBe("cba");
  });

  it("has the status in the order of a model's life", () => {
    expect(orderedModels({ field_name: "status" })).toBe("bac");
  });

  it("is refused in MLflow's words", () => {
    expect(refusal(() => loggedModelOrder([{ field_name: "params.lr" }]))).toBe(
      "Invalid order by field name: params.lr. Only metrics are supported.",
    );
    expect(refusal(() => loggedModelOrder([{ field_name: "toString" }]))).toMatch(
      /^Invalid order by field name: toString/,
    );
  });
});

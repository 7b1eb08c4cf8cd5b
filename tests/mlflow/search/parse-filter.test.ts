import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { MlflowError } from "../../../src/mlflow/mlflow-error.js";
import { parseFilter } from "../../../src/mlflow/search/parse-filter.js";
import type { SearchKind } from "../../../src/mlflow/search/search-item.js";
import { type PlainItem, searched } from "./golden-items.js";

const run: PlainItem = {
  id: "r",
  attributes: { run_id: "r", status: "FINISHED", start_time: 1000 },
  metrics: { f1: 0.9, loss: "NaN", "1": 2 },
  params: { model: "Forest", lr: "0.1", quoted: "it's", doubled: "it''s" },
  tags: { team: "a", town: "ÉTÉ" },
};

function finds(filter: string, item: PlainItem = run, kind: SearchKind = "runs"): boolean {
  return parseFilter(filter, kind)(searched(item));
}

function refusal(filter: string, kind: SearchKind = "runs"): string {
  try {
    parseFilter(filter, kind);
  } catch (error) {
    if (error instanceof MlflowError && error.errorCode === "INVALID_PARAMETER_VALUE") return error.message;
    throw error;
  }
  return "none";
}

describe("beyond MLflow, a filter", () => {
  it("may have OR, NOT and parentheses: NOT binds closer than AND, and AND closer than OR", () => {
    expect(finds("metrics.f1 > 1 OR params.model = 'Forest'")).toBe(true);
    expect(finds("metrics.f1 > 1 or params.model = 'SVM'")).toBe(false);
    expect(finds("metrics.f1 > 0 OR metrics.f1 > 1 AND metrics.f1 > 1")).toBe(true);
    expect(finds("(metrics.f1 > 0 OR metrics.f1 > 1) AND metrics.f1 > 1")).toBe(false);
    expect(finds("NOT metrics.f1 > 1 AND tags.team = 'a'")).toBe(true);
    expect(finds("NOT (metrics.f1 > 1 OR tags.team = 'a')")).toBe(false);
    expect(finds("not not status = 'FINISHED'")).toBe(true);
    expect(finds("run_id IN ('x') OR run_id NOT IN ('y') AND NOT (tags.team = 'b')")).toBe(true);
  });

  it("may turn around with NOT what is false for want of a value", () => {
    expect(finds("metrics.absent != 1")).toBe(false);
    expect(finds("NOT metrics.absent != 1")).toBe(true);
    expect(finds("NOT params.absent = 'x'")).toBe(true);
  });

  it("may name a metric that is a number without quotes", () => {
    expect(finds("metrics.1 > 1")).toBe(true);
  });

  it("may write an attribute of a model with its entity", () => {
    const model = { id: "m", attributes: { name: "forest", creation_timestamp: 5 } };
    expect(finds("attributes.name = 'forest'", model, "registered_models")).toBe(true);
    expect(finds("attributes.creation_timestamp > 4", model, "logged_models")).toBe(true);
    expect(finds("attributes.creation_time > 4", model, "logged_models")).toBe(true);
  });

  it("ignores capitals in every alphabet with ILIKE", () => {
    expect(finds("tags.town ILIKE 'été'")).toBe(true);
    expect(finds("tags.town LIKE 'été'")).toBe(false);
  });

  it("may quote keys and texts of logged models as those of runs", () => {
    const model = { id: "m", params: { "a b": "x" } };
    expect(finds(`params."a b" = "x"`, model, "logged_models")).toBe(true);
  });
});

describe("NaN", () => {
  it("is != every number, and nothing else", () => {
    const found = ["=", "!=", "<", "<=", ">", ">="].filter((operator) => finds(`metrics.loss ${operator} 0`));
    expect(found).toEqual(["!="]);
  });

  it("is so for logged models too, where MLflow keeps 0 in its place", () => {
    const model: PlainItem = { id: "m", logged: [{ key: "acc", value: "NaN", timestamp: 1, step: 0 }] };
    expect(finds("metrics.acc = 0", model, "logged_models")).toBe(false);
    expect(finds("metrics.acc != 0", model, "logged_models")).toBe(true);
  });
});

describe("a text", () => {
  it("is taken as it stands between its quotes, as in MLflow", () => {
    expect(finds(`params.quoted = "it's"`)).toBe(true);
    expect(finds("params.quoted = 'it''s'")).toBe(false);
    expect(finds("params.doubled = 'it''s'")).toBe(true);
  });
});

describe("prompts", () => {
  const prompt = {
    id: "p",
    attributes: { name: "p" },
    tags: { "mlflow.prompt.is_prompt": "true", team: "a" },
  };
  it("are among registered models only where the filter asks for them", () => {
    const asked = "tag.`mlflow.prompt.is_prompt` = 'true'";
    expect(finds("", prompt, "registered_models")).toBe(false);
    expect(finds("name = 'p' OR tags.team = 'a'", prompt, "registered_models")).toBe(false);
    expect(finds(asked, prompt, "registered_models")).toBe(true);
    expect(finds(`${asked} AND name = 'p'`, prompt, "model_versions")).toBe(true);
    expect(finds(`tags.team = 'a' AND (name = 'q' OR ${asked})`, prompt, "model_versions")).toBe(true);
  });

  it("are told by a tag that models need not have, while != on any other missing tag is false", () => {
    const model = { id: "m", attributes: { name: "m" } };
    expect(finds("tag.`mlflow.prompt.is_prompt` != 'true'", model, "registered_models")).toBe(true);
    expect(finds("tag.team != 'a'", model, "registered_models")).toBe(false);
  });
});

describe("a refusal", () => {
  it.each([
    ["metrics.f1 > 'x'", "Expected numeric value type for metric. Found 'x'"],
    ["metrics.f1 ~ 1", "Invalid comparator '~' not one of '{'=', '!=', '<', '<=', '>', '>='}'"],
    [
      "foo = 'x'",
      /^Invalid attribute key 'foo' specified\. Valid keys are \['run_id', 'run_name', .*'Run Name'\]$/,
    ],
    ["status IN ('a')", "Only ['run_id'] attributes support comparison with a list of quoted string values."],
    ["foo.bar = 1", /^Invalid entity type 'foo'\. Valid entity types are \['metric', /],
    ["metrics.val/acc > 1", /^Invalid clause\(s\) in filter string: 'metrics\.val\/acc'\. .* backticks/],
    ["params.lr = 0.1", "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 0.1"],
    ["metrics.f1", "Invalid clause(s) in filter string: expected a comparison, but found the filter ends"],
    [
      "(metrics.f1 > 1",
      "Invalid clause(s) in filter string: expected a closing parenthesis, but found the filter ends",
    ],
    ["metrics.f1 > 1)", "Invalid clause(s) in filter string: expected AND, OR or the end, but found ')'"],
    [
      "metrics.f1 > 1 OR",
      "Invalid clause(s) in filter string: expected a condition, but found the filter ends",
    ],
    ["OR metrics.f1 > 1", "Invalid clause(s) in filter string: expected a condition, but found 'OR'"],
    ["NOT", "Invalid clause(s) in filter string: expected the name of a field, but found the filter ends"],
    ["()", "Invalid clause(s) in filter string: expected a condition, but found ')'"],
    ["run_id = ('a')", /^Invalid clause\(s\) in filter string: IN and NOT IN go with a list/],
    ["metrics. f1 > 1", /^Invalid clause\(s\) in filter string: 'metrics\.'/],
    ["params.a b IS NULL", "Invalid clause(s) in filter string: expected a comparison, but found 'b'"],
    ["constructor.f1 > 1", /^Invalid entity type 'constructor'/],
    [
      "tags.team toString 'a'",
      "Invalid clause(s) in filter string: expected a comparison, but found 'toString'",
    ],
  ])("of %s says why", (filter, message) => {
    if (typeof message === "string") expect(refusal(filter)).toBe(message);
    else expect(refusal(filter)).toMatch(message);
  });

  it("comes before the stack ends, however deep a filter is nested", () => {
    expect(refusal("NOT ".repeat(5000) + "metrics.f1 > 1")).toMatch(/nested over 100 levels/);
    expect(refusal("(".repeat(5000))).toMatch(/nested over 100 levels/);
    expect(refusal("x".repeat(100_001))).toMatch(/at most 100000 are allowed/);
  });

  it("is the only error, whatever the text", () => {
    const words = fc.constantFrom(
      ..."metrics.a params.b tags.`c d` datasets.name status run_id AND OR NOT IN IS NULL LIKE ( ) , = != > 1 -2.5 'x' \"y\" `z ' ; ~ é 😀 \\".split(
        " ",
      ),
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 12 }).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(
        text,
        fc.constantFrom<SearchKind>("runs", "experiments", "logged_models"),
        (filter, kind) => {
          refusal(filter, kind);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("data sets of a search of logged models", () => {
  const model: PlainItem = {
    id: "m",
    logged: [
      { key: "acc", value: 0.5, timestamp: 1, step: 0, dataset_name: "train", dataset_digest: "d1" },
      { key: "acc", value: 0.9, timestamp: 1, step: 1 },
    ],
  };
  it("say which metrics count, and which models where the filter has no metric", () => {
    const test = (filter: string, name: string) =>
      parseFilter(filter, "logged_models", { datasets: [{ name }] })(searched(model));
    expect(finds("metrics.acc > 0.8", model, "logged_models")).toBe(true);
    expect(test("metrics.acc > 0.8", "train")).toBe(false);
    expect(test("metrics.acc = 0.5", "train")).toBe(true);
    expect(test("", "train")).toBe(true);
    expect(test("", "test")).toBe(false);
  });
});

import { describe, expect, it } from "vitest";

import { MlflowError } from "../../../src/mlflow/mlflow-error.js";
import { type ItemOrder, loggedModelOrder, parseOrderBy } from "../../../src/mlflow/search/order-by.js";
import { parseFilter } from "../../../src/mlflow/search/parse-filter.js";
import type { DatasetScope, SearchKind } from "../../../src/mlflow/search/search-item.js";
import { type GoldenCase, golden, type PlainItem, searched } from "./golden-items.js";

/** What MLflow refuses, or fails at, and we answer; parse-filter.test.ts and order-by.test.ts say what. */
const answeredByUsAlone = [/^metrics\.1 > 1$/, /^attributes\.(?:name|creation_timestamp) /, /^"metrics\.m"$/];

const kinds: SearchKind[] = ["runs", "experiments", "registered_models", "model_versions", "logged_models"];

/** The first two words of everything that MLflow refuses with. */
const beginnings = new Set(
  kinds.flatMap((kind) => golden(kind).cases.map(({ error }) => beginningOf(error ?? ""))),
);

describe.each(kinds)("a search of %s", (kind) => {
  const { items, cases, mlflow } = golden(kind);

  it(`finds what MLflow ${mlflow} finds, in its order`, () => {
    const answered = cases.filter(({ found }) => found);
    expect(answered.length).toBeGreaterThan(30);
    const wrong = answered.flatMap((given) => {
      const found = ourAnswer(kind, items, given);
      return JSON.stringify(found) === JSON.stringify(given.found)
        ? []
        : [`${JSON.stringify(given)} ours ${JSON.stringify(found)}`];
    });
    expect(wrong).toEqual([]);
  });

  it(`refuses what MLflow ${mlflow} refuses, as INVALID_PARAMETER_VALUE`, () => {
    const refused = cases.filter(({ error }) => error !== undefined);
    expect(refused.length).toBeGreaterThan(20);
    const wrong = refused.flatMap((given) => {
      if (answeredByUsAlone.some((each) => each.test(given.filter || String(given.order_by)))) return [];
      const found = ourAnswer(kind, items, given);
      return typeof found === "string" ? [] : [`${JSON.stringify(given)} ours ${JSON.stringify(found)}`];
    });
    expect(wrong).toEqual([]);
  });

  it("begins each refusal as MLflow begins one", () => {
    const refused = cases.filter(({ error }) => error !== undefined);
    const others = refused.flatMap((given) => {
      const ours = ourAnswer(kind, items, given);
      return typeof ours !== "string" || beginnings.has(beginningOf(ours)) ? [] : [ours];
    });
    expect(others).toEqual([]);
  });
});

/** The places of the items found, or what we refuse with. */
function ourAnswer(kind: SearchKind, plain: readonly PlainItem[], given: GoldenCase): number[] | string {
  const datasets = (given.datasets ?? []).map(
    ({ dataset_name: name, dataset_digest: digest }): DatasetScope =>
      digest === undefined ? { name } : { name, digest },
  );
  try {
    const test = parseFilter(given.filter, kind, { datasets });
    const order: ItemOrder =
      kind === "logged_models"
        ? loggedModelOrder(given.order_by, { datasets })
        : parseOrderBy(given.order_by, kind);
    const items = plain.map(searched);
    // Sorted from both ends, so that the order does not come from the file.
    const found = order.sorted(items.toReversed().filter(test));
    return found.map(({ id }) => plain.findIndex((item) => item.id === id));
  } catch (error) {
    if (error instanceof MlflowError && error.status === 400) return error.message;
    throw error;
  }
}

function beginningOf(message: string): string {
  return message.split(" ").slice(0, 2).join(" ");
}

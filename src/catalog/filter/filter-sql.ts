import type { SqlValue } from "../../duckdb/session.js";
import type { ProjectColumn } from "../columns/project-columns.js";
import type { Bindings } from "./bindings.js";
import type { CheckedFilter, NumberTest, Tests, TextTest, TimeRange } from "./check-filter.js";
import { likeCondition } from "./like-condition.js";
import { searchCondition } from "./search-condition.js";

/**
 * A filter as an SQL condition, in three-valued logic: a condition over a missing value is neither true nor
 * false, its negation neither, and only experiments for which the whole is true are selected.
 */
export function filterSql(filter: CheckedFilter, bindings: Bindings): string {
  switch (filter.kind) {
    case "and":
    case "or":
      return `(${filter.parts.map((part) => filterSql(part, bindings)).join(filter.kind === "and" ? " AND " : " OR ")})`;
    case "not":
      return `(NOT ${filterSql(filter.part, bindings)})`;
    case "null":
      return `(${Object.values(filter.column.forms)
        .map((value) => `${value} IS NULL`)
        .join(" AND ")})`;
    case "search":
      return searchCondition(filter.searched, filter.text, bindings);
    case "test":
      return testSql(filter.column, filter, bindings);
  }
}

/** The columns that a filter looks at. */
export function filterColumns(filter: CheckedFilter): ProjectColumn[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.parts.flatMap(filterColumns);
    case "not":
      return filterColumns(filter.part);
    case "search":
      return [...filter.searched.columns];
    case "null":
    case "test":
      return [filter.column];
  }
}

/**
 * The test of the form that the value has. A form without a test is false, and a missing value is NULL
 * throughout. Of a list any item will do, so that the negation is about all.
 */
function testSql({ forms, list: items }: ProjectColumn, tests: Tests, bindings: Bindings): string {
  if (items !== undefined) {
    return `(len(list_filter(${items}, lambda item: ${tests.text ? textSql("item", tests.text, bindings) : "false"})) > 0)`;
  }
  const fails = (value: string) => `CASE WHEN ${value} IS NOT NULL THEN false END`;
  const parts: string[] = [];
  if (forms.number) {
    parts.push(tests.number ? numberSql(forms.number, tests.number, bindings) : fails(forms.number));
  }
  if (forms.text) parts.push(tests.text ? textSql(forms.text, tests.text, bindings) : fails(forms.text));
  if (forms.boolean) {
    parts.push(
      tests.boolean ? `${forms.boolean} IN (${list(tests.boolean, bindings)})` : fails(forms.boolean),
    );
  }
  return parts.length === 1 ? `(${parts[0]})` : `coalesce(${parts.join(", ")})`;
}

function numberSql(value: string, test: NumberTest, bindings: Bindings): string {
  if (test.operator === "in") return `${value} IN (${list(test.values, bindings)})`;
  if (test.operator === "between") {
    return `${value} BETWEEN ${bindings.bind(test.low)} AND ${bindings.bind(test.high)}`;
  }
  if (test.operator === "ranges") {
    return `(${test.ranges.map((range) => rangeSql(value, range, bindings)).join(" OR ")})`;
  }
  return `${value} ${test.operator} ${bindings.bind(test.value)}`;
}

function rangeSql(value: string, [from, to]: TimeRange, bindings: Bindings): string {
  const ends: string[] = [];
  if (from !== undefined) ends.push(`${value} >= ${bindings.bind(from)}::BIGINT`);
  if (to !== undefined) ends.push(`${value} < ${bindings.bind(to)}::BIGINT`);
  return `(${ends.join(" AND ")})`;
}

function textSql(value: string, test: TextTest, bindings: Bindings): string {
  if (test.operator === "in") return `${value} IN (${list(test.values, bindings)})`;
  if (test.operator === "between") {
    return `${value} BETWEEN ${bindings.bind(test.low)} AND ${bindings.bind(test.high)}`;
  }
  if (test.operator === "like") return likeCondition(value, test, bindings);
  return `${value} ${test.operator} ${bindings.bind(test.value)}`;
}

function list(values: readonly SqlValue[], bindings: Bindings): string {
  return values.map((value) => bindings.bind(value)).join(", ");
}

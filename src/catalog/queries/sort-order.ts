import { TrackingError } from "../../tracking-error.js";
import type { SortKey } from "../catalog.js";
import { columnNamed } from "../columns/find-column.js";
import type { ProjectColumn, ProjectColumns } from "../columns/project-columns.js";
import type { Bindings } from "../filter/bindings.js";
import { logOf } from "../logs/log-of.js";
import { allForms, type Form, type ProjectState } from "../project-state.js";

/** One expression to sort by. Missing values come last in both directions. */
export interface SortPart {
  expression: string;
  form: Form;
  /** How the form is kept: times are whole milliseconds. */
  isTime: boolean;
  descending: boolean;
}

export interface SortOrder {
  parts: SortPart[];
  columns: ProjectColumn[];
}

const mostKeys = 20;
const latestFirst: Record<ProjectState["of"], readonly SortKey[]> = {
  experiments: [{ column: "logged_at", direction: "descending" }],
  runs: [{ column: "started_at", direction: "descending" }],
};

/**
 * The order of a query. In mixed columns numbers come first, then text, then booleans; the id breaks ties.
 * @throws TrackingError INVALID_ARGUMENT, UNKNOWN_COLUMN
 */
export function sortOrder(columns: ProjectColumns, sort = latestFirst[columns.project.of]): SortOrder {
  if (sort.length > mostKeys) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `sort has ${sort.length} columns; at most ${mostKeys} are allowed`,
    );
  }
  const order: SortOrder = { parts: [], columns: [] };
  for (const { column: name, direction = "ascending" } of sort) {
    const column = columnNamed(columns, name);
    const better = column.direction;
    if (direction !== "ascending" && direction !== "descending" && !(direction === "best" && better)) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `the direction of sort by ${name} is ${JSON.stringify(direction)}; give "ascending" or "descending"${direction === "best" ? ": only scores have a best" : ', of a score "best", too'}`,
      );
    }
    order.columns.push(column);
    const isBest = direction === "best";
    for (const form of allForms) {
      const expression = column.forms[form];
      if (expression === undefined) continue;
      order.parts.push({
        expression: isBest && better === "zero" ? `abs(${expression})` : expression,
        form,
        isTime: column.info.type === "time",
        descending: isBest ? better === "higher" : direction === "descending",
      });
    }
  }
  order.parts.push({
    expression: `e.${logOf(columns.project).id}`,
    form: "text",
    isTime: false,
    descending: false,
  });
  return order;
}

export function orderBy({ parts }: SortOrder): string {
  return `ORDER BY ${parts
    .map(({ expression, descending }) => `${expression} ${descending ? "DESC" : "ASC"} NULLS LAST`)
    .join(", ")}`;
}

/** Where a row stands in an order: its values of the order's parts. */
export type SortPlace = readonly (string | number | boolean | null)[];

/** Whether a row comes after a place, as SQL. */
export function isAfter({ parts }: SortOrder, place: SortPlace, bindings: Bindings): string {
  let after = "false";
  for (let i = parts.length - 1; i >= 0; i--) {
    const { expression, form, isTime, descending } = parts[i] as SortPart;
    const value = place[i] ?? null;
    if (value === null) {
      after = `(${expression} IS NULL AND ${after})`;
      continue;
    }
    const type = { number: isTime ? "BIGINT" : "DOUBLE", text: "VARCHAR", boolean: "BOOLEAN" }[form];
    const bound = `${bindings.bind(value)}::${type}`;
    after = `(${expression} ${descending ? "<" : ">"} ${bound} OR ${expression} IS NULL OR (${expression} = ${bound} AND ${after}))`;
  }
  return after;
}

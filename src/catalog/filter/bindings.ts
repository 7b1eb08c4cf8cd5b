import type { SqlValue } from "../../duckdb/session.js";

/** Collects the values of a query: each is bound, none is part of the SQL text. */
export class Bindings {
  readonly values: SqlValue[] = [];

  /** @returns the placeholder that stands for the value */
  bind(value: SqlValue): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

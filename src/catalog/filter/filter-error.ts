import { TrackingError } from "../../tracking-error.js";

/** A stretch of a filter's text, in UTF-16 units as JavaScript counts them. */
export interface Position {
  offset: number;
  length: number;
}

/** What the parser waits for where a filter stops making sense. */
export type Expectation =
  | { what: "column" }
  | { what: "operator"; column: FilterPath }
  | { what: "value"; column: FilterPath }
  | { what: "connector" }
  | { what: "keyword"; keywords: readonly string[] };

/** The name of a column as it is written: its parts, which were separated by dots. */
export interface FilterPath extends Position {
  parts: readonly string[];
}

/** What is wrong in a filter, and where. */
export class FilterError extends TrackingError {
  readonly position: Position;
  readonly expectation: Expectation | undefined;

  constructor(message: string, position: Position, expectation?: Expectation) {
    super("INVALID_FILTER", message);
    this.position = { offset: position.offset, length: position.length };
    this.expectation = expectation;
  }
}

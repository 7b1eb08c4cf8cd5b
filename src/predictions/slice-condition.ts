import type { z } from "zod";

import type { sliceConditionSchema } from "./slice-condition-schema.js";

/** What the samples of a slice have in common in one column. */
export type SliceCondition = z.infer<typeof sliceConditionSchema>;

/**
 * Conditions in words, numbers to six digits.
 * @example conditionText([{ column: "island", type: "value", value: "Dream" }]) // "island = Dream"
 */
export function conditionText(conditions: readonly SliceCondition[]): string {
  return conditions.map(oneInWords).join(" and ");
}

function oneInWords(condition: SliceCondition): string {
  const { column } = condition;
  switch (condition.type) {
    case "missing":
      return `${column} missing`;
    case "other":
      return `${column} = any of ${condition.values} other values`;
    case "value": {
      const { value } = condition;
      if (typeof value === "number") return `${column} = ${short(value)}`;
      return `${column} = ${value === "" ? '""' : String(value)}`;
    }
    case "range": {
      const { lower, upper } = condition;
      if (lower === null) return upper === null ? `${column} = any number` : `${column} ≤ ${short(upper)}`;
      return upper === null ? `${column} > ${short(lower)}` : `${short(lower)} < ${column} ≤ ${short(upper)}`;
    }
  }
}

function short(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}

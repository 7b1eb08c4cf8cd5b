import { z } from "@hono/zod-openapi";

/** Given once or several times: names may hold any character, so no character separates them. */
export const several = z.union([z.string(), z.array(z.string())]).optional();

/** A number as it is written in an address. JavaScript's own conversion would take an empty text for 0. */
export const numberText = z
  .string()
  .regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, "give a number")
  .transform(Number)
  .pipe(z.number("give a number of at most about 1.8e308"))
  .openapi({ type: "number" });

export const wholeNumberText = z
  .string()
  .regex(/^[+-]?\d+$/, "give a whole number")
  .transform(Number)
  .pipe(z.int("give a whole number of at most 2^53 - 1"))
  .openapi({ type: "integer" });

/** For routes that take nothing: a misspelt parameter is refused, not ignored. */
export const noQuery = z.strictObject({});

export function listOf(values: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof values === "string" ? [values] : values;
}

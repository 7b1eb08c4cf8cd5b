import { z } from "zod";

const column = z.string().describe("A feature, or y_true");
const end = z.number().nullable().describe("Null where the range has no end on this side");

/** What the samples of a slice have in common in one column. */
export const sliceConditionSchema = z
  .discriminatedUnion("type", [
    z.strictObject({
      column,
      type: z.literal("value"),
      value: z.union([z.string(), z.number(), z.boolean()]),
    }),
    z.strictObject({ column, type: z.literal("range"), lower: end, upper: end }),
    z.strictObject({ column, type: z.literal("missing") }),
    z.strictObject({
      column,
      type: z.literal("other"),
      values: z.int().describe("How many values occur too seldom to be slices themselves"),
    }),
  ])
  .meta({
    id: "SliceCondition",
    description:
      "What the samples of a slice have in common: a value, lower < value <= upper, or no value at all",
  });

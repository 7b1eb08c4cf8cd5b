import { z } from "zod";

/** What is found in the catalogue: types, `--json`, the API's check and its OpenAPI text follow from this. */
export const foundDefinitionsSchema = z
  .object({
    total: z.int().describe("Definitions that were found, those beyond the limit included"),
    definitions: z.array(
      z.object({
        id: z.string().describe("Such as `sklearn:f1_score(macro)`"),
        names: z.array(z.string()).describe("What people call the number"),
        library: z.string(),
        version: z.string().describe("Of the library that it was compared with"),
        kind: z.enum(["classification", "regression"]),
        direction: z.enum(["higher", "lower", "zero"]),
        needs_score: z.boolean().describe("Whether it is of experiments that were logged with y_score"),
        call: z.string().describe("What gives the number there"),
        formula: z.string().describe("How it is computed, in words"),
        traits: z
          .array(z.object({ about: z.string(), does: z.string() }))
          .describe("What it does where programs differ: of ties, one class, zeros and the like"),
        difference: z
          .string()
          .nullable()
          .describe("Where a score was asked for: the smallest example on which it differs from it, or no"),
      }),
    ),
  })
  .meta({ id: "FoundDefinitions" });

export type FoundDefinitions = z.infer<typeof foundDefinitionsSchema>;

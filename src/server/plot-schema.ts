import { z } from "@hono/zod-openapi";

import { type PlotName, samplesSchema as plainSamplesSchema, plotSchemas } from "../plots/plot-schema.js";

export { plotSchemas } from "../plots/plot-schema.js";

export const plotNames = Object.keys(plotSchemas) as [PlotName, ...PlotName[]];

const { confusion_matrix: first, ...others } = plotSchemas;
export const plotDataSchema = z
  .discriminatedUnion("plot", [first, ...Object.values(others)])
  .openapi("PlotData");

export const samplesSchema = z.object(plainSamplesSchema.shape).openapi("Samples");

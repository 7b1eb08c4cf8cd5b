import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";

import { foundDefinitionsSchema } from "../definitions/definitions-schema.js";
import { findDefinitions } from "../definitions/find-definitions.js";
import { answers } from "./api-schema.js";
import { wholeNumberText } from "./query-parameters.js";

const usualLimit = 50;

const query = z.strictObject({
  words: z.string().max(200).optional().openapi({ example: "pr auc xgboost" }),
  kind: z.enum(["classification", "regression"]).optional(),
  library: z.string().optional(),
  score: z.string().optional().openapi({ description: "Those of the name of this score of ours" }),
  limit: wholeNumberText.pipe(z.int().min(1).max(1000)).optional(),
});

/** The catalogue of what programs compute under a score's name. */
export function addDefinitionRoutes(app: OpenAPIHono): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/definitions",
      request: { query },
      responses: answers(foundDefinitionsSchema, "Definitions that words, a library or a score's name find"),
    }),
    (context) => {
      const { limit = usualLimit, ...asked } = context.req.valid("query");
      const { total, definitions } = findDefinitions(asked);
      return context.json({ total, definitions: definitions.slice(0, limit) }, 200);
    },
  );
}

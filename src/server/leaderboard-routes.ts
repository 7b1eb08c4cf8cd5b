import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { primaryScoresOf } from "../annotations/primary-scores.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { given } from "../experiment/given.js";
import { catalogCandidates } from "../jobs/catalog-candidates.js";
import { type Judge, judgeLeaderboard } from "../judge/leaderboard/leaderboard.js";
import { leaderboardSchema } from "../judge/leaderboard/leaderboard-schema.js";
import { answers } from "./api-schema.js";
import { anyScore } from "./judge-schema.js";
import { type JudgeRoutesOptions, judgedFile, threadJudge } from "./judged-files.js";
import { numberText, wholeNumberText } from "./query-parameters.js";

const query = z.strictObject({
  score: anyScore.optional().openapi({ description: "By default the project's primary score" }),
  test_set: z
    .string()
    .optional()
    .openapi({ description: "Its digest, or how that begins; by default the one with the most experiments" }),
  filter: z.string().optional().openapi({ description: "Ranks only experiments that it selects" }),
  limit: wholeNumberText
    .optional()
    .openapi({ description: "How many of the best are judged: 20, at most 100" }),
  margin: numberText.optional().openapi({
    description: "A difference that matters, in the score's unit: is each equivalent to the best within it?",
  }),
  level: numberText.optional(),
  seed: wholeNumberText.optional(),
  shared: z.enum(["true", "false"]).optional(),
});

/** Ranks the experiments of a test set. */
export function addLeaderboardRoutes(
  app: OpenAPIHono,
  { catalog, plots, judging }: JudgeRoutesOptions,
): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/leaderboard",
      request: { params: z.object({ project: z.string() }), query },
      responses: answers(
        leaderboardSchema,
        "The experiments of a test set, ranked, and which are tied with the best",
      ),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const {
        score,
        test_set: testSet,
        filter,
        limit,
        margin,
        level,
        seed,
        shared,
      } = context.req.valid("query");
      const { signal } = context.req.raw;
      const primary = primaryScoresOf(await catalog.annotations(project));
      const asked = { score, testSet, filter, limit, primary };
      const candidates = await catalogCandidates(catalog, project, asked, signal);
      const fileOf = (record: ExperimentRecord) => judgedFile(plots, record);
      const judge: Judge = {
        ...threadJudge(plots, judging, signal),
        shared:
          shared === "true"
            ? async (best, id) => {
                const other = await catalog.experiment(id, { project, signal });
                return judging.run(
                  "sharedSamples",
                  [await fileOf(best), await fileOf(other)],
                  undefined,
                  signal,
                );
              }
            : undefined,
      };
      return context.json(await judgeLeaderboard(candidates, judge, given({ level, seed, margin })), 200);
    },
  );
}

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { type Judge, judgeLeaderboard } from "../judge/leaderboard.js";
import {
  byScore,
  checkedLimit,
  chosenGroup,
  type LeaderboardCandidates,
  type LeaderboardQuery,
  rankedScore,
  type TestSetGroup,
} from "../judge/leaderboard-candidates.js";
import { TrackingError } from "../tracking-error.js";
import { errorAnswers, notFoundAnswer } from "./api-schema.js";
import { anyScore } from "./judge-schema.js";
import { type JudgeRoutesOptions, judgedFile } from "./judged-files.js";
import { leaderboardSchema } from "./leaderboard-schema.js";
import { given, numberText, wholeNumberText } from "./query-parameters.js";

const query = z.strictObject({
  score: anyScore.optional().openapi({ description: "accuracy, or mean_absolute_error, by default" }),
  test_set: z
    .string()
    .optional()
    .openapi({ description: "Its digest, or how that begins; by default the one with the most experiments" }),
  filter: z.string().optional().openapi({ description: "Ranks only experiments that it selects" }),
  limit: wholeNumberText
    .optional()
    .openapi({ description: "How many of the best are judged: 20, at most 100" }),
  level: numberText.optional(),
  seed: wholeNumberText.optional(),
  shared: z.enum(["true", "false"]).optional(),
});

/** Ranks the experiments of a test set. */
export function addLeaderboardRoutes(
  app: OpenAPIHono,
  { catalog, plots, judging, watch }: JudgeRoutesOptions,
): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/leaderboard",
      request: { params: z.object({ project: z.string() }), query },
      responses: {
        200: {
          description: "The experiments of a test set, ranked, and which are tied with the best",
          content: { "application/json": { schema: leaderboardSchema } },
        },
        ...errorAnswers,
        ...notFoundAnswer,
      },
    }),
    async (context) => {
      await watch.freshen();
      const { project } = context.req.valid("param");
      const { score, test_set: testSet, filter, limit, level, seed, shared } = context.req.valid("query");
      const { signal } = context.req.raw;
      const candidates = await catalogCandidates(catalog, project, { score, testSet, filter, limit }, signal);
      const fileOf = (record: ExperimentRecord) => judgedFile(plots, record);
      const judge: Judge = {
        interval: async (record, settings) =>
          judging.run("standingInterval", [await fileOf(record)], settings, signal),
        difference: async (best, other, settings) =>
          judging.run("standingDifference", [await fileOf(best), await fileOf(other)], settings, signal),
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
      return context.json(await judgeLeaderboard(candidates, judge, given({ level, seed })), 200);
    },
  );
}

/** So many test sets of a project are told apart. */
const mostTestSets = 1000;

/** What a leaderboard is of, without reading more records than are judged. */
async function catalogCandidates(
  catalog: Catalog,
  project: string,
  asked: LeaderboardQuery & { filter: string | undefined },
  signal: AbortSignal,
): Promise<LeaderboardCandidates> {
  const limit = checkedLimit(asked.limit);
  const { kinds = [] } = (await catalog.projects({ signal })).find(({ name }) => name === project) ?? {};
  const usual = (["classification", "regression"] as const).filter((kind) => kinds.includes(kind));
  const found = await catalog
    .groups(project, {
      by: ["test_set_digest", "kind"],
      values:
        asked.score === undefined ? usual.map((kind) => rankedScore(undefined, kind).name) : [asked.score],
      limit: mostTestSets,
      ...given({ filter: asked.filter, signal }),
    })
    .catch((error: unknown) => {
      // A score that no experiment of the project has is no column of it.
      const hasNone = error instanceof TrackingError && error.code === "UNKNOWN_COLUMN";
      if (!hasNone) throw error;
      return { groups: [], values: [] };
    });
  const groups = found.groups.flatMap(({ key, values }): TestSetGroup[] => {
    const kind = key[1] as TestSetGroup["kind"];
    const score = rankedScore(asked.score, kind);
    const statistics = values[found.values.findIndex(({ name }) => name === score.name)];
    if (score.kind !== kind || !statistics?.best) return [];
    const { predictionId, value } = statistics.best;
    return [
      {
        test_set_digest: String(key[0]),
        kind,
        experiments: statistics.count,
        best: { prediction_id: predictionId, value },
      },
    ];
  });
  const { group, others } = chosenGroup(project, groups, asked);
  const score = rankedScore(asked.score, group.kind);
  const here = `test_set_digest = '${group.test_set_digest}' AND kind = '${group.kind}'`;
  const filter = asked.filter ? `(${asked.filter}) AND ${here}` : here;
  const { predictionIds } = await catalog.experiments(project, {
    filter: `${filter} AND ${score.name} IS NOT NULL`,
    sort: [{ column: score.name, direction: "best" }],
    columns: ["prediction_id"],
    limit,
    signal,
  });
  const records: ExperimentRecord[] = [];
  for (const id of predictionIds) records.push(await catalog.experiment(id, { project, signal }));
  return { project, score, group, best: byScore(records, score).slice(0, limit), others };
}

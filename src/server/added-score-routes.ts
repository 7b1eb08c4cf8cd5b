import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";

import {
  addedScoresSchema,
  addedValueSchema,
  changeAddedScoreSchema,
  givenScoreSchema,
} from "../annotations/annotation-schema.js";
import { appendAnnotations } from "../annotations/append-annotations.js";
import type { Kind } from "../experiment/input/experiment-input.js";
import {
  addedChange,
  answeredScores,
  removedChange,
  scoreOfProject,
  valueFor,
} from "../jobs/added-scores.js";
import type { WriteRoutesOptions } from "./annotation-routes.js";
import { answers, answersFromPredictions, jsonBody } from "./api-schema.js";
import { projectParameter } from "./catalog-queries.js";
import { type JudgeRoutesOptions, judgedFile } from "./judged-files.js";
import { noQuery } from "./query-parameters.js";
import { writePaths } from "./write-paths.js";

/** The scores that a project has beside those of every project. */
export function addAddedScoreRoutes(
  app: OpenAPIHono,
  { store, catalog, watch, author, plots, judging }: WriteRoutesOptions & JudgeRoutesOptions,
): void {
  const scores = async (project: string, signal: AbortSignal) => {
    const said = await catalog.annotations(project);
    const missing = await catalog.added.missing(project, { signal });
    const added_scores = answeredScores(said).map((score) => ({
      ...score,
      missing: missing.get(score.name) ?? 0,
    }));
    return { project, added_scores };
  };
  const kindsOf = async (project: string) => {
    const found = (await catalog.projects()).find((each) => each.project === project);
    return new Set((found?.kinds ?? []) as Kind[]);
  };

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/added-scores",
      request: { params: projectParameter, query: noQuery },
      responses: answers(addedScoresSchema, "The scores that a project has beside those of every project"),
    }),
    async (context) =>
      context.json(await scores(context.req.valid("param").project, context.req.raw.signal), 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/added-value",
      request: { params: projectParameter, query: givenScoreSchema },
      responses: answersFromPredictions(
        addedValueSchema,
        "What a score would be for the project's newest experiment",
      ),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const { signal } = context.req.raw;
      await catalog.annotations(project); // refuses a project that is not there
      const score = scoreOfProject(context.req.valid("query"), project, await kindsOf(project));
      const { prediction_ids: newest } = await catalog.experiments(project, {
        filter: `kind = '${score.kind}'`,
        columns: ["prediction_id"],
        limit: 1,
        signal,
      });
      const [record] = await catalog.records(newest, { project, signal });
      const value = await valueFor(score, record, async (of, wanted) =>
        judging.run("addedValues", [await judgedFile(plots, of)], { added: wanted }, signal),
      );
      return context.json(value, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.addedScores,
      request: { params: projectParameter, query: noQuery, body: jsonBody(changeAddedScoreSchema) },
      responses: answers(addedScoresSchema, "The scores that the project has now"),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const { removed, ...asked } = context.req.valid("json");
      const said = await catalog.annotations(project);
      const change = removed
        ? removedChange(project, asked.name, said)
        : addedChange(project, scoreOfProject(asked, project, await kindsOf(project)), said);
      await appendAnnotations(store, project, [change], { author, now: new Date() });
      await watch.lookNow();
      return context.json(await scores(project, context.req.raw.signal), 200);
    },
  );
}

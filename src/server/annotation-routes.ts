import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import {
  annotatedSchema,
  annotationsSchema,
  primaryScoresSchema,
  setPrimaryScoreSchema,
  tagsSchema,
} from "../annotations/annotation-schema.js";
import { appendAnnotations } from "../annotations/append-annotations.js";
import { primaryScoresOf } from "../annotations/primary-scores.js";
import type { Catalog, RecordOptions } from "../catalog/catalog.js";
import { given } from "../experiment/given.js";
import { inSnakeCase } from "../experiment/snake-case.js";
import { annotateRecords, checkedChanges, onlyOne } from "../jobs/annotate.js";
import { primaryScoreChanges } from "../jobs/primary-score.js";
import type { Store } from "../store/store.js";
import { answers, jsonBody } from "./api-schema.js";
import { projectParameter } from "./catalog-queries.js";
import { noQuery } from "./query-parameters.js";
import type { StoreWatch } from "./watch-store.js";
import { writePaths } from "./write-paths.js";

/** What routes that write need. */
export interface WriteRoutesOptions {
  store: Store;
  catalog: Catalog;
  watch: StoreWatch;
  /** Who says what is said here: whoever runs the server. */
  author: string;
}

/** What is said of experiments and projects afterwards. */
export function addAnnotationRoutes(
  app: OpenAPIHono,
  { store, catalog, watch, author }: WriteRoutesOptions,
): void {
  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.annotations,
      request: { query: noQuery, body: jsonBody(annotationsSchema) },
      responses: answers(annotatedSchema, "What holds of the experiments now"),
    }),
    async (context) => {
      const {
        prediction_ids: ids,
        project,
        add_tags: addTags,
        remove_tags: removeTags,
        ...said
      } = context.req.valid("json");
      const annotations = { ...said, addTags, removeTags };
      const changes = checkedChanges(ids, annotations);
      await watch.freshen();
      const found = await foundExperiments(catalog, ids, {
        inTrash: annotations.deleted === false,
        ...given({ project }),
      });
      const records = await annotateRecords(store, found, changes, { author, now: new Date() });
      await watch.lookNow();
      const deleted = annotations.deleted ?? false;
      const experiments = records.map(
        ({ predictionId, project: of, name, loggedName, note, tags, starred, archived }) =>
          inSnakeCase({
            predictionId,
            project: of,
            name,
            loggedName,
            note,
            tags,
            starred,
            archived,
            deleted,
          }),
      );
      return context.json({ experiments }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.primaryScore,
      request: { params: projectParameter, query: noQuery, body: jsonBody(setPrimaryScoreSchema) },
      responses: answers(primaryScoresSchema, "What the project's experiments are ranked by now"),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const changes = primaryScoreChanges(context.req.valid("json").score);
      await catalog.annotations(project); // refuses a project that is not there
      await appendAnnotations(
        store,
        project,
        changes.map((change) => ({ ...change, target: project })),
        { author, now: new Date() },
      );
      await watch.lookNow();
      const { classification, regression } = primaryScoresOf(await catalog.annotations(project));
      return context.json({ primary_scores: [classification, regression] }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/tags",
      request: { params: projectParameter, query: noQuery },
      responses: answers(tagsSchema, "The tags of a project's experiments"),
    }),
    async (context) => {
      const { experiments } = await catalog.annotations(context.req.valid("param").project);
      const counts = new Map<string, number>();
      for (const { tags, state } of experiments.values()) {
        for (const tag of state === "there" ? tags : []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
      }
      const tags = [...counts].map(([tag, count]) => ({ tag, experiments: count }));
      tags.sort((a, b) => b.experiments - a.experiments || (a.tag < b.tag ? -1 : 1));
      return context.json({ tags }, 200);
    },
  );
}

/** One record an id. @throws TrackingError UNKNOWN_EXPERIMENT, INVALID_ARGUMENT where an id is in two projects */
async function foundExperiments(
  catalog: Catalog,
  predictionIds: readonly string[],
  options: RecordOptions,
): Promise<AnnotatedRecord[]> {
  const records = await catalog.records(predictionIds, options);
  const byId = new Map<string, [AnnotatedRecord, ...AnnotatedRecord[]]>();
  for (const record of records) {
    const others = byId.get(record.predictionId);
    if (others) others.push(record);
    else byId.set(record.predictionId, [record]);
  }
  const found: AnnotatedRecord[] = [];
  for (const id of new Set(predictionIds)) {
    const those = byId.get(id);
    found.push(those ? onlyOne(those) : await catalog.experiment(id, options)); // which says why it is not there
  }
  return found;
}

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import { given } from "../experiment/given.js";
import { comparedScore } from "../jobs/compared-score.js";
import { addedScoresOf } from "../jobs/project-added-scores.js";
import { reportFormats, writeReport } from "../report/write-report.js";
import { errorAnswers, notFoundAnswer } from "./api-schema.js";
import { asRanked } from "./as-ranked.js";
import { comparisonSettings } from "./judge-routes.js";
import { type JudgeRoutesOptions, judgedFile } from "./judged-files.js";

const types = { html: "text/html; charset=utf-8", markdown: "text/markdown; charset=utf-8" } as const;
const endings = { html: "html", markdown: "md" } as const;

/** A comparison as one file to give away. */
export function addReportRoute(app: OpenAPIHono, sources: JudgeRoutesOptions): void {
  const { catalog, plots, judging } = sources;
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/comparison/report",
      request: {
        query: comparisonSettings.extend({
          format: z.enum(reportFormats).optional().openapi({ description: "By default html" }),
        }),
      },
      responses: {
        200: {
          description: "Whether b is better than a, in one file that loads nothing",
          content: { "text/html": { schema: z.string() }, "text/markdown": { schema: z.string() } },
        },
        ...errorAnswers,
        ...notFoundAnswer,
      },
    }),
    async (context) => {
      const { a, b, shared, alone, format = "html", ...query } = context.req.valid("query");
      const { signal } = context.req.raw;
      const found = [await catalog.experiment(a, { signal }), await catalog.experiment(b, { signal })];
      const records = found as [AnnotatedRecord, AnnotatedRecord];
      const annotations = await catalog.annotations(records[0].project);
      const score = query.score ?? comparedScore(records, annotations);
      const added = addedScoresOf(annotations);
      const files = [await judgedFile(plots, records[0]), await judgedFile(plots, records[1])] as const;
      const settings = { ...given({ ...query, onSharedSamples: shared === "true" }), score, added };
      const judged = await judging.run("judgedPair", files, settings, signal);
      const asked = { ...query, score, alone };
      const comparison = await asRanked(judged.comparison, records, asked, sources, signal);
      return new Response(writeReport({ records, ...judged, comparison }, format), {
        headers: {
          "Content-Type": types[format],
          "Content-Disposition": `attachment; filename="report-${encodeURIComponent(a)}-${encodeURIComponent(b)}.${endings[format]}"`,
          "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
      });
    },
  );
}

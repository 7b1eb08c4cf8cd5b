import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";

import type { Catalog } from "../catalog/catalog.js";
import type { ChartSource } from "../charts/open-charts.js";
import { deepestJson, isTooDeep } from "../experiment/json-depth.js";
import type { Judging } from "../judge/thread/judging-thread.js";
import type { Mlflow } from "../mlflow/open-mlflow.js";
import type { PlotSource } from "../plots/open-plots.js";
import type { Store } from "../store/store.js";
import { addAddedScoreRoutes } from "./added-score-routes.js";
import { addAnnotationRoutes } from "./annotation-routes.js";
import { addArtifactRoute } from "./artifact-route.js";
import { addDefinitionRoutes } from "./definition-routes.js";
import { addExportRoute } from "./export-route.js";
import { failure, failureOf } from "./failure.js";
import { addFindRoutes } from "./find-routes.js";
import { addHistoryRoutes } from "./history-routes.js";
import { addJudgeRoutes } from "./judge-routes.js";
import { addLeaderboardRoutes } from "./leaderboard-routes.js";
import { addLoggedModelRoutes } from "./logged-model-routes.js";
import { addModelRoutes } from "./model-routes.js";
import { addModelWriteRoutes } from "./model-write-routes.js";
import { addPageRoutes } from "./page-routes.js";
import { addPlotRoutes } from "./plot-routes.js";
import { addProjectRoutes } from "./project-routes.js";
import { type Protection, protect } from "./protection.js";
import { addReportRoute } from "./report-routes.js";
import { addRunRoutes } from "./run-routes.js";
import { addSecurityHeaders } from "./security-headers.js";
import { addSliceRoutes } from "./slice-routes.js";
import { addStatusRoutes } from "./status-routes.js";
import { addTableRoutes } from "./table-routes.js";
import { addTrashRoutes } from "./trash-routes.js";
import { addValueRoutes } from "./value-routes.js";
import { addViewRoutes } from "./view-routes.js";
import type { StoreWatch } from "./watch-store.js";

export interface AppOptions extends Protection {
  version: string;
  store: Store;
  /** Who says what is said through this server. */
  author: string;
  catalog: Catalog;
  plots: PlotSource;
  charts: ChartSource;
  judging: Judging;
  watch: StoreWatch;
  /** The models of the store, which MLflow's clients of this server see, too. */
  mlflow: Mlflow;
  /** Folder of the built pages; undefined where they are not built. */
  pages: string | undefined;
  /** Origins whose pages may show these inside of theirs. */
  embedIn?: readonly string[];
  /** Milliseconds that a client may read nothing of an export; two minutes by default. */
  exportPatience?: number | undefined;
  /** Told of errors that are no TrackingError: defects of the server. */
  onDefect: (error: unknown) => void;
}

/** Where answers come from the catalog, so that what was logged before a request has to be in it. */
const answeredByCatalog = [
  "/api/status",
  "/api/events",
  "/api/projects/*",
  "/api/experiments/*",
  "/api/runs/*",
  "/api/comparison/*",
  "/api/models/*",
  "/api/trash",
];

/** Of what is said at once: ten thousand ids, or a long note. */
const largestBody = 2 ** 20;

/** Every route of the local server: the JSON API, its OpenAPI document, and the pages. */
export function createApp(options: AppOptions): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook(result, context) {
      if (result.success) return undefined;
      const [issue] = result.error.issues;
      const message =
        issue?.code === "unrecognized_keys"
          ? `unknown parameter: ${issue.keys.join(", ").slice(0, 200)}; /api/openapi.json lists those that are understood`
          : `${issue?.path.join(".") ?? "the request"}: ${issue?.message ?? "it is not understood"}`;
      return failure(context, "INVALID_ARGUMENT", message);
    },
  });
  app.use(addSecurityHeaders());
  app.use(async (context, next) => {
    await next();
    // Nobody reads this body: what would stream it has to end.
    if (context.req.method === "HEAD") await context.res.body?.cancel();
  });
  app.use(protect(options));
  app.use(
    bodyLimit({
      maxSize: largestBody,
      onError: (context) =>
        failure(context, "INVALID_ARGUMENT", `the body has over ${largestBody} bytes; send less at once`),
    }),
  );
  app.use(async (context, next) => {
    if (context.req.method === "POST" && isTooDeep(await context.req.text())) {
      return failure(
        context,
        "INVALID_ARGUMENT",
        `the body is nested deeper than ${deepestJson} levels; send it flatter`,
      );
    }
    await next();
    return undefined;
  });
  for (const path of answeredByCatalog) {
    app.use(path, async (_context, next) => {
      await options.watch.freshen();
      await next();
    });
  }
  addStatusRoutes(app, options);
  addProjectRoutes(app, options);
  addTableRoutes(app, options);
  addRunRoutes(app, options);
  addArtifactRoute(app, options);
  addModelRoutes(app, options);
  addModelWriteRoutes(app, options);
  addLoggedModelRoutes(app, options);
  addHistoryRoutes(app, options);
  addFindRoutes(app, options);
  addValueRoutes(app, options);
  addAnnotationRoutes(app, options);
  addAddedScoreRoutes(app, options);
  addDefinitionRoutes(app);
  addTrashRoutes(app, options);
  addViewRoutes(app, options);
  addExportRoute(app, options);
  addPlotRoutes(app, options);
  addJudgeRoutes(app, options);
  addLeaderboardRoutes(app, options);
  addSliceRoutes(app, options);
  addReportRoute(app, options);
  app.doc31("/api/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "ml-tracking",
      version: options.version,
      description:
        "The JSON API behind the dashboard. It reads, but for what is said of experiments, projects and models.",
    },
  });
  app.all("/api/*", (context) =>
    failure(
      context,
      "NOT_FOUND",
      `there is nothing at ${context.req.path.slice(0, 200)}; /api/openapi.json lists the API`,
    ),
  );
  addPageRoutes(app, options.pages, options.embedIn ?? []);
  app.onError((error, context) => {
    const answer = failureOf(context, error);
    if (answer.status === 500 && !context.req.raw.signal.aborted) options.onDefect(error);
    return answer;
  });
  return app;
}

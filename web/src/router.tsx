import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { NotFound } from "./components/not-found.js";
import { Shell } from "./components/shell/shell.js";
import {
  comparisonSearch,
  experimentSearch,
  exploreSearch,
  modelSearch,
  modelsSearch,
  parseSearch,
  projectsSearch,
  runComparisonSearch,
  runSearch,
  runsSearch,
  scoringSearch,
  stringifySearch,
  trackingSearch,
  trashSearch,
} from "./search.js";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const getParentRoute = () => root;

const projects = createRoute({
  getParentRoute,
  path: "/",
  validateSearch: projectsSearch,
  component: lazyRouteComponent(() => import("./pages/projects/projects-page.js"), "ProjectsPage"),
});
const tracking = createRoute({
  getParentRoute,
  path: "/projects/$project",
  validateSearch: trackingSearch,
  component: lazyRouteComponent(() => import("./pages/tracking-table/tracking-page.js"), "TrackingPage"),
});
const scoring = createRoute({
  getParentRoute,
  path: "/projects/$project/scores",
  validateSearch: scoringSearch,
  component: lazyRouteComponent(() => import("./pages/scoring-table/scoring-page.js"), "ScoringPage"),
});
const explore = createRoute({
  getParentRoute,
  path: "/projects/$project/explore",
  validateSearch: exploreSearch,
  component: lazyRouteComponent(() => import("./pages/explore/explore-page.js"), "ExplorePage"),
});
const trash = createRoute({
  getParentRoute,
  path: "/trash",
  validateSearch: trashSearch,
  component: lazyRouteComponent(() => import("./pages/trash/trash-page.js"), "TrashPage"),
});
const comparison = createRoute({
  getParentRoute,
  path: "/compare",
  validateSearch: comparisonSearch,
  component: lazyRouteComponent(() => import("./pages/comparison/comparison-page.js"), "ComparisonPage"),
});
const experiment = createRoute({
  getParentRoute,
  path: "/experiments/$id",
  validateSearch: experimentSearch,
  component: lazyRouteComponent(() => import("./pages/experiment/experiment-page.js"), "ExperimentPage"),
});

const runs = createRoute({
  getParentRoute,
  path: "/projects/$project/runs",
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import("./pages/runs/runs-page.js"), "RunsPage"),
});
const runComparison = createRoute({
  getParentRoute,
  path: "/projects/$project/runs/compare",
  validateSearch: runComparisonSearch,
  component: lazyRouteComponent(
    () => import("./pages/run-comparison/run-comparison-page.js"),
    "RunComparisonPage",
  ),
});
const run = createRoute({
  getParentRoute,
  path: "/runs/$run",
  validateSearch: runSearch,
  component: lazyRouteComponent(() => import("./pages/run/run-page.js"), "RunPage"),
});

const models = createRoute({
  getParentRoute,
  path: "/models",
  validateSearch: modelsSearch,
  component: lazyRouteComponent(() => import("./pages/models/models-page.js"), "ModelsPage"),
});
const model = createRoute({
  getParentRoute,
  path: "/models/$model",
  validateSearch: modelSearch,
  component: lazyRouteComponent(() => import("./pages/model/model-page.js"), "ModelPage"),
});
const loggedModel = createRoute({
  getParentRoute,
  path: "/logged-models/$logged",
  component: lazyRouteComponent(() => import("./pages/logged-model/logged-model-page.js"), "LoggedModelPage"),
});
const mlflowExperiment = createRoute({
  getParentRoute,
  path: "/mlflow/experiments/$number",
  component: lazyRouteComponent(
    () => import("./pages/mlflow-experiment/mlflow-experiment-page.js"),
    "MlflowExperimentPage",
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    projects,
    tracking,
    scoring,
    explore,
    comparison,
    trash,
    experiment,
    runs,
    runComparison,
    run,
    models,
    model,
    loggedModel,
    mlflowExperiment,
  ]),
  parseSearch,
  stringifySearch,
  // The page's <base>: a proxy may show the pages under any path.
  basepath: new URL(document.baseURI).pathname,
  // Going back shows a page where it was left.
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

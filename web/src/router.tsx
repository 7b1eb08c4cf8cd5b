import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";

import { NotFound } from "./components/not-found.js";
import { Shell } from "./components/shell/shell.js";
import {
  comparisonSearch,
  experimentSearch,
  exploreSearch,
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
  beforeLoad: ({ location }) => {
    // The address that MLflow's client prints of a run.
    const [, id] = /^\/experiments\/\d+\/runs\/(\w+)$/.exec(location.hash) ?? [];
    if (id !== undefined) throw redirect({ to: "/runs/$run", params: { run: id }, replace: true });
  },
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

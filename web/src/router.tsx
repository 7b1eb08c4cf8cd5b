import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { NotFound } from "./components/not-found.js";
import { Shell } from "./components/shell.js";

/** What stands in an address after `?`: texts and lists of texts; every page reads its own and keeps it there. */
export type Search = Record<string, string | string[] | undefined>;

function readSearch(text: string): Search {
  const search: Search = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = Object.hasOwn(search, name) ? search[name] : undefined;
    const next = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
    Object.defineProperty(search, name, {
      value: next,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return search;
}

function writeSearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === "") continue;
    for (const item of Array.isArray(value) ? value : [value]) query.append(name, String(item));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const routes = [
  createRoute({
    getParentRoute: () => root,
    path: "/",
    component: lazyRouteComponent(() => import("./pages/projects/projects-page.js"), "ProjectsPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/projects/$project",
    component: lazyRouteComponent(() => import("./pages/tracking-table/tracking-page.js"), "TrackingPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/projects/$project/scores",
    component: lazyRouteComponent(() => import("./pages/scoring-table/scoring-page.js"), "ScoringPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/projects/$project/explore",
    component: lazyRouteComponent(() => import("./pages/explore/explore-page.js"), "ExplorePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/compare",
    component: lazyRouteComponent(() => import("./pages/comparison/comparison-page.js"), "ComparisonPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/experiments/$id",
    component: lazyRouteComponent(() => import("./pages/experiment/experiment-page.js"), "ExperimentPage"),
  }),
];

export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch: readSearch,
  stringifySearch: writeSearch,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

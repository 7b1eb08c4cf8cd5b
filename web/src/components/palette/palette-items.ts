import type { FoundExperiment, FoundRun, Projects } from "../../api/types.js";
import type { TrackingSearch } from "../../search.js";
import { projectHome } from "../project-home.js";

/** Where the command palette leads. */
export type PaletteTarget =
  | { to: "/" }
  | { to: "/models" }
  | { to: "/trash" }
  | { to: "/projects/$project"; project: string; search: TrackingSearch }
  | { to: ProjectPage; project: string }
  | { to: "/experiments/$id"; id: string }
  | { to: "/runs/$run"; id: string }
  | "keys"
  | "colours";

type ProjectPage =
  | "/projects/$project"
  | "/projects/$project/runs"
  | "/projects/$project/scores"
  | "/projects/$project/explore";

export interface PaletteItem {
  key: string;
  label: string;
  /** What kind of thing it is, or where it belongs. */
  detail: string;
  target: PaletteTarget;
}

/** A table's state under a name, of the project that is looked at. */
export interface NamedView {
  name: string;
  search: TrackingSearch;
}

type FoundProject = Pick<Projects["projects"][number], "project" | "experiments" | "runs">;

const mostProjects = 8;

/**
 * What the words typed may mean: pages of the project that is looked at, projects, then experiments and
 * runs, which the server has found already.
 */
export function paletteItems(
  text: string,
  project: string | undefined,
  projects: readonly FoundProject[],
  { experiments, runs }: { experiments: readonly FoundExperiment[]; runs: readonly FoundRun[] },
  views: readonly NamedView[],
): PaletteItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (label: string) => words.every((word) => label.toLowerCase().includes(word));
  const pages = [...(project === undefined ? [] : projectPages(project)), ...everywhere];
  return [
    ...pages.filter(({ label, detail }) => has(`${label} ${detail}`)),
    ...(project === undefined ? [] : views)
      .filter(({ name }) => has(`${name} view`))
      .map(
        ({ name, search }): PaletteItem => ({
          key: `view ${name}`,
          label: name,
          detail: `view of ${project}`,
          target: { to: "/projects/$project", project: project ?? "", search },
        }),
      ),
    ...projects
      .filter(({ project: name }) => has(name))
      .slice(0, mostProjects)
      .map(
        (found): PaletteItem => ({
          key: `project ${found.project}`,
          label: found.project,
          detail: "project",
          target: { to: projectHome(found), project: found.project },
        }),
      ),
    ...experiments.map(
      ({ prediction_id: id, title, project: where, model }): PaletteItem => ({
        key: `experiment ${id}`,
        label: title,
        detail: `${model} · ${where} · ${id}`,
        target: { to: "/experiments/$id", id },
      }),
    ),
    ...runs.map(
      ({ run_id: id, title, project: where }): PaletteItem => ({
        key: `run ${id}`,
        label: title,
        detail: `run · ${where} · ${id}`,
        target: { to: "/runs/$run", id },
      }),
    ),
  ];
}

function projectPages(project: string): PaletteItem[] {
  const page = (label: string, to: ProjectPage): PaletteItem => ({
    key: to,
    label,
    detail: project,
    target: { to, project },
  });
  return [
    page("Tracking table", "/projects/$project"),
    page("Runs", "/projects/$project/runs"),
    page("Model scoring table", "/projects/$project/scores"),
    page("Explore", "/projects/$project/explore"),
  ];
}

const everywhere: readonly PaletteItem[] = [
  { key: "projects", label: "All projects", detail: "page", target: { to: "/" } },
  { key: "models", label: "Models", detail: "page", target: { to: "/models" } },
  { key: "trash", label: "Trash", detail: "page", target: { to: "/trash" } },
  { key: "keys", label: "Keyboard help", detail: "?", target: "keys" },
  { key: "colours", label: "Switch between light and dark colours", detail: "page", target: "colours" },
];

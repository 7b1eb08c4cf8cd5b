import type { Change } from "../annotations/annotation.js";
import type { Views } from "../annotations/annotation-schema.js";
import { appendAnnotations } from "../annotations/append-annotations.js";
import { checkedChange } from "../annotations/check-change.js";
import type { ProjectAnnotations } from "../annotations/fold-annotations.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { currentUser } from "../experiment/environment/run-environment.js";
import { nearest } from "../experiment/nearest.js";
import { openStore } from "../store/open-store.js";
import { TrackingError } from "../tracking-error.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import type { ReadOptions } from "./find-experiments.js";

/**
 * The states of a project's table that were saved under a name, for everybody.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function listViews(project: string, options: ReadOptions = {}): Promise<Views> {
  const store = openStore(options.store, options.signal);
  const [name] = (await namedProjects(store, project)) as [string];
  return savedViews(name, await readAnnotations(store, name));
}

/**
 * Saves a view, removes it, or makes one the default.
 * @throws TrackingError UNKNOWN_PROJECT, INVALID_ARGUMENT, STORE_NOT_WRITABLE
 */
export async function changeViews(
  project: string,
  change: ViewChange,
  options: ReadOptions = {},
): Promise<Views> {
  const store = openStore(options.store, options.signal);
  const views = await listViews(project, options);
  const checked = viewChange(views, change);
  await appendAnnotations(store, views.project, [checked], { author: currentUser(), now: new Date() });
  return listViews(project, options);
}

/** `view` with a state saves it under the key, with null removes it; `default_view` names the default. */
export type ViewChange = Pick<Change, "key" | "value"> & { action: "view" | "default_view" };

/**
 * A change that can be written.
 * @throws TrackingError INVALID_ARGUMENT also where a view is removed, or made the default, that there is not
 */
export function viewChange({ project, views }: Views, change: ViewChange): Change {
  const checked = checkedChange({ ...change, target: project });
  const named = change.action === "view" ? (change.value === null ? checked.key : undefined) : checked.value;
  if (typeof named !== "string" || views.some(({ name }) => name === named)) return checked;
  const names = views.map(({ name }) => name);
  const guess = nearest(named, names);
  const wayOut =
    names.length === 0
      ? "none is saved"
      : guess === undefined
        ? `the views are ${names.slice(0, 10).join(", ")}`
        : `did you mean ${guess}?`;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `project ${project} has no view ${JSON.stringify(named)}; ${wayOut}`,
  );
}

export function savedViews(project: string, { views, defaultView }: ProjectAnnotations): Views {
  return {
    project,
    views: views.map(({ name, state, author, writtenAt }) => ({
      name,
      state,
      author,
      written_at: writtenAt.toISOString(),
    })),
    default_view: defaultView ?? null,
  };
}

import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { projectFolders } from "./project-folders.js";

const looked = new WeakMap<Store, Set<string>>();

/** Once a process: a project that was fine stays so, since others refuse its twins. */
export async function refuseOtherCaseAtFirst(store: Store, project: string): Promise<void> {
  const fine = looked.get(store) ?? new Set();
  looked.set(store, fine);
  if (fine.has(project)) return;
  await refuseOtherCase(store, project);
  fine.add(project);
}

/** `Iris` and `iris` would be one folder on macOS and Windows. */
export async function refuseOtherCase(store: Store, project: string): Promise<void> {
  const twin = (await projectFolders(store)).projects.find(
    (name) => name !== project && name.toLowerCase() === project.toLowerCase(),
  );
  if (twin === undefined) return;
  throw new TrackingError(
    "INVALID_PROJECT_NAME",
    `project is "${project}", but there is a project "${twin}" already: names that differ in case only are one folder on macOS and Windows; use that name or another`,
  );
}

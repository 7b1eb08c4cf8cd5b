import type { Store } from "../store/store.js";
import { isStoreFailure } from "../store/store-failure.js";
import { TrackingError } from "../tracking-error.js";
import { everyProject } from "./project-folders.js";

const looked = new WeakMap<Store, Set<string>>();

/**
 * Before anything is written, where looking costs nothing, and once a process: a project that was fine stays so,
 * since others refuse its twins. A store that cannot be read is left to whoever writes next.
 */
export async function refuseOtherCaseAtFirst(store: Store, project: string): Promise<void> {
  const fine = looked.get(store) ?? new Set();
  looked.set(store, fine);
  if (fine.has(project) || store.appendsByRewriting) return;
  try {
    await refuseOtherCase(store, project);
    fine.add(project);
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
  }
}

/** `Iris` and `iris` would be one folder on macOS and Windows. */
export async function refuseOtherCase(store: Store, project: string): Promise<void> {
  const twin = (await everyProject(store)).find(
    (name) => name !== project && name.toLowerCase() === project.toLowerCase(),
  );
  if (twin === undefined) return;
  throw new TrackingError(
    "INVALID_PROJECT_NAME",
    `project is "${project}", but there is a project "${twin}" already: names that differ in case only are one folder on macOS and Windows; use that name or another`,
  );
}

import { projectName } from "../experiment/project-name.js";
import { unknownProject } from "../experiment/unknown-project.js";
import type { Store } from "../store/store.js";
import { everyProject } from "./project-folders.js";

/**
 * The project that is named, or all of a store.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function namedProjects(store: Store, project: string | undefined): Promise<string[]> {
  const known = await everyProject(store);
  if (project === undefined) return known;
  const name = projectName(project);
  if (known.includes(name)) return [name];
  throw unknownProject(name, known, store.address, "nothing has been logged there yet");
}

import type { Store } from "../store/store.js";
import { appendRow } from "../tracking-log/append-row.js";
import type { Annotation, Change } from "./annotation.js";
import { annotationHeader, annotationLine, annotationLog } from "./annotation-line.js";
import { readAnnotations } from "./read-annotations.js";

/**
 * Writes what is said of a project and its experiments; durable when it returns. Each line is of a time after
 * everything that was known of its target, even where that came from a clock ahead of this one: what somebody
 * says after having seen something is never undone by it.
 * @throws TrackingError STORE_NOT_WRITABLE
 */
export async function appendAnnotations(
  store: Store,
  project: string,
  changes: readonly Change[],
  { author, now }: { author: string; now: Date },
): Promise<void> {
  const { experiments, projectSaidAt } = await readAnnotations(store, project);
  let last = now.getTime() - 1;
  const lines = changes.map(({ target, action, key = "", value = null }) => {
    const known =
      target === project ? projectSaidAt : (experiments.get(target)?.lastSaid.writtenAt.getTime() ?? 0);
    last = Math.max(last, known) + 1;
    const annotation: Annotation = { writtenAt: new Date(last), author, target, action, key, value };
    return annotationLine(annotation);
  });
  await appendRow(store, project, annotationHeader, lines.join(""), { now, log: annotationLog });
}

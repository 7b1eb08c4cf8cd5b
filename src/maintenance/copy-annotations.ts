import { annotationLog } from "../annotations/annotation-line.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import type { CallOptions, Store } from "../store/store.js";
import type { RowCells } from "../tracking-log/log-shape.js";
import { linesOf, listLogFiles, logLines, projectFolder } from "../tracking-log/read-log.js";
import { createNextLogFile } from "../tracking-log/repair-log-file.js";

/**
 * The experiments of a project that one of two stores has purged, or is purging: nothing of theirs is copied.
 * @returns of each which store, the one that is copied to first
 */
export async function purgedExperiments(
  from: Store,
  to: Store,
  project: string,
): Promise<Map<string, "here" | "there">> {
  const purged = new Map<string, "here" | "there">();
  for (const [store, where] of [[from, "here"] as const, [to, "there"] as const]) {
    const { experiments } = await readAnnotations(store, project);
    for (const [id, { state }] of experiments) if (state === "purged") purged.set(id, where);
  }
  return purged;
}

/**
 * Adds what was said in one store of a project and its experiments, and not in the other, to that one: a file
 * for each that has something new. What holds there afterwards follows from all of it. Of what was purged in
 * the other store nothing is copied, and of what was purged in this one only that.
 * @returns how many lines
 */
export async function copyAnnotations(
  from: Store,
  to: Store,
  project: string,
  options: CallOptions,
): Promise<number> {
  const purged = await purgedExperiments(from, to, project);
  const isCopied = (cells: RowCells) => {
    const where = purged.get(cells.get("target")!);
    return where === undefined || (where === "here" && cells.get("action") === "purge");
  };
  const there = new Set<string>();
  for await (const line of logLines(to, project, annotationLog)) {
    if ("cells" in line) there.add(line.text);
  }
  let copied = 0;
  for (const { name } of await listLogFiles(from, project, options, annotationLog)) {
    const path = `${projectFolder(project, annotationLog)}/${name}`;
    const file = await from.read(path, options);
    if (!file) continue; // folded into another one meanwhile: copying again finds that
    const header = file.bytes.subarray(0, file.bytes.indexOf(0x0a) + 1);
    const fresh: string[] = [];
    for (const line of linesOf(path, file.bytes, annotationLog)) {
      if (!("cells" in line) || there.has(line.text) || !isCopied(line.cells)) continue;
      there.add(line.text);
      fresh.push(`${line.text}\n`);
    }
    if (fresh.length === 0) continue;
    await createNextLogFile(to, project, new Date(), [header, Buffer.from(fresh.join(""))], annotationLog);
    copied += fresh.length;
  }
  return copied;
}

import { uncommittedDiff } from "../experiment/environment/uncommitted-diff.js";
import { ownArtifacts } from "../run/artifact-path.js";
import type { RunRecord } from "../run/run-record.js";
import type { Store } from "../store/store.js";
import { keepFile } from "./log-artifact.js";

/**
 * Keeps what a run records by itself beside its row: the changes that were not committed, and what was
 * installed. Never fails: neither is worth a run.
 */
export async function recordSurroundings(
  store: Store,
  run: Pick<RunRecord, "project" | "runId">,
  { gitRoot, packages }: { gitRoot: string | undefined; packages: readonly (readonly [string, string])[] },
): Promise<void> {
  const keep = (name: string, text: string) =>
    keepFile(store, run, `${ownArtifacts}/${name}`, () => [Buffer.from(text)]);
  try {
    const list = packages.map(([name, version]) => `${name}==${version}\n`).sort();
    if (list.length > 0) await keep("packages.txt", list.join(""));
    const diff = gitRoot === undefined ? undefined : await uncommittedDiff(gitRoot);
    if (diff !== undefined) await keep("uncommitted.diff", diff);
  } catch {
    // A store that is down says so where it matters.
  }
}

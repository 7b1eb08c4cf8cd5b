import { repairLogFile } from "../../tracking-log/repair-log-file.js";
import type { Finding } from "./findings.js";
import type { VerifyJob } from "./verify-job.js";

/** Repairs the files that have torn lines or duplicates, and tells of those then. */
export async function repairFiles(
  { store, now, findings }: VerifyJob,
  project: string,
  found: readonly Finding[],
  lastPath: (id: string) => string | undefined,
): Promise<void> {
  const repaired = new Set<string>();
  for (const path of new Set(found.map((finding) => finding.path))) {
    const elsewhere = { has: (id: string) => ![undefined, path].includes(lastPath(id)) };
    if (await repairLogFile(store, project, path, { now: now(), known: elsewhere })) repaired.add(path);
  }
  for (const finding of found) await findings.add({ ...finding, repaired: repaired.has(finding.path) });
}

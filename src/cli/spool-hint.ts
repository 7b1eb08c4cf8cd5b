import { countSpooled, countSpooledRunFiles } from "../spool/sync-spool.js";
import type { Terminal } from "./terminal.js";

/**
 * Says when experiments or runs for a store wait in the local spool, since whoever looks at the store does not see
 * them.
 */
export async function spoolHint(address: string, terminal: Terminal): Promise<void> {
  const count = await countSpooled(address);
  const files = await countSpooledRunFiles(address);
  const waiting = [
    ...(count === 0 ? [] : [count === 1 ? "1 experiment" : `${count} experiments`]),
    ...(files === 0 ? [] : [files === 1 ? "1 file of a run" : `${files} files of runs`]),
  ];
  if (waiting.length === 0) return;
  const verb = count + files === 1 ? "waits" : "wait";
  terminal.talk(
    `${waiting.join(" and ")} ${verb} in the local spool for this store; "ml-tracking sync" delivers`,
  );
}

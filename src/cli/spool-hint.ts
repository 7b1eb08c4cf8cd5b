import { countSpooled } from "../spool/sync-spool.js";
import type { Terminal } from "./terminal.js";

/**
 * Says when experiments for a store wait in the local spool, since whoever looks at the store does not see
 * them.
 */
export async function spoolHint(address: string, terminal: Terminal): Promise<void> {
  const count = await countSpooled(address);
  if (count === 0) return;
  const experiments = count === 1 ? "1 experiment waits" : `${count} experiments wait`;
  terminal.talk(`${experiments} in the local spool for this store; "ml-tracking sync" delivers`);
}

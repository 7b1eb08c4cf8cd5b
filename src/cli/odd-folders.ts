import type { Store } from "../store/store.js";
import { projectFolders } from "../tracking-log/project-folders.js";
import type { Terminal } from "./terminal.js";

/** Says which folders among a store's projects a command that goes through all of them leaves out. */
export async function sayOddFolders(store: Store, terminal: Terminal): Promise<void> {
  const { odd } = await projectFolders(store);
  for (const { path, reason } of odd) terminal.talk(`warning: ${path} is left out: ${reason}`);
}

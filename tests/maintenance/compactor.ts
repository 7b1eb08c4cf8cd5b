// Compacts a project again and again until it is killed.
import { writeSync } from "node:fs";

import { openStore } from "../../src/store/open-store.js";
import { compactLog } from "../../src/tracking-log/compact-log.js";

const [address, project] = process.argv.slice(2);
const store = openStore(address);
await store.list("tracking"); // the cloud's library is loaded
writeSync(1, "begins\n");
for (;;)
  await compactLog(store, project as string, {
    now: () => new Date("2026-11-23T12:00:00Z"),
    isAtRest: () => true,
  });

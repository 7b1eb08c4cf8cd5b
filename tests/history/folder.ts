// Folds the events of every run of a project, one after the other.
import { foldEvents } from "../../src/history/fold-events.js";
import { readRunLog } from "../../src/run/read-run-log.js";
import { openStore } from "../../src/store/open-store.js";

const [address, project] = process.argv.slice(2);
const store = openStore(address);
const { runs } = await readRunLog(store, project as string);
for (const run of runs) await foldEvents(store, run, { isOver: true });

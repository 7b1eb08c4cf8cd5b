// Opens and refreshes a catalog in a process of its own, says where it is and what is in it, and waits to be
// told to end. Arguments: the folder of the bundle, the store, the cache folder.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [bundle, store, cache] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(bundle, `${name}.js`)).href);
const { openCatalog } = await load("catalog");
const { openStore } = await load("store");
const catalog = await openCatalog(openStore(store), { folder: cache });
await catalog.refresh();
const { file, experiments } = catalog.status();
process.stdout.write(`${JSON.stringify({ file, experiments })}\n`);
process.stdin.resume();
await new Promise((resolve) => process.stdin.once("end", resolve));
await catalog.close();

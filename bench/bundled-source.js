import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** Parts of the source that are not in the library's entry, bundled here. */
export async function bundledSource() {
  const source = (path) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
  const dir = fileURLToPath(new URL("../.cache/bench-catalog", import.meta.url));
  const input = {
    catalog: source("catalog/open-catalog.ts"),
    store: source("store/open-store.ts"),
    row: source("tracking-log/row.ts"),
    run: source("run/run-line.ts"),
    charts: source("charts/open-charts.ts"),
    folded: source("history/folded-table.ts"),
    events: source("history/event-table.ts"),
    place: source("history/history-folder.ts"),
    parquet: source("predictions/write/write-predictions.ts"),
    definitions: source("definitions/asked-definitions.ts"),
    random: source("statistics/seeded-random.ts"),
  };
  const bundled = await rolldown({
    input,
    platform: "node",
    external: [/^@duckdb\//, "@aws-sdk/client-s3", "google-auth-library"],
  });
  await bundled.write({ dir, format: "esm", entryFileNames: "[name].js" });
  await bundled.close();
  const load = (name) => import(pathToFileURL(join(dir, `${name}.js`)).href);
  return Object.assign({}, ...(await Promise.all(Object.keys(input).map(load))));
}

import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** Parts of the source that are not in the library's entry, bundled here. */
export async function bundledSource() {
  const source = (path) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
  const dir = fileURLToPath(new URL("../.cache/bench-catalog", import.meta.url));
  const bundled = await rolldown({
    input: {
      catalog: source("catalog/open-catalog.ts"),
      store: source("store/open-store.ts"),
      row: source("tracking-log/row.ts"),
    },
    platform: "node",
    external: [/^@duckdb\//, "@aws-sdk/client-s3", "google-auth-library"],
  });
  await bundled.write({ dir, format: "esm", entryFileNames: "[name].js" });
  await bundled.close();
  const load = (name) => import(pathToFileURL(join(dir, `${name}.js`)).href);
  return { ...(await load("catalog")), ...(await load("store")), ...(await load("row")) };
}

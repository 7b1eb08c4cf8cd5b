import { join } from "node:path";
import { rolldown } from "rolldown";

import { projectRoot } from "../support/built-package.js";

/** Bundles the catalog into a file that a process without TypeScript can import. */
export async function bundleCatalog(name: string): Promise<string> {
  const folder = join(projectRoot, ".cache", "catalog-tests", name);
  const bundle = await rolldown({
    input: {
      catalog: join(projectRoot, "src/catalog/open-catalog.ts"),
      store: join(projectRoot, "src/store/open-store.ts"),
    },
    platform: "node",
    external: [/^@duckdb\//, "@aws-sdk/client-s3", "google-auth-library"],
  });
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "[name].js" });
  await bundle.close();
  return folder;
}

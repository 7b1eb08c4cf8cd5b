import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

import { projectRoot } from "./built-package.js";

/**
 * Bundles a script of the tests with the source that it imports, for processes of its own. @returns its path
 */
export async function bundledScript(script: URL): Promise<string> {
  const input = fileURLToPath(script);
  const bundle = await rolldown({
    input,
    platform: "node",
    external: [/^@duckdb\//, "@aws-sdk/client-s3", "google-auth-library"],
  });
  const dir = join(projectRoot, ".cache", "bundled-scripts", randomBytes(6).toString("hex"));
  await bundle.write({ dir, format: "esm", entryFileNames: "script.js" });
  await bundle.close();
  return join(dir, "script.js");
}

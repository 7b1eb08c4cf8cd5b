import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Where the built pages lie: beside the bundle's chunks, or, for the unbundled source, in dist/.
 * @returns undefined where they have not been built
 */
export function pagesFolder(): string | undefined {
  return ["../pages/", "../../dist/pages/"]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((folder) => existsSync(`${folder}index.html`));
}

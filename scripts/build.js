// Bundles the library, the CLI and the dashboard's pages into dist/, with the licences of what is bundled.
// The type declarations are only needed by whoever installs the package: build-types.js makes them for `npm
// pack`.
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { build as buildPages } from "vite";
import { optionalImports } from "./optional-imports.js";
import { thirdPartyNotices } from "./third-party-notices.js";
import { zodInEnglish } from "./zod-in-english.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
mkdirSync("dist", { recursive: true });
for (const name of readdirSync("dist")) {
  if (name !== "python") rmSync(join("dist", name), { recursive: true }); // the wheel is made by build-python.js
}
const bundle = await rolldown({
  input: { index: "src/index.ts", cli: "src/cli/main.ts", judging: "src/judge/thread/worker.ts" },
  platform: "node",
  plugins: [optionalImports, zodInEnglish],
});
const { output } = await bundle.write({
  dir: "dist",
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name]-[hash].js",
  // Not minified: class names are recorded as models' names, and an uncaught error shows a line of this code.
  minify: "dce-only",
});
await bundle.close();
const pages = await buildPages({ root: "web", configFile: "web/vite.config.ts", logLevel: "warn" });
const modules = [...output, ...pages.output].flatMap((chunk) => chunk.moduleIds ?? []);
writeFileSync("dist/THIRD-PARTY-NOTICES.txt", thirdPartyNotices(modules));
chmodSync("dist/cli.js", 0o755);

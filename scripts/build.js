// Bundles the library, the CLI and the dashboard's pages into dist/. The type declarations are only needed by
// whoever installs the package: `npm pack` makes them through `--types`.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { build as buildPages } from "vite";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
mkdirSync("dist", { recursive: true });
for (const name of readdirSync("dist")) {
  if (name !== "python") rmSync(join("dist", name), { recursive: true }); // the wheel is made by build-python.js
}
const bundle = await rolldown({
  input: { index: "src/index.ts", cli: "src/cli/main.ts", judging: "src/judge/thread/worker.ts" },
  platform: "node",
  // A native module stays where npm puts it; so do the clouds' libraries, which only users of buckets
  // install.
  external: [/^@duckdb\//, "@aws-sdk/client-s3", "google-auth-library"],
});
await bundle.write({
  dir: "dist",
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name]-[hash].js",
  // Not minified: class names are recorded as models' names, and an uncaught error shows a line of this code.
  minify: "dce-only",
  sourcemap: true,
});
await bundle.close();
await buildPages({ root: "web", configFile: "web/vite.config.ts", logLevel: "warn" });
chmodSync("dist/cli.js", 0o755);
if (process.argv.includes("--types")) {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
}

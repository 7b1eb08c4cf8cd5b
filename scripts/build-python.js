// Builds the Python package's wheel into dist/python/, or into the folder that is named: the client of python/ with the core and the commands
// bundled inside.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { pythonEnvironment } from "./python-environment.js";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const { version, optionalDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const environment = pythonEnvironment(root, "python/build-requirements.txt");
if ("missing" in environment) {
  console.error(environment.missing);
  process.exit(1);
}

const built = resolve(process.argv[2] ?? "dist/python");
const staging = join(built, "source");
rmSync(built, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
cpSync("python", staging, { recursive: true, filter: (path) => !path.includes("__pycache__") });
cpSync("LICENSE", join(staging, "LICENSE"));
// The core and the commands have parts of the packages that the library, the commands and the pages have.
cpSync("dist/THIRD-PARTY-NOTICES.txt", join(staging, "THIRD-PARTY-NOTICES.txt"));
cpSync("dist/pages", join(staging, "ml_tracking/core/pages"), { recursive: true });
cpSync("web/src/icon.svg", join(staging, "ml_tracking/core/icon.svg"));

/**
 * DuckDB is too large for a wheel: for the dashboard `ml_tracking/_duckdb.py` has npm put it into this
 * folder, where reading finds it too.
 */
const duckdb = "@duckdb/node-api";
const duckdbNames = Object.keys(createRequire(import.meta.url)(duckdb)).filter((name) => name !== "default");
const fetchedDuckdb = {
  name: "fetched-duckdb",
  resolveId: (id) => (id === duckdb ? `\0${duckdb}` : undefined),
  load: (id) =>
    id === `\0${duckdb}`
      ? `import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { cacheFolder } from ${JSON.stringify(join(root, "src/duckdb/cache-folder.ts"))};
const folder = process.env.ML_TRACKING_DUCKDB ?? join(cacheFolder(), "duckdb-${optionalDependencies[duckdb]}");
const found = createRequire(join(folder, "package.json"))(${JSON.stringify(duckdb)});
export const { ${duckdbNames.join(", ")} } = found;`
      : undefined,
};
writeFileSync(
  join(staging, "ml_tracking/core/package.json"),
  `${JSON.stringify({ private: true, type: "module", dependencies: { [duckdb]: optionalDependencies[duckdb] } }, null, 2)}\n`,
);
const bundle = await rolldown({
  input: { core: "src/bridge/main.ts", cli: "src/cli/main.ts", judging: "src/judge/thread/worker.ts" },
  platform: "node",
  plugins: [fetchedDuckdb],
});
await bundle.write({
  dir: join(staging, "ml_tracking/core"),
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name]-[hash].js",
  minify: "dce-only",
});
await bundle.close();

const project = readFileSync(join(staging, "pyproject.toml"), "utf8");
if (!project.includes(`\nversion = "${version}"\n`)) {
  console.error(`python/pyproject.toml and package.json differ in the version, which is ${version}`);
  process.exit(1);
}
// The same files give the same bytes: the back end sorts them and sets their times to this one.
const build = "import sys; from flit_core.buildapi import build_wheel; print(build_wheel(sys.argv[1]))";
const wheel = execFileSync(environment.python, ["-c", build, built], {
  cwd: staging,
  env: { ...process.env, SOURCE_DATE_EPOCH: "1767225600" },
  encoding: "utf8",
}).trim();
rmSync(staging, { recursive: true });
chmodSync(join(built, wheel), 0o644);
console.log(relative(root, join(built, wheel)));

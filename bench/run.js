// `npm run bench [NAME ...]`: runs the measurements named, or all of them, one after the other.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const all = [
  "log",
  "judge",
  "python",
  "memory",
  "append",
  "cold-start",
  "bucket-writers",
  "compaction",
  "catalog",
  "plots",
  "runs",
  "page",
  "find",
  "slices",
  "copy",
  "former-format",
  "mlflow",
  "definitions",
];
const names = process.argv.length > 2 ? process.argv.slice(2) : all;
for (const name of names) {
  const script = fileURLToPath(new URL(`${name}.js`, import.meta.url));
  if (!existsSync(script)) {
    console.error(`unknown measurement: ${name}; there are ${all.join(", ")}`);
    process.exit(2);
  }
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [script], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}

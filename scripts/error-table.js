// Writes what is made from src/error-table.ts: the table of docs/errors.md and the exceptions of the Python
// client. With --check nothing is written: exits with 1 where a file is not as it would be written.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const bundle = await rolldown({ input: "src/error-table.ts" });
const { output } = await bundle.generate({ format: "esm" });
await bundle.close();
const { errorTable } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
const errors = Object.entries(errorTable);

const documented = errors.map(
  ([code, { exitStatus, httpStatus, pythonClass, meaning, wayOut }]) =>
    `| \`${code}\` | ${exitStatus ?? "-"} | ${httpStatus} | \`${pythonClass}\` | ${meaning} | ${wayOut} |`,
);
const page = readFileSync("docs/errors.md", "utf8").replace(
  /(?<=^\| code \| exit .*\n\| --- .*\n)(?:\| `[A-Z_]+` \| .*\n)+/m,
  () => `${documented.join("\n")}\n`,
);
const classes = `"""The exception of each error code. Written by scripts/error-table.js from src/error-table.ts."""

class_names = {
${errors.map(([code, { pythonClass }]) => `    "${code}": "${pythonClass}",`).join("\n")}
}
`;

for (const [path, text] of [
  ["docs/errors.md", page],
  ["python/ml_tracking/_error_table.py", classes],
]) {
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`${path} is not what src/error-table.ts says; run node scripts/error-table.js`);
    process.exitCode = 1;
  }
}

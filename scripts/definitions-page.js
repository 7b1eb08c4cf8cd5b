// Writes docs/definitions.md from the catalogue of src/definitions/: for each score of ours, the definitions of
// other libraries that go by its name, and the smallest example on which they differ from it. With --check
// nothing is written: exits with 1 where the page is not as it would be written.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const bundle = await rolldown({ input: "src/definitions/definitions-page.ts" });
const { output } = await bundle.generate({ format: "esm" });
await bundle.close();
const { definitionsPage } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
const page = definitionsPage();
if (!process.argv.includes("--check")) writeFileSync("docs/definitions.md", page);
else if (readFileSync("docs/definitions.md", "utf8") !== page) {
  console.error(
    "docs/definitions.md is not what src/definitions/ says; run node scripts/definitions-page.js",
  );
  process.exitCode = 1;
}

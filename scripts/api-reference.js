// Writes docs/api.md, the reference of the public names, from dist/index.d.ts, which build-types.js makes.
// With --check nothing is written: exits with 1 where the file is not as it would be written. TypeDoc would
// need the programming interface of TypeScript 6, and makes a site; this is one page that search engines and
// agents read.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const types = readFileSync("dist/index.d.ts", "utf8");
const exported = new Set(
  [...types.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) =>
    names.split(",").map((name) => name.trim().split(" as ").at(-1)),
  ),
);

/** A declaration at the top of the file with the comment above it; it ends where the next one begins. */
const pattern =
  /^(?:\/\*\*((?:[^*]|\*(?!\/))*)\*\/\n)?((?:declare )?(?:interface|type|class|function|const) ([\w$]+)[^]*?)(?=^(?:\/\*\*|declare |interface |type |\/\/#|export ))/gm;
const entries = [...types.matchAll(pattern)]
  .map(([, comment = "", code, name]) => ({ name, words: wordsOf(comment), code: code.trim() }))
  .filter(({ name }) => exported.has(name))
  .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
const isCallable = ({ code }) => /^declare (function|class|const)/.test(code);

const page = `# Reference

Every name that \`ml-tracking\` exports. Written by scripts/api-reference.js from the docs in the code;
[typescript.md](typescript.md) tells how to use the package.

## Functions and values

${entries.filter(isCallable).map(section).join("\n")}
## Types

${entries
  .filter((entry) => !isCallable(entry))
  .map(section)
  .join("\n")}`;

function section({ name, words, code }) {
  return `### ${name}\n\n${words === "" ? "" : `${words}\n\n`}\`\`\`ts\n${code.replace(/^declare /, "")}\n\`\`\`\n`;
}

function wordsOf(comment) {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trim())
    .join("\n")
    .trim()
    .replace(/^@(param|throws|returns|example)\b/gm, "\n_$1_")
    .trim();
}

if (!process.argv.includes("--check")) writeFileSync("docs/api.md", page);
else if (readFileSync("docs/api.md", "utf8") !== page) {
  console.error(
    "docs/api.md is not what the types say; run node scripts/build-types.js && node scripts/api-reference.js",
  );
  process.exitCode = 1;
}

// Writes src/api/judged-types.ts: the types of what the library says of experiments, from the schemas of
// src/judge/, with TypeScript's names and the schemas' descriptions. With --check nothing is written: exits
// with 1 where the file is not as it would be written.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const folder = join(process.cwd(), ".cache/judged-types");
mkdirSync(folder, { recursive: true });
const bundle = await rolldown({
  input: "schemas",
  platform: "node",
  plugins: [
    {
      name: "schemas",
      resolveId: (id) => (id === "schemas" ? join(process.cwd(), "src/schemas.ts") : undefined),
      load: (id) =>
        id === join(process.cwd(), "src/schemas.ts")
          ? `export * from "./judge/judge-schema.js";
export * from "./judge/leaderboard/leaderboard-schema.js";
export * from "./judge/runs/runs-schema.js";
export * from "./judge/slices/slice-schema.js";
export * from "./definitions/explanation-schema.js";
export { addedScoreSchema, addedValueSchema } from "./annotations/annotation-schema.js";
export { scoreNames } from "./scores/registry.js";
export { z } from "zod";`
          : undefined,
    },
  ],
});
const file = join(folder, `schemas-${process.pid}.js`);
await bundle.write({ file, format: "esm", codeSplitting: false });
await bundle.close();
const schemas = await import(pathToFileURL(file).href);
rmSync(file);

const scores = [...schemas.scoreNames("classification"), ...schemas.scoreNames("regression")];
/** What the pages of docs/ and these types call a set of values. */
const namedSets = new Map([
  [JSON.stringify(schemas.verdict.options), "Verdict"],
  [JSON.stringify(scores), "ScoreName"],
  [JSON.stringify(schemas.kind.options), "Kind"],
]);
const roots = [
  [
    "Comparison",
    schemas.comparisonSchema,
    "Whether experiment b is better than experiment a, and what says so.",
  ],
  ["Leaderboard", schemas.leaderboardSchema, "The experiments of a test set, ranked."],
  [
    "RunsComparison",
    schemas.runsComparisonSchema,
    "Whether models are better than the first, each by several runs.",
  ],
  [
    "ScoreExplanation",
    schemas.explanationSchema,
    "Which definitions give a number for an experiment's predictions.",
  ],
  [
    "AddedInterval",
    schemas.addedIntervalSchema,
    "A score that a project has added, and where it would lie on other samples.",
  ],
  [
    "SliceReport",
    schemas.sliceReportSchema,
    "The slices of one experiment: those found, or those of one column.",
  ],
  [
    "SliceComparison",
    schemas.sliceComparisonSchema,
    "The same slices of two experiments on the same samples.",
  ],
  ["AddedScore", schemas.addedScoreSchema, "A score that a project has beside those of every project."],
  ["AddedValue", schemas.addedValueSchema, "What a score is for a project's newest experiment."],
];
const about = {
  PrimaryScore: "What a project's experiments of one kind are ranked by.",
  ScoreInterval: "A score, and where it would lie on other samples.",
  AddedDifference: "A score that a project has added, of two experiments on the same samples.",
  ScoreDifference: "A score of two experiments on the same samples.",
  MarginConclusion: "What the interval of a difference says of a margin.",
  RunsDifference: "A model compared with the first one, each by several runs.",
  ModelRanking: "Models ranked over several test sets.",
};
/** Parts of the above that have a name of their own. */
const parts = `/** One of two experiments that were compared. */
export type ComparedExperiment = Comparison["a"];
/** How the two fared sample by sample. */
export type Agreement = Comparison["agreement"];
/** One experiment of a leaderboard. */
export type LeaderboardRow = Leaderboard["rows"][number];
/** Experiments that cannot be ranked with those of the leaderboard. */
export type OtherTestSet = Leaderboard["otherTestSets"][number];
/** What told the runs apart. */
export type RunsDesign = RunsComparison["design"];
/** Samples that have something in common, and how the model does on them. */
export type SliceScore = SliceReport["slices"][number];
/** A slice compared with all other samples. */
export type SliceDifference = NonNullable<SliceScore["difference"]>;
/** A definition that gives a number, or comes near it. */
export type FoundDefinition = ScoreExplanation["matches"][number];
/** A score of two experiments on the samples of one slice. */
export type SlicePair = SliceComparison["slices"][number];
`;

/** Every member's name in JSON. */
const members = new Set();
collectMembers(roots.map(([, schema]) => schemas.z.toJSONSchema(schema, { io: "output" })));
const printed = new Map();
for (const [name, schema, words] of roots) {
  const { $defs = {}, ...root } = schemas.z.toJSONSchema(schema, { io: "output" });
  for (const [part, definition] of Object.entries({ ...$defs, [name]: $defs[name] ?? root })) {
    if (printed.has(part)) continue;
    const meaning = part === name ? words : (about[part] ?? definition.description);
    printed.set(part, `${doc(meaning, "")}${named(part, definition)}`);
  }
}
const module = `// Written by scripts/judged-types.js from the schemas of src/judge/. What JSON calls null is undefined here.
import type { Kind } from "../experiment/input/experiment-input.js";

/** Every score's name, in the order of the tracking log's columns. */
export type ScoreName = ${scores.map((each) => JSON.stringify(each)).join(" | ")};

/** What is said of experiment b, compared with a. */
export type Verdict = ${schemas.verdict.options.map((each) => JSON.stringify(each)).join(" | ")};

${[...printed.values()].join("\n\n")}

${parts}`;

function collectMembers(value) {
  if (typeof value !== "object" || value === null) return;
  if (value.type === "object") for (const name of Object.keys(value.properties)) members.add(name);
  for (const part of Object.values(value)) collectMembers(part);
}

function named(name, schema) {
  return schema.type === "object"
    ? `export interface ${name} ${printType(schema, "")}`
    : `export type ${name} = ${printType(schema, "")};`;
}

function printType(schema, indent) {
  if (schema.$ref) return schema.$ref.split("/").at(-1);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    return [...new Set(choices.map((each) => printType(each, indent)))].join(" | ");
  }
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) {
    return (
      namedSets.get(JSON.stringify(schema.enum)) ??
      schema.enum.map((each) => JSON.stringify(each)).join(" | ")
    );
  }
  if (Array.isArray(schema.type))
    return schema.type.map((type) => printType({ ...schema, type }, indent)).join(" | ");
  switch (schema.type) {
    case "null":
      return "undefined";
    case "integer":
      return "number";
    case "array": {
      const item = printType(schema.items, indent);
      return /^\w+(\[\])*$/.test(item) ? `${item}[]` : `Array<${item}>`;
    }
    case "object":
      return printObject(schema, indent);
    case "string":
    case "number":
    case "boolean":
      return schema.type;
    default:
      throw new Error(`no TypeScript type is known for ${JSON.stringify(schema)}`);
  }
}

function printObject({ properties }, indent) {
  const deeper = `${indent}  `;
  const lines = Object.entries(properties).map(([name, member]) => {
    return `${doc(member.$ref ? undefined : member.description, deeper)}${deeper}${camelCase(name)}: ${printType(member, deeper)};`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}

function camelCase(name) {
  return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

function wrap(text, width) {
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

function doc(words, indent) {
  if (words === undefined) return "";
  const said = words
    .replace(/\bnull\b/g, "undefined")
    .replace(/^Null\b/, "Undefined")
    .replace(/(?<!\.)$/, ".");
  const snake = /[a-z]+(?:_[a-z]+)+/g; // scores and columns keep their names, members do not
  const ours = said.replace(snake, (name) => (members.has(name) ? camelCase(name) : name));
  const lines = wrap(ours, 106 - indent.length);
  return lines.length === 1
    ? `${indent}/** ${ours} */\n`
    : `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

const path = "src/api/judged-types.ts";
const formatted = execFileSync(
  process.execPath,
  ["node_modules/@biomejs/biome/bin/biome", "format", `--stdin-file-path=${path}`],
  { input: module, encoding: "utf8" },
);
if (!process.argv.includes("--check")) writeFileSync(path, formatted);
else if (readFileSync(path, "utf8") !== formatted) {
  console.error(`${path} is not what the schemas of src/judge/ say; run node scripts/judged-types.js`);
  process.exitCode = 1;
}

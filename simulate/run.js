// `npm run simulate -- [--runs 1000] [--seed 1] [--processes 2] [--only TEXT ...] [--scores NAME ...]
// [--output FILE]`: judges two models of every cell again and again, and prints how often what was said was
// right. The whole takes hours; `--only "t3" --only "n 50,"` runs the cells whose name has both texts.
// `--gates` prints instead how often the gates of `ml-tracking compare` pass, `--power` how often the better
// of two models is called better, here and by a method that others use, `--leaderboards` how often one calls
// a model worse, rightly or wrongly; `--added` judges scores that projects add, by the bootstrap. `--document FILE OUTPUT ...` writes
// the evidence that the outputs of earlier simulations hold.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { rolldown } from "rolldown";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const several = { type: "string", multiple: true };
const { values, positionals } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    processes: { type: "string", default: String(availableParallelism()) },
    part: { type: "string" },
    only: { ...several, default: [] },
    scores: several,
    output: { type: "string" },
    gates: { type: "boolean", default: false },
    power: { type: "boolean", default: false },
    leaderboards: { type: "boolean", default: false },
    added: { type: "boolean", default: false },
    document: { type: "string" },
  },
  allowPositionals: true,
});
const dir = here("../.cache/simulate");
if (values.part === undefined) await bundle();
const load = (name) => import(pathToFileURL(`${dir}/${name}.js`).href);

if (values.gates) {
  const { gates, runGate } = await load("gates");
  const settings = { runs: Number(values.runs), seed: Number(values.seed) };
  console.log("| gate | true gain of B | samples | passes |\n| --- | --- | --- | --- |");
  for (const gate of gates) {
    const { flag, margin, gain, samples, passed } = runGate(gate, settings);
    console.log(`| ${flag} ${margin} | ${gain} | ${samples} | ${(100 * passed).toFixed(1)} % |`);
  }
} else if (values.power) {
  const { runPower } = await load("power");
  const found = runPower({ runs: Number(values.runs), seed: Number(values.seed) });
  if (values.output) writeFileSync(values.output, `${JSON.stringify(found)}\n`);
  for (const { score, samples, ours, known, method } of found) {
    console.log(
      `${score}, n ${samples}: ${(100 * ours).toFixed(1)} %; ${method}: ${(100 * known).toFixed(1)} %`,
    );
  }
} else if (values.leaderboards) {
  const { boards, boardColumns, boardName, boardRow, runBoard } = await load("leaderboards");
  const settings = { runs: Number(values.runs), seed: Number(values.seed) };
  console.log(boardColumns);
  for (const board of boards) {
    if (!values.only.every((text) => boardName(board).includes(text))) continue;
    console.log(boardRow(await runBoard(board, settings)));
  }
} else if (values.added) {
  const { addedTable, simulateAdded } = await load("added-scores");
  const settings = { runs: Number(values.runs), seed: Number(values.seed), only: values.only };
  const found = [];
  simulateAdded(settings, (outcome) => {
    console.error(`  ${outcome.addedScore}, n ${outcome.samples}`);
    found.push(outcome);
  });
  if (values.output) writeFileSync(values.output, `${JSON.stringify(found)}\n`);
  console.log(addedTable(found));
} else if (values.document) {
  const { evidenceDocument } = await load("evidence-document");
  const read = positionals.flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
  writeFileSync(values.document, evidenceDocument(read));
} else if (values.part === undefined) {
  const cells = (
    await Promise.all(Array.from({ length: Number(values.processes) }, (_, part) => partOf(part)))
  ).flat();
  const { evidenceTable, shortfalls } = await load("evidence");
  const table = evidenceTable(cells);
  if (values.output) writeFileSync(values.output, `${JSON.stringify(cells)}\n`);
  console.log(table);
  console.log("\nFalls short:");
  for (const { data, models, samples, outcomes } of cells) {
    for (const outcome of outcomes) {
      const found = shortfalls(outcome);
      if (found.length > 0)
        console.log(`  ${outcome.score}, ${data}, ${models}, n ${samples}: ${found.join("; ")}`);
    }
  }
} else {
  const { simulate } = await load("simulate");
  const { runs, seed, only, scores, part, processes } = values;
  const settings = {
    runs: Number(runs),
    seed: Number(seed),
    only,
    scores,
    part: Number(part),
    parts: Number(processes),
  };
  simulate(settings, (outcome) => console.log(JSON.stringify(outcome)));
}

async function bundle() {
  const bundled = await rolldown({
    input: Object.fromEntries(
      ["simulate", "added-scores", "evidence", "evidence-document", "gates", "leaderboards", "power"].map(
        (name) => [name, here(`${name}.ts`)],
      ),
    ),
    platform: "node",
  });
  await bundled.write({ dir, format: "esm", entryFileNames: "[name].js" });
  await bundled.close();
}

/** The cells of one process. */
async function partOf(part) {
  const args = [
    here("run.js"),
    ...process.argv.slice(2),
    "--part",
    String(part),
    "--processes",
    values.processes,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const cells = [];
  const ended = once(child, "close");
  for await (const line of createInterface({ input: child.stdout })) {
    cells.push(JSON.parse(line));
    const { data, models, samples } = cells.at(-1);
    console.error(`  ${data}, ${models}, n ${samples}`);
  }
  const [status] = await ended;
  if (status !== 0) throw new Error(`a part of the simulation ended with exit status ${status}`);
  return cells;
}

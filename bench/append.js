// Logging into a project of 100,000 experiments against logging into one of 10.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logExperiment } from "../dist/index.js";
import { report, temporaryFolder, timesAtMost } from "./measure.js";
import { smallExperiment } from "./small-experiment.js";

const store = temporaryFolder();
const experiment = (project) => smallExperiment(project, store);
const logFolder = (project) => join(store, "tracking", project);

for (let i = 0; i < 10; i++) await logExperiment(experiment("small"));
// 100,000 rows in as many files as the writer itself would have made of them, each under its cap of 32 MiB.
const [name] = readdirSync(logFolder("small"));
const [header, row] = readFileSync(join(logFolder("small"), name), "utf8").split("\n");
const rowsInFile = Math.floor((30 * 2 ** 20) / row.length);
mkdirSync(logFolder("large"), { recursive: true });
cpSync(join(logFolder("small"), name), join(store, "template.csv"));
for (let written = 0, file = 1; written < 100_000; file++) {
  const count = Math.min(rowsInFile, 100_000 - written);
  const rows = Array.from({ length: count }, (_, i) => String(written + i).padStart(12, "0") + row.slice(12));
  writeFileSync(
    join(logFolder("large"), name.replace("small", "large").replace("_1.csv", `_${file}.csv`)),
    `${[header, ...rows].join("\n")}\n`,
  );
  written += count;
}

const times = { small: [], large: [] };
for (let i = 0; i < 320; i++) {
  for (const project of i % 2 === 0 ? ["small", "large"] : ["large", "small"]) {
    const start = performance.now();
    await logExperiment(experiment(project));
    if (i >= 20) times[project].push(performance.now() - start);
  }
}
report("one call, log of 100,000 rows", {
  ours: times.large,
  theirs: times.small,
  alternative: "log of 10 rows",
  wanted: timesAtMost(1.2),
});

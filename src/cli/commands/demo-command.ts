import packageJson from "../../../package.json" with { type: "json" };
import { demoExperiments } from "../../demo/demo-experiments.js";
import { demoRuns } from "../../demo/demo-runs.js";
import { recentEnvironment } from "../../experiment/environment/recent-environment.js";
import { recordJson } from "../../experiment/record-json.js";
import { bestExperiments } from "../../jobs/best-experiments.js";
import { findExperiment } from "../../jobs/find-experiments.js";
import { logExperiment } from "../../jobs/log-experiment.js";
import { projectSummaries } from "../../jobs/project-summaries.js";
import { startRun } from "../../jobs/start-run.js";
import { readRunLog } from "../../run/read-run-log.js";
import { shortNumber } from "../../scores/short-number.js";
import { openStore } from "../../store/open-store.js";
import { projectFolders } from "../../tracking-log/project-folders.js";
import { readLog } from "../../tracking-log/read-log.js";
import type { StoreFlags } from "../define-command.js";
import { scoringTable } from "../scoring-table.js";
import type { Terminal } from "../terminal.js";

/** The demo's own store: what somebody keeps elsewhere, `ML_TRACKING_STORE` included, is none of its business. */
const ownStore = "./demo-store";

/** What tells the demo's experiments from others in its store. */
const source = "ml-tracking demo";

/**
 * Trains the demo's models, logs them through the public call, and shows the scoring tables and where the
 * files lie. Run again it logs what is missing only.
 */
export async function demoCommand(options: StoreFlags, terminal: Terminal): Promise<void> {
  const place = options.store ?? ownStore;
  const { address: store } = openStore(place);
  const there = await demoNames(store);
  if (there.size < demoSize) terminal.talk(`Training models and logging them into ${store} ...`);
  const files = new Set<string>();
  for (const experiment of there.size < demoSize ? demoExperiments() : []) {
    if (there.has(experiment.name)) continue;
    const result = await logExperiment({ ...experiment, store, source, strict: true });
    if (result.stored) files.add(result.paths.trackingLog);
    terminal.talk(`  ${result.predictionId}  ${result.project}  ${experiment.name}`);
  }

  await logRuns(store, files, terminal);

  const projects = [];
  for (const project of await demoProjects(store)) {
    projects.push(await bestExperiments(project, { store, sort: "best", limit: mostShown }));
  }
  if (options.json) {
    const json = projects.map(({ project, experiments }) => ({
      project,
      experiments: experiments.map(recordJson),
    }));
    await terminal.out(`${JSON.stringify({ store, projects: json })}\n`);
    return;
  }
  for (const { project, total, experiments, primaryScore } of projects) {
    for (const testSet of new Set(experiments.map(({ testSetDigest }) => testSetDigest))) {
      const together = experiments.filter(({ testSetDigest }) => testSetDigest === testSet);
      const target = together[0]?.targetColumn;
      await terminal.out(`\n${project}: ${target}, test set ${testSet.slice(0, 6)} (${total} experiments)\n`);
      await terminal.out(
        scoringTable(together, terminal.width, { together: true, sort: primaryScore.score }),
      );
    }
  }
  const written = files.size > 0 ? [...files].map((file) => `  ${file}\n`).join("") : "  tracking/\n";
  await terminal.out(`\nThe files lie in ${store}:\n${written}  predictions/\n`);
  await terminal.out(
    "\nTraining curves: npx --no ml-tracking runs networks" +
      ` --store ${place}, or the projects networks and boosting in the dashboard\n`,
  );
  await terminal.out(`
To log from a project of your own, until the package is on npm and PyPI: in the clone
  npm pack, and in the project npm install /path/to/ml-tracking-${packageJson.version}.tgz
  npm run build:python, and in its environment pip install /path/to/ml_tracking-${packageJson.version}-py3-none-any.whl
`);
  await terminal.out(`\n${await bestInWords(store, place)}\n`);
}

/** Trains what has curves, as runs, each with an evaluation that belongs to it. */
async function logRuns(store: string, files: Set<string>, terminal: Terminal): Promise<void> {
  const place = openStore(store);
  const there = new Map<string, string>();
  for (const project of runProjects) {
    for (const { name, runId, status } of (await readRunLog(place, project)).runs) {
      if (name !== undefined && status === "finished") there.set(`${project} ${name}`, runId);
    }
  }
  for (const { project, name, parameters, parent, train } of demoRuns()) {
    if (there.has(`${project} ${name}`)) continue;
    const parentId = parent === undefined ? undefined : there.get(`${project} ${parent}`);
    const environment = () => recentEnvironment({ source: "" });
    const live = await startRun(
      { project, name, parameters, parent: parentId, store, systemMetrics: train ? 1 : false },
      { environment },
    );
    there.set(`${project} ${name}`, live.run.runId);
    if (train) {
      const experiment = train((step, values) => {
        live.add([{ kind: "metric", time: Date.now(), step, values }]);
      });
      const runId = live.run.runId;
      const result = await logExperiment({ ...experiment, store, source, runId, strict: true });
      if (result.stored) files.add(result.paths.trackingLog);
    }
    await live.finish({ status: "finished", endedAt: new Date() });
    terminal.talk(`  ${live.run.runId}  ${project}  ${name}`);
  }
}

const runProjects = ["networks", "boosting"];

/** As many as the demo logs. */
const demoSize = 20;
const mostShown = 1000;

/** The names of the demo's experiments that are in the store, in the trash or not. */
async function demoNames(store: string): Promise<Set<string>> {
  const names = new Set<string>();
  for (const project of await demoProjects(store)) {
    for (const { name, source: by } of (await readLog(openStore(store), project)).experiments) {
      if (by === source && name !== undefined) names.add(name);
    }
  }
  return names;
}

async function demoProjects(store: string): Promise<string[]> {
  const { projects } = await projectFolders(openStore(store));
  return ["penguins", "cars"].filter((project) => projects.includes(project));
}

/** Names the best model of the penguins, and how to look at it. */
async function bestInWords(store: string, place: string): Promise<string> {
  const { projects } = await projectSummaries({ store });
  const best = projects.find(({ project }) => project === "penguins")?.best;
  if (!best) return "Next: npx --no ml-tracking projects";
  const { name, model } = await findExperiment(best.prediction_id, { store });
  const score = `${best.score} ${shortNumber(best.value)}`;
  return `Best of penguins: ${name ?? model} (${model}, ${score}): npx --no ml-tracking show ${best.prediction_id} --store ${place}`;
}

import packageJson from "../../../package.json" with { type: "json" };
import { demoExperiments } from "../../demo/demo-experiments.js";
import { recordJson } from "../../experiment/record-json.js";
import { logExperiment } from "../../jobs/log-experiment.js";
import { readExperiments } from "../../jobs/read-experiments.js";
import { openStore } from "../../store/open-store.js";
import type { StoreFlags } from "../define-command.js";
import { scoringTable } from "../scoring-table.js";
import type { Terminal } from "../terminal.js";

/**
 * Trains the demo's models, logs them through the public call, and shows the scoring tables and where the
 * files lie.
 */
export async function demoCommand(options: StoreFlags, terminal: Terminal): Promise<void> {
  const { address: store } = openStore(options.store);
  terminal.talk(`Training models and logging them into ${store} ...`);
  const logged = new Map<string, Set<string>>();
  const files = new Set<string>();
  for (const experiment of demoExperiments()) {
    const result = await logExperiment({ ...experiment, store, source: "ml-tracking demo", strict: true });
    const ids = logged.get(result.project) ?? new Set();
    logged.set(result.project, ids.add(result.predictionId));
    if (result.stored) files.add(result.paths.trackingLog);
    terminal.talk(`  ${result.predictionId}  ${result.project}  ${experiment.name}`);
  }

  const projects = [];
  for (const [project, ids] of logged) {
    const { experiments } = await readExperiments(project, { store });
    projects.push({
      project,
      total: experiments.length,
      fresh: experiments.filter((item) => ids.has(item.predictionId)),
    });
  }
  if (options.json) {
    const json = projects.map(({ project, fresh }) => ({ project, experiments: fresh.map(recordJson) }));
    await terminal.out(`${JSON.stringify({ store, projects: json })}\n`);
    return;
  }
  for (const { project, total, fresh } of projects) {
    const count =
      total === fresh.length ? `${total} experiments` : `${fresh.length} new of ${total} experiments`;
    for (const testSet of new Set(fresh.map(({ testSetDigest }) => testSetDigest))) {
      const experiments = fresh.filter(({ testSetDigest }) => testSetDigest === testSet);
      const target = experiments[0]?.targetColumn;
      await terminal.out(`\n${project}: ${target}, test set ${testSet.slice(0, 6)} (${count})\n`);
      await terminal.out(scoringTable(experiments, terminal.width, { together: true }));
    }
  }
  await terminal.out(
    `\nThe files lie in ${store}:\n${[...files].map((file) => `  ${file}\n`).join("")}  predictions/\n`,
  );
  const [first] = projects[0]?.fresh ?? [];
  const flag = options.store === undefined ? "" : ` --store ${options.store}`;
  await terminal.out(`
Next, in a clone, or where npm installed it (pip's is ml-tracking without npx --no):
  npx --no ml-tracking show ${first?.predictionId}${flag}
  npx --no ml-tracking dashboard${flag}

To log from a project of your own, until the package is on npm and PyPI: in the clone
  npm pack, and in the project npm install /path/to/ml-tracking-${packageJson.version}.tgz
  npm run build:python, and in its environment pip install /path/to/ml_tracking-${packageJson.version}-py3-none-any.whl
`);
}

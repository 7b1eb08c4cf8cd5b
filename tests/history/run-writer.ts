// Logs to runs as fast as it can until it is killed: three points and a flush at a time, a run after every 20
// flushes. Each line that it prints says what is durable: the run and how many points, or that it is finished.
import { writeSync } from "node:fs";
import { startRun } from "../../src/jobs/start-run.js";

const [store, project, name] = process.argv.slice(2) as [string, string, string];
for (let round = 0; ; round++) {
  const run = await startRun({ project, store, name: `${name} ${round}`, systemMetrics: false });
  for (let step = 0; step < 60; step += 3) {
    for (let i = 0; i < 3; i++) {
      const values = { loss: step + i, 'a "long" name, with/slashes': -(step + i) };
      run.add([{ kind: "metric", time: Date.now(), step: step + i, values }]);
    }
    await run.flush();
    writeSync(1, `${run.run.runId} ${step + 3}\n`);
  }
  await run.finish({ status: "finished", endedAt: new Date() });
  writeSync(1, `${run.run.runId} finished\n`);
}

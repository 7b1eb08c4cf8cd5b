import type { Session } from "../../duckdb/session.js";
import type { FollowedRun, RunFollower } from "../../history/follow-runs.js";
import { historyFolder } from "../../history/history-folder.js";
import { contactOf, heartbeatOf, withEvents } from "../../history/run-state.js";
import { runCells, toRun } from "../../run/run-line.js";
import type { RunRecord } from "../../run/run-record.js";
import { inParallel } from "../../store/in-parallel.js";
import { TrackingError } from "../../tracking-error.js";
import type { LogProblem } from "../../tracking-log/read-log.js";
import { runsLog } from "../logs/runs-log.js";
import { copyState, type ProjectState, saveState } from "../project-state.js";
import { asRead, findRows } from "../queries/find-rows.js";
import { cleanOddRows } from "./clean-odd-rows.js";
import { foldStage } from "./fold-stage.js";
import { createEmptyStage } from "./stage.js";
import { stageLines } from "./stage-lines.js";
import { isOfNumbersAlone, updateMetrics } from "./update-metrics.js";

/** So many runs are followed at once, those that began last. */
const mostFollowed = 1_000;
const atOnce = 16;

export interface FollowContext {
  session: Session;
  follower: RunFollower;
  now: () => Date;
  nextGeneration: () => number;
}

/** A run whose events say more than its row in the catalog. */
interface Changed extends FollowedRun {
  file: number;
  run: RunRecord;
  wasLost: boolean;
}

/**
 * Brings the rows of a project's runs that have not ended up to their events.
 * @returns the project's new state, the same where only signs of life came; and what could not be read
 */
export async function followRunning(
  { session, follower, now, nextGeneration }: FollowContext,
  state: ProjectState,
): Promise<{ state: ProjectState; problems: LogProblem[] }> {
  const problems: LogProblem[] = [];
  if (state.running === 0) {
    follower.keep(state.name, new Set());
    return { state, problems };
  }
  const changed = await findChanged({ session, follower, now }, state, problems);
  if (changed.length === 0) return { state, problems };
  await session.run("BEGIN");
  try {
    const project = copyState(state);
    const newer = changed.flatMap((each) => {
      const run = withEvents(each.run, each.state);
      const isNews = valuesOf(run) !== valuesOf(each.run);
      return isNews ? [{ file: each.file, before: each.run, run }] : [];
    });
    const ofNumbers = newer.filter((each) => isOfNumbersAlone(project, each));
    const others = newer.filter((each) => !ofNumbers.includes(each));
    await replaceRows(session, project, others);
    await updateMetrics(session, project, ofNumbers);
    project.rowsChanged = false;
    await noteSigns(session, project, changed, now());
    const isNews = newer.length > 0 || changed.some(({ wasLost }) => wasLost);
    if (isNews) {
      project.generation = nextGeneration();
      await saveState(session, project, state);
    }
    await session.run("COMMIT");
    return { state: isNews ? project : state, problems };
  } catch (error) {
    await session.run("ROLLBACK").catch(() => {}); // the first error is the one to tell
    throw error;
  }
}

async function findChanged(
  { session, follower, now }: Omit<FollowContext, "nextGeneration">,
  project: ProjectState,
  problems: LogProblem[],
): Promise<Changed[]> {
  const rows = (await session.rows(
    `SELECT c_run_id, c_started_at, file, l_version, coalesce(l_lost_at < epoch_ms(now()), false) FROM ${project.table}
     WHERE c_status = 'running' ORDER BY c_started_at DESC, c_run_id LIMIT ${mostFollowed}`,
  )) as [string, number, number, string | null, boolean][];
  follower.keep(project.name, new Set(rows.map(([runId]) => runId)));
  const found = new Map<string, FollowedRun & Pick<Changed, "file" | "wasLost">>();
  await inParallel(rows, atOnce, async ([runId, startedAt, file, version, wasLost]) => {
    const place = { project: project.name, runId, startedAt: new Date(startedAt) };
    try {
      const look = await follower.look(place, now());
      if (look.version !== version) found.set(runId, { ...look, file, wasLost });
    } catch (error) {
      if (!(error instanceof TrackingError) || error.code !== "PREDICTIONS_NOT_READABLE") throw error;
      problems.push({ path: historyFolder(place), line: 0, reason: error.message });
    }
  });
  if (found.size === 0) return [];
  return (await findRows(session, project, [...found.keys()])).map((cells) => {
    const { run } = asRead(toRun(cells), cells.get("run_id"));
    return { ...found.get(run.runId)!, run };
  });
}

function valuesOf(run: RunRecord): string {
  const { parameters, tags, metrics, inputs, outputs } = runCells(run);
  return [parameters, tags, metrics, inputs, outputs].join("\n");
}

/** Puts runs in the place of their rows. */
async function replaceRows(
  session: Session,
  project: ProjectState,
  runs: readonly { file: number; run: RunRecord }[],
): Promise<void> {
  if (runs.length === 0) return;
  await createEmptyStage(session, runsLog);
  const lines = runs.map(({ file, run }) => {
    const cells = new Map(Object.entries({ ...runCells(run), project: run.project }));
    return { file, line: { path: "", line: 0, text: "", cells } };
  });
  await stageLines(session, runsLog, lines);
  await cleanOddRows(session, runsLog);
  await foldStage(session, project); // a row that came later counts
  await session.run("DROP TABLE stage");
}

/** Remembers when each was seen, from when on contact to it is lost, and up to where its events are in. */
async function noteSigns(
  session: Session,
  { table }: ProjectState,
  changed: readonly Changed[],
  now: Date,
): Promise<void> {
  const signs = changed.map(({ run, state, version }) => {
    const seenAt = contactOf(run, state, now).lastSeenAt.getTime();
    const lostAt = seenAt + 3 * (state.interval ?? heartbeatOf(run)) * 1000;
    return [run.runId, String(seenAt), String(Math.round(lostAt)), version];
  });
  await session.run(
    `UPDATE ${table} SET l_seen_at = x[2]::BIGINT, l_lost_at = x[3]::BIGINT, l_version = x[4]
     FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) x) WHERE c_run_id = x[1]`,
    [JSON.stringify(signs)],
  );
}

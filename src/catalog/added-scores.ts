import { answerQuery } from "./answer-query.js";
import type { AddedScores, ComputedAdded } from "./catalog.js";
import { columnsOf, type LiveCatalog } from "./live-catalog.js";
import { addedTable, copyState, type ProjectState, saveState, wideColumn } from "./project-state.js";
import { findExperiments } from "./queries/find-experiments.js";

/** The values of the scores that the projects of a store have beside those of every project. */
export function addedScores(live: LiveCatalog): AddedScores {
  const projectOf = (project: string) => columnsOf(live, "experiments", project).project;
  return {
    missing: (project, { signal } = {}) =>
      answerQuery(live, signal, async (session) => {
        const state = projectOf(project);
        const counts = new Map(state.added.map(({ score }) => [score.name, 0]));
        if (counts.size === 0) return counts;
        const rows = await session.rows(`SELECT s.name, count(*) ${fromMissing(state)} GROUP BY s.name`);
        for (const [name, count] of rows as [string, number][]) counts.set(name, count);
        return counts;
      }),

    next: (project, { signal, limit, except }) =>
      answerQuery(live, signal, async (session) => {
        const state = projectOf(project);
        if (state.added.length === 0) return [];
        const rows = await session.rows(
          `SELECT e.c_prediction_id, list(s.name) ${fromMissing(state)}
           AND e.c_prediction_id NOT IN (SELECT unnest(from_json($1, '["VARCHAR"]')))
           GROUP BY e.c_prediction_id ORDER BY max(e.c_logged_at) DESC, e.c_prediction_id LIMIT ${limit}`,
          [JSON.stringify(except)],
        );
        const lacking = new Map(rows as [string, string[]][]);
        const records = await findExperiments(session, state, [...lacking.keys()]);
        const byId = new Map(records.map((record) => [record.predictionId, record]));
        return [...lacking].flatMap(([id, names]) => {
          const record = byId.get(id);
          if (!record) return [];
          const scores = state.added.flatMap(({ score }) => (names.includes(score.name) ? [score] : []));
          return [{ record, scores }];
        });
      }),

    keep: (project, values) => live.queue.add(() => keepValues(live, project, values)),
  };
}

/** One row an experiment `e` and added score `s` of its kind that have no value yet, as SQL up to a condition. */
function fromMissing(state: ProjectState): string {
  // Names have letters, digits and underscores alone, also where somebody wrote the log by hand.
  const scores = state.added.map(({ id, score }) => `('${score.name}', '${score.kind}', ${id})`);
  return `FROM ${state.table} e JOIN (VALUES ${scores.join(", ")}) s(name, kind, id) ON s.kind = e.c_kind
    WHERE NOT EXISTS (SELECT 1 FROM ${addedTable(state)} v WHERE v.id = e.c_prediction_id AND v.score = s.id)`;
}

async function keepValues(
  live: LiveCatalog,
  project: string,
  values: readonly ComputedAdded[],
): Promise<void> {
  const before = live.states.experiments.get(project);
  if (!before || live.closed) return;
  const rows = values.flatMap(({ predictionId, score, value }) => {
    const column = before.added.find((each) => isSame(each.score, score));
    return column ? [{ id: predictionId, score: column.id, value }] : [];
  });
  if (rows.length === 0) return;
  const { sessions } = live.file;
  const session = await sessions.open();
  try {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE computed AS SELECT x.id AS id, x.score AS score, x.value AS value
       FROM (SELECT unnest(from_json($1, '[{"id":"VARCHAR","score":"INTEGER","value":"DOUBLE"}]')) x)`,
      [JSON.stringify(rows)],
    );
    const state = copyState(before);
    state.generation = live.generation + 1;
    await session.run("BEGIN");
    try {
      const table = addedTable(state);
      await session.run(`DELETE FROM ${table} WHERE (id, score) IN (SELECT (id, score) FROM computed)`);
      await session.run(`INSERT INTO ${table} SELECT id, score, value FROM computed`);
      for (const id of new Set(rows.map(({ score }) => score))) {
        await session.run(
          `UPDATE ${state.table} SET ${wideColumn(id, "number")} = c.value FROM computed c
           WHERE c.score = ${id} AND c.id = c_prediction_id`,
        );
      }
      await saveState(session, state, before);
      await session.run("COMMIT");
    } catch (error) {
      await session.run("ROLLBACK").catch(() => {}); // the first error is the one to tell
      throw error;
    }
    live.generation += 1;
    live.states.experiments.set(project, state);
  } finally {
    await sessions.end(session);
  }
}

/** A score's name says nothing of its values. */
function isSame(
  a: ComputedAdded["score"],
  { kind, definition, expression }: ComputedAdded["score"],
): boolean {
  return a.kind === kind && a.definition === definition && a.expression === expression;
}

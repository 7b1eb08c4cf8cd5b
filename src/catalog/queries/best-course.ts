import type { Session } from "../../duckdb/session.js";
import { findScore } from "../../scores/registry.js";
import type { CourseQuery } from "../catalog.js";
import type { BestCourse } from "../catalog-schema.js";
import { notArchived } from "../columns/annotation-columns.js";
import type { ProjectColumns } from "../columns/project-columns.js";
import { Bindings } from "../filter/bindings.js";
import type { ProjectState } from "../project-state.js";
import { isoTime } from "./select-values.js";

/** So many stretches of time are told apart, so that a small chart has as many points at most. */
const stretches = 60;

const known = new WeakMap<ProjectState, Map<string, Promise<BestCourse>>>();

/**
 * How the best value of a score on one test set came about: the best experiment of each of 60 stretches of time
 * that was better than all before, the oldest first. Computed once a state of the project.
 */
export async function bestCourse(
  session: Session,
  { project }: ProjectColumns,
  query: CourseQuery,
): Promise<BestCourse> {
  const courses = known.get(project) ?? new Map<string, Promise<BestCourse>>();
  known.set(project, courses);
  const key = JSON.stringify(query);
  const before = await courses.get(key)?.catch(() => undefined); // it was interrupted
  if (before) return before;
  const course = courseOf(session, project, query);
  courses.set(key, course);
  return course;
}

async function courseOf(
  session: Session,
  project: ProjectState,
  { kind, test_set_digest: digest, score }: CourseQuery,
): Promise<BestCourse> {
  const value = `e.s_${score}`;
  const badness = { higher: `-${value}`, lower: value, zero: `abs(${value})` }[findScore(score)!.direction];
  const bindings = new Bindings();
  const among = `e.c_kind = ${bindings.bind(kind)} AND e.c_test_set_digest = ${bindings.bind(digest)}
    AND ${value} IS NOT NULL AND ${notArchived}`;
  const rows = (await session.rows(
    `WITH among AS (SELECT CAST(e.c_logged_at AS DOUBLE) AS logged, e.c_prediction_id AS id, ${value} AS value, ${badness} AS badness
       FROM ${project.table} e WHERE ${among}),
     span AS (SELECT min(logged) AS first, greatest(max(logged) - min(logged), 1) AS length FROM among)
     SELECT min({'badness': badness, 'logged': logged, 'id': id, 'value': value}) AS best FROM among, span
     GROUP BY least(floor((logged - first) * ${stretches} / length), ${stretches - 1}) ORDER BY min(logged)`,
    bindings.values,
  )) as [{ badness: number; logged: number; id: string; value: number }][];
  const course: BestCourse = [];
  let least = Number.POSITIVE_INFINITY;
  for (const [best] of rows) {
    if (best.badness >= least) continue;
    least = best.badness;
    course.push({ at: isoTime(best.logged), prediction_id: best.id, value: best.value });
  }
  return course;
}

import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import {
  type AddedValues,
  type AddedValuesOptions,
  readAddedValues,
  withAddedValues,
} from "./added-values.js";

export interface BestByAdded {
  experiments: AnnotatedRecord[];
  total: number;
  problems: LogProblem[];
  values: AddedValues;
}

const atOnce = 10_000;

/**
 * The first experiments of a project by one of its added scores, the best first.
 * @param project its own name
 * @throws TrackingError LIBRARY_NOT_INSTALLED
 */
export async function bestByAdded(
  project: string,
  score: string,
  options: AddedValuesOptions & { limit: number; archived?: boolean | undefined },
): Promise<BestByAdded> {
  const { limit, archived = false, ...rest } = options;
  return withAddedValues(project, rest, async (catalog) => {
    const found: AnnotatedRecord[] = [];
    let total = 0;
    for (let cursor: string | null | undefined; cursor !== null && found.length < limit; ) {
      const page = await catalog.experiments(project, {
        ...(archived ? { filter: "archived IS NOT NULL" } : {}),
        sort: [{ column: `added.${score}`, direction: "best" }],
        columns: ["prediction_id"],
        limit: Math.max(1, Math.min(atOnce, limit - found.length)),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const records = await catalog.records(page.prediction_ids, { project });
      const byId = new Map(records.map((record) => [record.predictionId, record]));
      found.push(...page.prediction_ids.flatMap((id) => byId.get(id) ?? []));
      ({ total } = page);
      cursor = page.next;
    }
    const said = await catalog.annotations(project);
    const names = said.addedScores.map(({ name }) => name);
    return {
      experiments: found.slice(0, limit),
      total,
      problems: catalog.status().problems.filter(({ path }) => path.split("/")[1] === project),
      values: await readAddedValues(catalog, project, names),
    };
  });
}

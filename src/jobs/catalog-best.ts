import type { PrimaryScore } from "../annotations/annotation-schema.js";
import type { Catalog } from "../catalog/catalog.js";
import type { ProjectBest } from "./project-best.js";

/** The best experiment of a project by its primary scores, on the test set that most experiments are of. */
export async function catalogBest(
  catalog: Catalog,
  project: string,
  primaryScores: readonly PrimaryScore[],
  signal?: AbortSignal,
): Promise<ProjectBest | null> {
  if (primaryScores.length === 0) return null;
  const { groups } = await catalog.groups(project, {
    by: ["kind", "test_set_digest"],
    values: primaryScores.map(({ score }) => score),
    limit: 10_000,
    ...(signal ? { signal } : {}),
  });
  let most = 0;
  let found: ProjectBest | null = null;
  for (const { key, values } of groups) {
    const [kind, digest] = key.map(String) as [string, string];
    const at = primaryScores.findIndex((each) => each.kind === kind);
    const { count, best } = values[at] ?? { count: 0, best: null };
    const isFirst = count > most || (count === most && found !== null && digest < found.test_set_digest);
    if (!best || !isFirst) continue;
    most = count;
    found = {
      prediction_id: best.prediction_id,
      kind,
      test_set_digest: digest,
      score: primaryScores[at]!.score,
      value: best.value,
    };
  }
  return found;
}

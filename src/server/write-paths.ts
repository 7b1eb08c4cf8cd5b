/** The addresses that take a POST: everything else of the API only reads. */
export const writePaths = {
  annotations: "/api/annotations",
  purge: "/api/purge",
  deleteRuns: "/api/runs/deleted",
  primaryScore: "/api/projects/{project}/primary-score",
  addedScores: "/api/projects/{project}/added-scores",
  views: "/api/projects/{project}/views",
  defaultView: "/api/projects/{project}/default-view",
  model: "/api/models/{name}",
  modelAlias: "/api/models/{name}/aliases",
  modelVersion: "/api/models/{name}/versions/{version}",
} as const;

const patterns = Object.values(writePaths).map(
  (path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
);

/** Whether something is written at an address by POST. */
export function isWritePath(path: string): boolean {
  return patterns.some((pattern) => pattern.test(path));
}

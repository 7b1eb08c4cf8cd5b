/** Parameters of a model that say what is inside of it, by their names in the log. */
export const innerParameters = ["steps", "best_estimator", "best_estimator__steps", "estimator"] as const;

export type InnerParameters = Partial<Record<(typeof innerParameters)[number], unknown>>;

/**
 * A model in a few words: a pipeline by its last step, after those before it; what is wrapped around a model,
 * such as a search, with the model.
 * @example modelInShort("Pipeline", { steps: ["scale: StandardScaler", "svc: SVC"] }) // "SVC after StandardScaler"
 * @example modelInShort("GridSearchCV", { best_estimator: "SVC" }) // "SVC by GridSearchCV"
 */
export function modelInShort(model: string, parameters: InnerParameters): string {
  const steps = pipelineInShort(parameters.steps);
  if (steps !== undefined) return steps;
  const { best_estimator: best, best_estimator__steps: bestSteps, estimator } = parameters;
  const inner = pipelineInShort(bestSteps) ?? className(best) ?? className(estimator);
  return inner === undefined ? model : `${inner} by ${model}`;
}

/** Steps as the Python client writes them: `name: Class`, the last one being the model. */
function pipelineInShort(steps: unknown): string | undefined {
  const list = typeof steps === "string" ? listIn(steps) : steps;
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const classes = list.map((step) => /^[^:]+: (.+)$/s.exec(String(step))?.[1]);
  if (classes.some((name) => name === undefined)) return undefined;
  const last = classes.at(-1);
  const before = classes.slice(0, -1).filter((name) => name !== "passthrough" && name !== "NoneType");
  return before.length === 0 ? last : `${last} after ${before.join(", ")}`;
}

/** The catalog keeps a list as its JSON. */
function listIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function className(value: unknown): string | undefined {
  return typeof value === "string" && /^[A-Z]\w*$/.test(value) ? value : undefined;
}

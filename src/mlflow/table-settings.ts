import type { ExperimentInput } from "../experiment/input/experiment-input.js";
import type { KnownRun } from "./known-run.js";

type Label = string | number | bigint | boolean;
type Settings = Pick<ExperimentInput, "name" | "labels" | "positiveLabel" | "group" | "order">;

/** Begins the tags that say how a table is to be judged: JSON, as `evaluator_config` of our evaluator has it. */
const settingsTag = "ml_tracking.settings.";
const known = ["name", "labels", "positive_label", "group", "order"];

/**
 * What was said of a table, as arguments of `logExperiment`, which checks the values.
 * @param values true values and predictions: a label is spelled as these are, whole numbers as bigints or not
 * @throws Error where it is no mapping, or has a name that is none
 */
export function tableSettings(
  run: Pick<KnownRun, "tag">,
  path: string,
  values: readonly unknown[],
): Partial<Settings> {
  const tag = `${settingsTag}${path}`.slice(0, 250);
  const said = mappingOf(run.tag(tag), tag);
  const unknown = Object.keys(said).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`the tag ${tag} has ${JSON.stringify(unknown)}, which is not one of ${known.join(", ")}`);
  }
  const spelled = new Map(values.map((value) => [String(value), value as Label]));
  const label = (value: unknown) => spelled.get(String(value)) ?? (value as Label);
  const { name, labels, positive_label: positive, group, order } = said;
  return {
    ...(name === undefined ? {} : { name: name as string }),
    ...(labels === undefined ? {} : { labels: Array.isArray(labels) ? labels.map(label) : (labels as []) }),
    ...(positive === undefined ? {} : { positiveLabel: label(positive) }),
    ...(group === undefined ? {} : { group: group as string }),
    ...(order === undefined ? {} : { order: order as string }),
  };
}

function mappingOf(text: string | undefined, tag: string): Record<string, unknown> {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // said below, with the tag's name
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Error(`the tag ${tag} is no JSON mapping`);
}

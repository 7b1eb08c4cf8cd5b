import { TrackingError } from "../tracking-error.js";
import { camelCase } from "./in-camel-case.js";

/** Arguments and options that the core's messages name as JSON, the command line and Python do. */
const words: ReadonlyMap<string, string> = new Map(
  [
    "y_true",
    "y_pred",
    "y_score",
    "test_set",
    "dataset_uri",
    "target_column",
    "positive_label",
    "sample_features",
    "extra_parameters",
    "new_csv",
    "min_size",
    "on_shared_samples",
  ].map((name) => [name, camelCase(name)]),
);

/**
 * A message of the core by TypeScript's names. What stands in quotes is the user's own and stays as it is.
 */
export function inTypeScriptWords(message: string): string {
  return message
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, i) =>
      i % 2 === 1 ? part : part.replace(/\b[a-z]+(?:_[a-z]+)+\b/g, (word) => words.get(word) ?? word),
    )
    .join("");
}

/** Does what a caller asked for; an error's message then has TypeScript's names. */
export async function answer<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TrackingError)) throw error;
    const said = inTypeScriptWords(error.message);
    if (said === error.message) throw error;
    throw new TrackingError(error.code, said, { cause: error.cause });
  }
}

import { TrackingError } from "../tracking-error.js";
import { type AbortSignalLike, abortSignal } from "./check-options.js";
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
    "sample_weight",
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

/**
 * Does what a caller asked for. An error's message then has TypeScript's names; once the caller's signal is
 * aborted, its reason is thrown whatever came of the work.
 */
export async function answer<Result>(
  options: { signal?: AbortSignalLike | undefined } | undefined,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    const found = await ask();
    throwIfAborted(options);
    return found;
  } catch (error) {
    throwIfAborted(options);
    throw inCallersWords(error);
  }
}

/** Options may be anything: what they are is checked by who takes them. */
export function throwIfAborted(options: unknown): void {
  if (typeof options !== "object" || options === null || !("signal" in options)) return;
  if (abortSignal.accepts(options.signal)) (options.signal as AbortSignalLike).throwIfAborted();
}

/** An error whose message has TypeScript's names. */
export function inCallersWords(error: unknown): unknown {
  if (!(error instanceof TrackingError)) return error;
  const said = inTypeScriptWords(error.message);
  return said === error.message ? error : new TrackingError(error.code, said, { cause: error.cause });
}

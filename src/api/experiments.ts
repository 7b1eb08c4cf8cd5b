import { visibleText } from "../tracking-error.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import { callback, checkedProject, checkOptions, type OptionChecks } from "./check-options.js";
import { type ExperimentRecord, loadReading, type ReadOptions, readChecks } from "./read-experiments.js";
import { inCallersWords, throwIfAborted } from "./typescript-words.js";

export interface ExperimentsOptions extends ReadOptions {
  /** Told of each line that is no row and each row that cannot be read; by default the process is warned. */
  onProblem?: ((problem: LogProblem) => void) | undefined;
}

export const experimentsChecks: OptionChecks<ExperimentsOptions> = { ...readChecks, onProblem: callback };

/**
 * The experiments of a project one by one, in the order of the log: of a large log only a part is in memory,
 * and a loop that is left reads no further.
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT
 * @example for await (const experiment of experiments("penguins")) console.log(experiment.scores.f1_macro)
 */
export async function* experiments(
  project: string,
  options?: ExperimentsOptions,
): AsyncGenerator<ExperimentRecord, void, undefined> {
  try {
    const name = checkedProject(project);
    const { onProblem = warnOf, ...place } = checkOptions(options, experimentsChecks);
    yield* (await loadReading()).eachExperiment(name, { ...place, onProblem });
  } catch (error) {
    throwIfAborted(options);
    throw inCallersWords(error);
  }
}

function warnOf({ path, line, reason }: LogProblem): void {
  const place = line > 0 ? `${path}, line ${line}` : path;
  process.emitWarning(visibleText(`${place}: ${reason}`), "TrackingWarning");
}

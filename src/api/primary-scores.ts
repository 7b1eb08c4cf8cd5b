import { primaryScores as scoresOf, setPrimaryScore as setScore } from "../jobs/primary-score.js";
import { checkedProject, checkedText, checkOptions, type OptionChecks, text } from "./check-options.js";
import { inCamelCase } from "./in-camel-case.js";
import type { PrimaryScore, ScoreName } from "./judged-types.js";
import { type ReadOptions, readChecks } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

/** What a project's experiments are ranked by, of each kind. */
export interface PrimaryScores {
  classification: PrimaryScore;
  regression: PrimaryScore;
}

export interface SetPrimaryScoreOptions extends ReadOptions {
  /** Who says so; by default the user of the operating system. */
  author?: string | undefined;
}

const setChecks: OptionChecks<SetPrimaryScoreOptions> = { ...readChecks, author: text };

/**
 * What a project's experiments are ranked by, everywhere: the score that was set for everybody, else f1_macro
 * and root_mean_squared_error.
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT
 */
export function primaryScores(project: string, options?: ReadOptions): Promise<PrimaryScores> {
  return answer(async () =>
    inCamelCase(await scoresOf(checkedProject(project), checkOptions(options, readChecks))),
  );
}

/**
 * Ranks a project's experiments of this score's kind by it from now on, for everybody.
 * @param score "usual": by the usual scores of both kinds again
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT, STORE_NOT_WRITABLE
 */
export function setPrimaryScore(
  project: string,
  score: ScoreName | "usual",
  options?: SetPrimaryScoreOptions,
): Promise<PrimaryScores> {
  return answer(async () => {
    const name = checkedProject(project);
    const wanted = checkedText(score, "score", 'a score\'s name, or "usual"');
    const checked = checkOptions(options, setChecks);
    return inCamelCase(await setScore(name, wanted === "usual" ? null : wanted, checked));
  });
}

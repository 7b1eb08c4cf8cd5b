import { checkedId, checkOptions, flag, number, type OptionChecks, text } from "./check-options.js";
import type { CompareOptions } from "./compare-experiments.js";
import { loadInTurn } from "./load-in-turn.js";
import { placeChecks } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

export interface ReportOptions extends Omit<CompareOptions, "scores"> {
  /** By default `html`: one page that loads nothing. `markdown` has tables and words in place of pictures. */
  format?: "html" | "markdown" | undefined;
}

const checks: OptionChecks<ReportOptions> = {
  ...placeChecks,
  format: text,
  score: text,
  margin: number,
  level: number,
  seed: number,
  onSharedSamples: flag,
  alone: flag,
  group: text,
  order: text,
};

/**
 * Reports whether experiment `b` is better than `a`, for people who have neither the store nor this program:
 * the verdict in words, every score with its interval and difference, pictures, the slices on which the two
 * differ, the parameters that differ and where both came from.
 * @returns the text of one file, which names nothing beside itself
 * @throws TrackingError as `compareExperiments`
 */
export function report(a: string, b: string, options?: ReportOptions): Promise<string> {
  return answer(options, async () => {
    const [first, second] = [checkedId(a, "a"), checkedId(b, "b")];
    const checked = checkOptions(options, checks);
    const jobs = await loadInTurn(() => import("../jobs/report.js"));
    return (await jobs.report(first, second, checked)).text;
  });
}

import { absoluteErrors } from "../../scores/errors.js";
import { regressionRecords } from "../../scores/registry.js";
import { medianInterval } from "../../statistics/median-interval.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedNumbers } from "../pairing/judged-sample.js";
import type { AddInterval } from "./add-interval.js";
import { intervalsOfEstimates } from "./intervals-of-estimates.js";

/** Of the scores of a regression. */
export function intervalsOfErrors(
  sample: JudgedNumbers,
  options: JudgeOptions,
  wanted: (score: string) => boolean,
  add: AddInterval,
): void {
  const { level } = options;
  intervalsOfEstimates(sample, options, wanted, add);
  for (const record of regressionRecords) {
    if (!wanted(record.name)) continue;
    const value = record.of(sample.yTrue, sample.yPred);
    if (record.by === "extreme") add(record.name, value, undefined, null, record.noInterval);
    if (record.by !== "median") continue;
    const interval = medianInterval(absoluteErrors(sample), level);
    add(record.name, value, interval, "order statistics", "it takes 8 samples at least");
  }
}

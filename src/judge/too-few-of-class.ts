import { classNames } from "../scores/classification-context.js";
import type { ConfusionTable } from "../scores/confusion-table.js";
import type { Label } from "../scores/label.js";
import type { CountScore } from "../scores/score.js";

/** A class of fewer true samples says too little of how well a model does on it. */
export const leastOfClass = 3;

/**
 * Why the samples do not say what a score would be on others: one that every class counts in the same must
 * have some of each, any other of two classes.
 */
export function tooFewOfClass(
  { everyClass, share }: Pick<CountScore, "everyClass" | "share">,
  { actual }: Pick<ConfusionTable, "actual">,
  labels: readonly Label[],
): string | undefined {
  if (share) return undefined;
  const few = [...actual.keys()].filter((code) => actual[code]! < leastOfClass);
  const isEnough = everyClass || labels.length <= 2 ? few.length === 0 : actual.length - few.length >= 2;
  if (isEnough && labels.length > 1) return undefined;
  if (labels.length === 1) return `every sample is of ${classNames([0], labels)}; it takes two classes`;
  const which = `${classNames(few, labels)} ${few.length === 1 ? "has" : "have"}`;
  return `${which} fewer than ${leastOfClass} samples in y_true, too few to say how it would be on others`;
}

import { mainDifference } from "../jobs/compare-experiments.js";
import { oneMargin } from "../jobs/one-margin.js";
import type { Comparison } from "../judge/judge-schema.js";
import { isNonInferior, isSuperior } from "../judge/margin-conclusion.js";
import { shortNumber } from "../scores/short-number.js";
import { numberFlag } from "./number-flag.js";

export interface MarginFlags {
  margin?: string;
  maxLoss?: string;
  minImprovement?: string;
}

export interface MarginGate {
  margin: number;
  /** Why a comparison does not pass; undefined where it does. */
  missed: (comparison: Comparison, name: string) => string | undefined;
}

/**
 * The margin of a comparison, and what it takes to pass.
 * @throws TrackingError INVALID_ARGUMENT where several are given, or one is no number from 0
 */
export function marginGate({ margin, maxLoss, minImprovement }: MarginFlags): MarginGate | undefined {
  const numberOf = (text: string | undefined, flag: string) =>
    text === undefined ? undefined : numberFlag(text, flag);
  const asked = oneMargin({
    "--margin": numberOf(margin, "--margin"),
    "--max-loss": numberOf(maxLoss, "--max-loss"),
    "--min-improvement": numberOf(minImprovement, "--min-improvement"),
  });
  if (!asked) return undefined;
  return {
    margin: asked.margin,
    missed: (comparison, name) => missedBy(asked.name, asked.margin, comparison, name),
  };
}

function missedBy(flag: string, amount: number, comparison: Comparison, name: string): string | undefined {
  const { score, margin } = comparison;
  if (flag === "--margin" || !margin) return undefined;
  const isLoss = flag === "--max-loss";
  if (isLoss ? isNonInferior(margin) : isSuperior(margin)) return undefined;
  if (margin.low === null) {
    return `whether ${name} passes ${flag} ${amount} in ${score} cannot be tested: ${margin.reason}`;
  }
  const missing = isLoss
    ? `may be worse by ${amount} or more`
    : `is not shown to be better by more than ${amount}`;
  const limit = isLoss ? -amount : amount;
  const { difference } = mainDifference(comparison);
  return `${name} ${missing} in ${score}: the difference is ${shortNumber(difference)}, the lower limit of the gain ${shortNumber(margin.low)}, and ${flag} takes one above ${limit}`;
}

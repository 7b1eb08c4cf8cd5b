import type { MarginConclusion } from "./judge-schema.js";
import { short } from "./numbers-in-words.js";

/** What the two that are compared are called within a sentence. */
export type PairNames = readonly [a: string, b: string];

/**
 * What an interval says of a margin, as a sentence about b.
 * @param n how many samples it is from
 */
export function marginInWords(
  { margin, conclusion, low, high, level, samples_needed: needed, reason }: Omit<MarginConclusion, "summary">,
  n: number,
  [a, b]: PairNames,
): string {
  const within = short(margin);
  if (low === null || high === null) return `A margin of ${within} cannot be tested: ${reason}.`;
  const sure = `${Number((level * 100).toPrecision(6))} % interval`;
  const worst = `at worst ${gainInWords(low)}`;
  const best = `at best ${gainInWords(high)}`;
  switch (conclusion) {
    case "superior":
      return `${capital(b)} is better than ${a} by more than ${within}: ${worst} (${sure}).`;
    case "equivalent":
      return `${capital(b)} is equivalent to ${a} within ${within}: ${worst}, ${best} (${sure}).`;
    case "non-inferior":
      return `${capital(b)} is not worse than ${a} by ${within} or more: ${worst} (${sure}).`;
    case "inferior":
      return `${capital(b)} is worse than ${a} by more than ${within}: ${best} (${sure}).`;
    default:
      return [
        `A margin of ${within} is not decided: ${b} is ${worst}, ${best} (${sure}).`,
        ...(needed === null ? [] : [neededInWords(within, needed, n)]),
      ].join(" ");
  }
}

/** @example gainInWords(-0.02) // "0.02 worse" */
function gainInWords(gain: number): string {
  if (gain === 0) return "as good";
  return `${short(Math.abs(gain))} ${gain > 0 ? "better" : "worse"}`;
}

function neededInWords(
  margin: string,
  { low, high }: NonNullable<MarginConclusion["samples_needed"]>,
  n: number,
): string {
  const [least, most] = [roughly(low), roughly(high)];
  const about = least === most ? most : `${least} to ${most}`;
  return `To find a true difference of ${margin} four times out of five takes about ${about} samples; there are ${n}.`;
}

/** Two digits that matter. */
function roughly(count: number): string {
  return String(Number(count.toPrecision(2)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import type { PlotDataOf } from "../../api/types.js";
import { brief } from "../../charts/brief.js";

/** What the tests say of the scores as probabilities. */
export function calibrationInWords({ error, slope, spiegelhalter }: PlotDataOf<"calibration">): string {
  const range = `from ${brief(error.low)} to ${brief(error.high)}`;
  const luck =
    error.low === 0
      ? `a perfectly calibrated model may have up to ${brief(error.by_luck)} by luck`
      : `more than the ${brief(error.by_luck)} that luck explains`;
  const sentences = [`Scores and shares are ${brief(error.value)} apart on average (${range}), ${luck}.`];
  if (slope) {
    const verdict =
      slope.high < 1 ? "overconfident" : slope.low > 1 ? "not confident enough" : "not shown to be off";
    sentences.push(
      `Calibration slope ${brief(slope.slope)} (${brief(slope.low)} to ${brief(slope.high)}): ${verdict}.`,
    );
  }
  if (spiegelhalter) sentences.push(`Spiegelhalter's test: p ${brief(spiegelhalter.p)}.`);
  return sentences.join(" ");
}

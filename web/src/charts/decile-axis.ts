import { categoryAxis } from "./axes.js";
import { brief } from "./brief.js";

/** The tenths of the samples by their actual value, from the lowest. */
export function decileAxis(deciles: readonly { lower: number; upper: number }[]) {
  return {
    ...categoryAxis(
      "Actual value, in tenths of the samples",
      deciles.map(({ lower, upper }) => `${brief(lower)} to ${brief(upper)}`),
      38,
    ),
    axisLabel: { hideOverlap: true },
  };
}

import { axesPicture } from "./axes-picture.js";
import { round, svgLine } from "./svg.js";

/** Predicted against actual values of one experiment, on a scale that another picture may share. */
export function scatterPicture(
  title: string,
  truth: readonly number[],
  predicted: readonly number[],
  { min, max }: { min: number; max: number },
  letter: "a" | "b",
): string {
  const axis = (name: string) => ({ title: name, min, max });
  return axesPicture(title, axis("actual"), axis("predicted"), (place) => [
    svgLine(place(min, min), place(max, max), "chance"),
    ...truth.map((actual, i) => {
      const [x, y] = place(actual, predicted[i]!).map(round);
      return `<circle cx="${x}" cy="${y}" r="2.5" class="point ${letter}"/>`;
    }),
  ]);
}

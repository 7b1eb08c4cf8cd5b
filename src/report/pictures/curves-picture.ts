import type { PairCurve } from "../../judge/pair-pictures.js";
import { axesPicture } from "./axes-picture.js";
import { round, svgLine } from "./svg.js";

/** Two curves over each other, A's first. */
export function curvesPicture(
  title: string,
  [xTitle, yTitle]: readonly [string, string],
  curves: readonly [PairCurve, PairCurve],
  /** What a model without any skill draws. */
  chance: readonly [from: readonly [number, number], to: readonly [number, number]],
): string {
  const axis = (name: string) => ({ title: name, min: 0, max: 1 });
  return axesPicture(title, axis(xTitle), axis(yTitle), (place) => [
    svgLine(place(...chance[0]), place(...chance[1]), "chance"),
    ...curves.map(({ x, y }, i) => {
      const points = x.map((value, at) => place(value, y[at]!).map(round).join(","));
      return `<polyline points="${points.join(" ")}" class="curve ${"ab"[i]!}"/>`;
    }),
  ]);
}

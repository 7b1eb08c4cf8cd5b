import { svg, svgLine, svgText } from "./svg.js";

export interface Axis {
  title: string;
  min: number;
  max: number;
}

const size = 300;
const [left, top, right, bottom] = [58, 16, 14, 46];

/** A square with two axes, in which something is drawn at values of both. */
export function axesPicture(
  title: string,
  x: Axis,
  y: Axis,
  draw: (place: (xValue: number, yValue: number) => readonly [number, number]) => readonly string[],
): string {
  const place = (xValue: number, yValue: number) =>
    [
      left + (size * (xValue - x.min)) / (x.max - x.min || 1),
      top + size - (size * (yValue - y.min)) / (y.max - y.min || 1),
    ] as const;
  const ticks = [
    ...roundValues(x).flatMap((value) => {
      const [at] = place(value, y.min);
      return [svgLine([at, top], [at, top + size], "grid"), svgText([at, top + size + 16], tickText(value))];
    }),
    ...roundValues(y).flatMap((value) => {
      const [, at] = place(x.min, value);
      return [
        svgLine([left, at], [left + size, at], "grid"),
        svgText([left - 6, at + 4], tickText(value), { anchor: "end" }),
      ];
    }),
  ];
  const titles = [
    svgText([left + size / 2, top + size + 38], x.title),
    svgText([14, top + size / 2], y.title, { turned: true }),
  ];
  return svg(left + size + right, top + size + bottom, title, [...ticks, ...draw(place), ...titles]);
}

/** Four to ten round values that lie on an axis. */
function roundValues({ min, max }: Pick<Axis, "min" | "max">): number[] {
  const width = max - min;
  if (!(width > 0) || !Number.isFinite(width)) return [min];
  const power = 10 ** Math.floor(Math.log10(width / 5));
  const step = power * ([1, 2, 5, 10].find((factor) => width / (power * factor) <= 6) ?? 10);
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.floor(max / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

function tickText(value: number): string {
  const distance = Math.abs(value);
  if (distance !== 0 && (distance < 1e-3 || distance >= 1e6))
    return Number(value.toPrecision(3)).toExponential();
  return String(Number(value.toPrecision(6)));
}

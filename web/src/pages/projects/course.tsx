import classes from "./course.module.css";

const width = 120;
const height = 28;
const edge = 3;

/** The best value so far, after each experiment, as a small line; a dot where it stands now. */
export function Course({ values, label }: { values: readonly number[]; label: string }) {
  const points = coursePoints(values);
  const last = points.at(-1);
  if (!last) return null;
  return (
    <svg className={classes.course} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={steps(points)} />
      <circle cx={last.x} cy={last.y} r="2.5" />
    </svg>
  );
}

interface Point {
  x: number;
  y: number;
}

/** The values from left to right, the greatest at the top; all at half height where they are one. */
export function coursePoints(values: readonly number[]): Point[] {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const span = max - min;
  return values.map((value, i) => ({
    x: edge + (values.length > 1 ? i / (values.length - 1) : 1) * (width - 2 * edge),
    y: height - edge - (span > 0 ? (value - min) / span : 0.5) * (height - 2 * edge),
  }));
}

/** A line that stays at a value until the next one is there. */
function steps([first, ...others]: readonly Point[]): string {
  if (!first) return "";
  return `M${first.x} ${first.y}${others.map(({ x, y }) => `H${x}V${y}`).join("")}`;
}

/** The best value after each one, by the score's direction. */
export function bestSoFar(values: readonly number[], isBetter: (a: number, b: number) => boolean): number[] {
  let best: number | undefined;
  return values.map((value) => {
    if (best === undefined || isBetter(value, best)) best = value;
    return best;
  });
}

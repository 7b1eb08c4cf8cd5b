import type { Projects } from "../../api/types.js";
import classes from "./course.module.css";

type Point = Projects["projects"][number]["course"][number];

const width = 120;
const height = 28;
const edge = 3;

/** How the best value came about, as a small line over time; a dot where it stands now. */
export function Course({ points, until, label }: { points: readonly Point[]; until: string; label: string }) {
  const places = coursePlaces(points, until);
  const last = places.at(-1);
  if (!last) return null;
  return (
    <svg className={classes.course} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={steps(places)} />
      <circle cx={last.x} cy={last.y} r="2.5" />
    </svg>
  );
}

interface Place {
  x: number;
  y: number;
}

/**
 * The values from left to right by their time, up to when something was last logged; the greatest at the top.
 * All at half height where they are one.
 */
export function coursePlaces(points: readonly Pick<Point, "at" | "value">[], until: string): Place[] {
  const last = points.at(-1);
  if (!last) return [];
  const all = [...points, { at: until, value: last.value }];
  const values = points.map(({ value }) => value);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const times = all.map(({ at }) => new Date(at).getTime());
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const share = (value: number, least: number, greatest: number) =>
    greatest > least ? (value - least) / (greatest - least) : 0.5;
  return all.map(({ value }, i) => ({
    x: edge + (to > from ? share(times[i] ?? to, from, to) : i / points.length) * (width - 2 * edge),
    y: height - edge - share(value, min, max) * (height - 2 * edge),
  }));
}

/** A line that stays at a value until the next one is there. */
function steps([first, ...others]: readonly Place[]): string {
  if (!first) return "";
  return `M${first.x} ${first.y}${others.map(({ x, y }) => `H${x}V${y}`).join("")}`;
}

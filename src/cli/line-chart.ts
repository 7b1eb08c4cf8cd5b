import { shortNumber } from "../scores/short-number.js";

/** The dots of a character of Braille by column and row, as Unicode numbers them: U+2800 and these bits. */
const dots = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/**
 * A line through points in characters of Braille, with the greatest and least value at its left and the first
 * and last x below. Values that are not finite are left out; a chart of none says so.
 * @param points sorted by x
 * @param size in characters, with the labels
 */
export function lineChart(
  points: readonly { x: number; y: number }[],
  { width, height }: { width: number; height: number },
): string {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (finite.length === 0) return "no finite value yet\n";
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { y } of finite) [low, high] = [Math.min(low, y), Math.max(high, y)];
  const labels = [shortNumber(high), shortNumber(low)];
  const margin = Math.max(...labels.map((label) => label.length)) + 1;
  const columns = Math.max(10, width - margin - 1);
  const [first, last] = [finite[0]!.x, finite.at(-1)!.x];
  const across = (x: number) =>
    last === first ? 0 : Math.round(((x - first) / (last - first)) * (2 * columns - 1));
  const down = (y: number) =>
    high === low ? 2 * height : Math.round(((high - y) / (high - low)) * (4 * height - 1));
  const cells = Array.from({ length: height }, () => new Uint8Array(columns));
  const dot = (x: number, y: number) => {
    const row = Math.min(height - 1, y >> 2);
    cells[row]![x >> 1]! |= dots[x & 1]![y & 3]!;
  };
  let before: { x: number; y: number } | undefined;
  for (const point of finite) {
    const here = { x: across(point.x), y: down(point.y) };
    const from = before ?? here;
    const steps = Math.max(1, Math.abs(here.x - from.x), Math.abs(here.y - from.y));
    for (let i = 0; i <= steps; i++) {
      dot(
        Math.round(from.x + ((here.x - from.x) * i) / steps),
        Math.round(from.y + ((here.y - from.y) * i) / steps),
      );
    }
    before = here;
  }
  const lines = cells.map((row, i) => {
    const label = i === 0 ? labels[0]! : i === height - 1 ? labels[1]! : "";
    const text = Array.from(row, (bits) => (bits === 0 ? " " : String.fromCharCode(0x2800 + bits))).join("");
    return `${label.padStart(margin - 1)} │${text.trimEnd()}`;
  });
  const ends = [String(first), String(last)];
  const gap = Math.max(1, columns - ends[0]!.length - ends[1]!.length);
  return [
    ...lines,
    `${" ".repeat(margin)}└${"─".repeat(columns)}`,
    `${" ".repeat(margin + 1)}${ends[0]}${last === first ? "" : " ".repeat(gap) + ends[1]}`,
  ]
    .map((line) => `${line}\n`)
    .join("");
}

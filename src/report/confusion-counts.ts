import type { ClassDifference } from "../judge/judge-schema.js";
import type { ConfusionCounts } from "./pictures/confusion-picture.js";

const mostLabels = 25;

/**
 * The confusion matrices of both. Of many labels the most frequent are shown, by true samples, and all others
 * share one row and column.
 */
export function confusionCounts({
  labels,
  cells,
  classes,
}: ClassDifference): [ConfusionCounts, ConfusionCounts] {
  const frequency = new Map(classes.map(({ label, samples }) => [label, samples]));
  const order = [...labels.keys()].sort((x, y) => (frequency.get(y) ?? 0) - (frequency.get(x) ?? 0) || x - y);
  const isCut = labels.length > mostLabels;
  const shown = order.slice(0, isCut ? mostLabels - 1 : mostLabels).sort((x, y) => x - y);
  const place = new Map(shown.map((label, i) => [label, i]));
  const names = shown.map((label) => labels[label]!);
  if (isCut) names.push(`${labels.length - shown.length} others`);
  const empty = () => names.map(() => names.map(() => 0));
  const [a, b] = [empty(), empty()];
  for (const cell of cells) {
    const row = place.get(cell.true) ?? shown.length;
    const column = place.get(cell.predicted) ?? shown.length;
    a[row]![column]! += cell.a;
    b[row]![column]! += cell.b;
  }
  return [
    { labels: names, counts: a },
    { labels: names, counts: b },
  ];
}

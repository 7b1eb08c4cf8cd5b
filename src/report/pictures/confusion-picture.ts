import { escaped } from "../escaped.js";
import { inShort, round, svg, svgText } from "./svg.js";

/** Counts of pairs of labels: rows are true labels, columns predicted ones. */
export interface ConfusionCounts {
  labels: readonly string[];
  counts: readonly (readonly number[])[];
}

const longestLabel = 16;

/** A confusion matrix: right ones in one colour, wrong ones in another, each by its share of its row. */
export function confusionPicture(title: string, { labels, counts }: ConfusionCounts): string {
  const cell = Math.max(16, Math.min(60, 340 / labels.length));
  const names = labels.map((label) => inShort(label, longestLabel));
  const longest = Math.max(...names.map((name) => [...name].length));
  const left = 30 + 7 * longest;
  const isTurned = longest > 5 || cell < 40;
  const top = 26 + (isTurned ? 7.4 * longest : 14);
  const side = cell * labels.length;
  const parts = counts.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, predicted) => {
      const [x, y] = [left + cell * predicted, top + cell * truth];
      const name = truth === predicted ? "right" : "wrong";
      const share = total === 0 ? 0 : count / total;
      const said = `${escaped(labels[truth]!)} predicted as ${escaped(labels[predicted]!)}: ${count}`;
      const box = `<rect x="${round(x)}" y="${round(y)}" width="${round(cell)}" height="${round(cell)}"`;
      const filled =
        count === 0
          ? `${box} class="cell"/>`
          : `${box} class="cell ${name}" fill-opacity="${(0.12 + 0.6 * share).toFixed(2)}"><title>${said}</title></rect>`;
      const isWritten = count > 0 && cell >= 7 * String(count).length + 4;
      return isWritten ? [filled, svgText([x + cell / 2, y + cell / 2 + 4], String(count))] : [filled];
    });
  });
  const axes = names.flatMap((name, i) => {
    const middle = cell * (i + 0.5);
    const above = isTurned
      ? svgText([left + middle + 4, top - 6], name, { anchor: "start", turned: true })
      : svgText([left + middle, top - 6], name);
    return [svgText([left - 6, top + middle + 4], name, { anchor: "end" }), above];
  });
  const titles = [
    svgText([left + side / 2, 12], "predicted", { name: "quiet" }),
    svgText([12, top + side / 2], "true", { turned: true, name: "quiet" }),
  ];
  return svg(left + side + 8, top + side + 8, title, [...parts, ...axes, ...titles]);
}

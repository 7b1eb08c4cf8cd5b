import { letter } from "./runs-design.js";
import type { ModelRanking, RunsComparison } from "./runs-schema.js";

const axisLength = 420;
const axisTop = 70;
const lineHeight = 22;

/**
 * A critical-difference diagram as SVG: the models on an axis of mean ranks, the best on the left, and a bar
 * over those that are not told apart. Source: J. Demsar (2006), Statistical Comparisons of Classifiers over
 * Multiple Data Sets.
 */
export function criticalDifferencePicture(
  { mean_ranks: ranks, critical_difference: critical, groups }: ModelRanking,
  { models, score, test_sets: sets, level }: Pick<RunsComparison, "models" | "score" | "test_sets" | "level">,
): string {
  const count = ranks.length;
  const labels = models.map(({ model }, i) => `${letter(i)} ${model} (${ranks[i]!.toFixed(2)})`);
  const margin = 30 + 7.5 * Math.max(...labels.map((label) => label.length)); // about a letter's width
  const width = axisLength + 2 * margin;
  const at = (rank: number) => margin + (axisLength * (rank - 1)) / (count - 1);
  const order = [...ranks.keys()].sort((a, b) => ranks[a]! - ranks[b]!);
  const bars = groups.filter((group) => group.length > 1);
  const firstLabel = axisTop + 26 + 8 * bars.length;
  const half = Math.ceil(count / 2);
  const height = firstLabel + lineHeight * half + 20;
  const line = (x1: number, y1: number, x2: number, y2: number, thick = 1) =>
    `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke-width="${thick}"/>`;
  const text = (x: number, y: number, anchor: string, words: string) =>
    `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(words)}</text>`;
  const parts: string[] = [];
  for (let rank = 1; rank <= count; rank++) {
    parts.push(
      line(at(rank), axisTop - 5, at(rank), axisTop),
      text(at(rank), axisTop - 10, "middle", `${rank}`),
    );
  }
  parts.push(line(at(1), axisTop, at(count), axisTop));
  const end = Math.min(at(count), at(1) + at(1 + critical) - at(1));
  parts.push(
    line(at(1), 34, end, 34, 2),
    text(at(1), 24, "start", `critical difference ${critical.toPrecision(3)}`),
  );
  for (const [i, group] of bars.entries()) {
    const places = group.map((model) => at(ranks[model]!));
    const y = axisTop + 10 + 8 * i;
    parts.push(line(Math.min(...places) - 4, y, Math.max(...places) + 4, y, 4));
  }
  for (const [place, model] of order.entries()) {
    const isLeft = place < half;
    const y = firstLabel + lineHeight * (isLeft ? place : count - 1 - place);
    const x = at(ranks[model]!);
    const edge = isLeft ? margin - 10 : width - margin + 10;
    parts.push(line(x, axisTop, x, y), line(x, y, edge, y));
    parts.push(text(isLeft ? edge - 4 : edge + 4, y + 4, isLeft ? "end" : "start", labels[model]!));
  }
  const percent = Number((level * 100).toPrecision(4));
  const title = `Mean ranks by ${score} over ${sets.length} test sets; models under a bar are not told apart (${percent} %)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${height}" width="${round(width)}" height="${height}" font-family="sans-serif" font-size="12" stroke="none" fill="black" role="img"><title>${escaped(title)}</title><rect width="100%" height="100%" fill="white"/><g stroke="black">${parts.filter((part) => part.startsWith("<line")).join("")}</g>${parts.filter((part) => part.startsWith("<text")).join("")}</svg>\n`;
}

function round(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

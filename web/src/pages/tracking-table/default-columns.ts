import type { Columns } from "../../api/types.js";

type Column = Columns["columns"][number];

const mostByDefault = 12;
const mostScores = 3;
/** What the model in short says already. */
const inModel = /^params\.((best_)?estimator(__steps)?|steps)$/;

/**
 * What a project's table shows before anyone chooses, by what its experiments differ in: which it is, the
 * primary score, the model, the parameters that differ in most, a few more scores and those that were added to the
 * project, when.
 * @param scores names of scores, those that tell most first; the first is the primary one
 * @param total experiments of the project
 */
export function defaultColumns(all: readonly Column[], scores: readonly string[], total: number): string[] {
  const used = new Map(all.filter(({ count }) => count > 0).map((column) => [column.name, column]));
  const [primary, ...others] = scores.filter((name) => used.has(name));
  const telling = ["target_column", "kind", "user"].filter((name) => (used.get(name)?.distinct ?? 0) > 1);
  const first = ["name", ...(primary === undefined ? [] : [primary]), "model", ...telling];
  const added = all.filter(({ kind }) => kind === "added").map(({ name }) => name);
  const last = [...others.slice(0, mostScores - 1), ...added, "logged_at"];
  const parameters = [...used.values()]
    .filter((column) => isParameter(column) && !inModel.test(column.name) && differs(column, total))
    .sort((a, b) => evidence(b, total) - evidence(a, total))
    .slice(0, Math.max(0, mostByDefault + added.length - first.length - last.length));
  return [...first, ...parameters.map(({ name }) => name), ...last];
}

function isParameter({ kind }: Column): boolean {
  return kind === "parameter" || kind === "extra";
}

/** Whether experiments have different values, or some have one and some none. */
function differs({ distinct, count }: Column, total: number): boolean {
  return distinct > 1 || count < total;
}

/**
 * How much a parameter says: in how many experiments it stands; half as much where all values are the same,
 * or where, as text, no two are.
 */
function evidence({ distinct, count, type }: Column, total: number): number {
  const share = count / Math.max(1, total);
  const isSame = distinct <= 1;
  const isUnique = type === "text" && count > 3 && distinct >= count;
  return isSame || isUnique ? share / 2 : share;
}

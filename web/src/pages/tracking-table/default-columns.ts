import type { Columns } from "../../api/types.js";
import { isOfPositive } from "../../components/positive-class.js";

const mostByDefault = 60;
const first = ["name", "model", "logged_at"];

/**
 * What a project's table shows before anyone chooses: who and when, every score, then the parameters that
 * most have.
 */
export function defaultColumns(all: Columns["columns"]): string[] {
  const used = all.filter(({ count }) => count > 0);
  const scores = used.filter(({ kind }) => kind === "score");
  const parameters = used
    .filter(({ kind }) => kind === "parameter" || kind === "extra")
    .sort((a, b) => b.count - a.count);
  // Precision, recall and F1 mean nothing without the class that they are about.
  const ofPositive = scores.some(({ name }) => isOfPositive(name));
  const positive = ofPositive ? used.filter(({ name }) => name === "positive_label") : [];
  const telling = used.filter(
    ({ name, distinct }) => (name === "target_column" || name === "kind") && distinct > 1,
  );
  return [...first, ...[...telling, ...scores, ...positive, ...parameters].map(({ name }) => name)].slice(
    0,
    mostByDefault,
  );
}

import type { Experiment } from "../../api/types.js";
import { shortNumber } from "../../charts/brief.js";

/** What a saved picture or table is called: characters that every system takes in a file's name. */
export function fileName(experiment: Experiment, plot: string): string {
  return `${experiment.prediction_id}-${plot}`.replace(/[^\w.-]+/g, "-");
}

interface Drawn {
  exactness: { exact: true } | { exact: false; bins: number; note: string };
  reasons: Record<string, string>;
  thinning: { points_of_curve: number; max_deviation: number };
}

/** What a curve's reader must know: why a number is undefined, and what is not exact. */
export function curveNote(data: Drawn | undefined): string | undefined {
  if (!data) return undefined;
  const notes = Object.entries(data.reasons).map(([name, reason]) => `${name} is undefined: ${reason}.`);
  if (!data.exactness.exact) notes.push(data.exactness.note);
  if (data.thinning.max_deviation > 0) {
    notes.push(
      `Drawn from fewer points than the curve's ${data.thinning.points_of_curve}; none lies more than ${shortNumber(data.thinning.max_deviation, 2)} off.`,
    );
  }
  return notes.length === 0 ? undefined : notes.join(" ");
}

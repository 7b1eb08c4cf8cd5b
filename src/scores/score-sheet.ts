import type { ScoreName } from "./registry.js";
import type { ScoreNote } from "./score-note.js";

export interface Scores<Name extends ScoreName> {
  scores: Partial<Record<Name, number>>;
  notes: ScoreNote[];
}

/**
 * Scores being filled in. An undefined or infinite value is left out, and a note says why: it is never a
 * zero.
 */
export interface ScoreSheet<Name extends ScoreName> extends Scores<Name> {
  enter(score: Name, value: number | undefined, whyUndefined: () => string): void;
  caution(score: Name, reason: string): void;
}

export function scoreSheet<Name extends ScoreName>(): ScoreSheet<Name> {
  const scores: Partial<Record<Name, number>> = {};
  const notes: ScoreNote[] = [];
  return {
    scores,
    notes,
    enter(score, value, whyUndefined) {
      if (value !== undefined && Number.isFinite(value)) scores[score] = value;
      else if (value === undefined) notes.push({ score, undefined: true, reason: whyUndefined() });
      else
        notes.push({
          score,
          undefined: true,
          reason: "the values are too large to compute it in double precision",
        });
    },
    caution(score, reason) {
      notes.push({ score, undefined: false, reason });
    },
  };
}

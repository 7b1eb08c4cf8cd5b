import type { ScoreName } from "./registry.js";

/**
 * What a reader must know about a score: why it is blank (`undefined`), or what to keep in mind about its
 * value.
 */
export interface ScoreNote {
  score: ScoreName;
  undefined: boolean;
  /** Completes a sentence after the score's name and a colon; in the words of the user's arguments. */
  reason: string;
}

/** How sure, of which draws, and which scores. */
export interface JudgeOptions {
  level: number;
  seed: number;
  scores: readonly string[] | undefined;
}

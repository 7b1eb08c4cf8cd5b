import type { JudgedSample } from "../src/judge/pairing/judged-sample.js";
import type { ScoreName } from "../src/scores/registry.js";
import type { Random } from "./random.js";

/** One situation in which two models are judged again and again, each time on other samples. */
export interface Cell {
  kind: "classification" | "regression";
  /** What the samples are like, such as "10 % positives" or "lognormal errors". */
  data: string;
  /** How the models differ. */
  models: Models;
  /** The scores whose values in the population are the same for both. */
  equal: readonly ScoreName[];
  /**
   * Values in the population that are known exactly, of a and of b; the others are taken from a million
   * samples.
   */
  truth?: Partial<Record<ScoreName, readonly [a: number, b: number]>>;
  /** A cell that says nothing of a smaller test set, such as one of 10 classes. */
  fewest?: number;
  draw: (random: Random, samples: number) => { a: JudgedSample; b: JudgedSample };
}

export type Models = "alike" | "nearly identical" | "different in shape" | "one better";

export const sampleSizes = [10, 20, 50, 200, 1000, 5000] as const;

import type { DefinedSample } from "../definitions/asked-definitions.js";
import type { ScoreFacts } from "../scores/score.js";

/** A score that a project has beside those of every project, as somebody set it. */
export type AddedScore = {
  /** Letters, digits and underscores; no name of a score of every project. */
  name: string;
  kind: ScoreFacts["kind"];
  direction: ScoreFacts["direction"];
} & ({ definition: string; expression?: undefined } | { expression: string; definition?: undefined });

/** What was predicted, with the columns that an expression may name besides. */
export type AddedSample = DefinedSample & {
  /** By name, a value a sample; NaN and null where it has none. Conditions are 1 and 0. */
  features?: ReadonlyMap<string, FeatureValues>;
  weights?: Float64Array;
};

export type FeatureValues = Float64Array | readonly (string | null)[];

/** Without a value the reason, as a part of a sentence. */
export type AddedValue = { value: number; why?: undefined } | { value?: undefined; why: string };

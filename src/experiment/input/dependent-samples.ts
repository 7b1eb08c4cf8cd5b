import { TrackingError } from "../../tracking-error.js";
import { isTime } from "./iso-text.js";
import { type FeatureColumn, type FeatureValues, sampleFeatures } from "./sample-features.js";
import { shown } from "./values.js";

/** What makes samples depend on each other: a feature that they share, or their order in time. */
export interface DependentSamples {
  by: "group" | "order";
  /** The feature's name. */
  feature: string;
}

/** A feature's name, or a column with one value a sample, which becomes a feature called group or order. */
export type DependenceArgument = string | FeatureValues;

/**
 * Checks the arguments `group` and `order`.
 * @param features the features of the samples, to which a column that is given is added
 * @throws TrackingError INVALID_ARGUMENT, LENGTH_MISMATCH
 */
export function dependentSamples(
  given: { group: unknown; order: unknown },
  features: FeatureColumn[],
  samples: number,
  warn: (text: string) => void,
): DependentSamples | undefined {
  const named = (["group", "order"] as const).filter((by) => given[by] !== undefined && given[by] !== null);
  const [by, other] = named;
  if (by === undefined) return undefined;
  if (other !== undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      "group and order are both given; give group where samples of a group depend on each other whatever their order, else order",
    );
  }
  const argument = given[by];
  if (typeof argument === "string") {
    const column = features.find(({ name }) => name === argument);
    if (!column) {
      const known = features.map(({ name }) => shown(name)).join(", ");
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `${by} is ${shown(argument)}, which is no feature of the samples; ${known ? `there are ${known}` : `give it in sample_features, or give ${by} as a column with one value a sample`}`,
      );
    }
    checkComplete(column, by, `sample_features[${JSON.stringify(argument)}]`);
    if (by === "order") checkTimes(column, `sample_features[${JSON.stringify(argument)}]`);
    return { by, feature: argument };
  }
  if (features.some(({ name }) => name.toLowerCase() === by)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${by} is a column, and sample_features has one called ${shown(by)} too; name that one: ${by}: ${shown(by)}, or rename it`,
    );
  }
  const [column] = sampleFeatures({ [by]: argument }, samples, warn, "") as [FeatureColumn];
  checkComplete(column, by, by);
  if (by === "order") checkTimes(column, by);
  features.push(column);
  return { by, feature: by };
}

/** Texts that are no dates have no order in time. */
function checkTimes(column: FeatureColumn, path: string): void {
  if (column.type === "boolean") {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path} is true or false, which says no time; give numbers or dates`,
    );
  }
  if (column.type !== "string") return;
  const odd = column.dictionary.findIndex((value) => !isTime(value));
  if (odd < 0) return;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${path}[${column.codes.indexOf(odd)}] is ${shown(column.dictionary[odd])}, which is no time; give numbers, dates, or ISO texts such as "2026-11-27T09:30"`,
  );
}

/** A sample without a group or a time depends on nobody knows whom. */
function checkComplete(column: FeatureColumn, by: string, path: string): void {
  let missing = -1;
  if ("codes" in column) missing = column.codes.indexOf(-1);
  else if (column.type === "boolean") missing = column.values.indexOf(2);
  else if (column.type === "double") missing = column.values.findIndex(Number.isNaN);
  if (missing >= 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path}[${missing}] is missing, and ${by} takes a value of every sample; give the samples that stand alone values of their own`,
    );
  }
}

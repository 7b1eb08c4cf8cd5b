import { TrackingError } from "../tracking-error.js";
import type { ProjectAnnotations } from "./fold-annotations.js";

/** The error for an experiment that is in the trash, or was purged. */
export function goneExperiment(
  { experiments }: ProjectAnnotations,
  predictionId: string,
  address: string,
): TrackingError {
  const said = experiments.get(predictionId);
  const by = said?.stateSaid;
  const who = by ? ` (${by.author || "somebody"}, ${by.writtenAt.toISOString()})` : "";
  const state =
    said?.state === "purged"
      ? `${predictionId} was purged from the store ${address}${who}; bring it back from a backup`
      : `${predictionId} is in the trash of the store ${address}${who}; "ml-tracking restore ${predictionId}" brings it back`;
  return new TrackingError("UNKNOWN_EXPERIMENT", `unknown experiment: ${state}`);
}

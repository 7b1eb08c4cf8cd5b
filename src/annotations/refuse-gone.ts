import { TrackingError } from "../tracking-error.js";
import { isGone } from "./annotated-record.js";
import type { ProjectAnnotations } from "./fold-annotations.js";

/** @throws TrackingError UNKNOWN_RUN where a run is in the trash, or was purged */
export function refuseGone(said: ProjectAnnotations, runId: string, address: string): void {
  if (!isGone(said, runId)) return;
  const state =
    said.experiments.get(runId)?.state === "purged"
      ? `${runId} was purged from the store ${address}; bring it back from a backup`
      : `${runId} is in the trash of the store ${address}; "ml-tracking restore ${runId}" brings it back`;
  throw new TrackingError("UNKNOWN_RUN", `unknown run: ${state}`);
}

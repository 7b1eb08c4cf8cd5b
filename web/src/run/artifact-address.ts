import { apiAddress } from "../api/fetch-json.js";

export function artifactAddress(runId: string, path: string): string {
  return apiAddress("/api/runs/{id}/artifacts/{path}", { id: runId, path });
}

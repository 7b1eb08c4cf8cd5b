import { createHash } from "node:crypto";

import { TrackingError } from "../tracking-error.js";

/** Where tables and views are made: `dataset`, or `cloud-project.dataset`. */
export interface Dataset {
  cloudProject: string | undefined;
  dataset: string;
}

/** @throws TrackingError INVALID_ARGUMENT */
export function parseDataset(text: string): Dataset {
  const match = /^(?:([a-z][a-z0-9-]{4,28}[a-z0-9])\.)?([A-Za-z0-9_]{1,1024})$/.exec(text);
  if (match) return { cloudProject: match[1], dataset: match[2] as string };
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--dataset is ${JSON.stringify(text)}; give DATASET or CLOUD-PROJECT.DATASET, a dataset's name being made of letters, digits and underscores`,
  );
}

/**
 * How the names of a project's tables begin: legal in BigQuery, and different for different projects.
 * @example tableStem("first-steps") // "first_steps"
 */
export function tableStem(project: string): string {
  const plain = project.replaceAll(/[^A-Za-z0-9]/g, "_");
  const named = /^[A-Za-z_]/.test(plain) ? plain : `p_${plain}`;
  // Names have no underscore, so that dashes alone cannot make two of them equal; other characters can.
  if (/^[A-Za-z][A-Za-z0-9-]*$/.test(project)) return named;
  return `${named}_${createHash("sha256").update(project).digest("hex").slice(0, 6)}`;
}

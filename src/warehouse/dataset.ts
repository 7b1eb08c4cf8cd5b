import { TrackingError } from "../tracking-error.js";

/** Where tables and views are made: `dataset`, or `cloud-project.dataset`. */
export interface Dataset {
  cloudProject: string | undefined;
  dataset: string;
}

/** Google's ids of projects: of 6 to 30 characters, or older ones that are scoped to a domain. */
const cloudProject =
  "(?:[a-z][a-z0-9-]{4,28}[a-z0-9]|[a-z0-9][a-z0-9.-]{0,61}\\.[a-z]{2,63}:[a-z][a-z0-9-]{0,28}[a-z0-9])";
const writtenProject = new RegExp(`^${cloudProject}$`);
const written = new RegExp(`^(?:(${cloudProject})\\.)?([A-Za-z0-9_]{1,1024})$`);

/**
 * @throws TrackingError INVALID_ARGUMENT
 * @example parseDataset("example.com:team.experiments").cloudProject // "example.com:team"
 */
export function parseDataset(text: string): Dataset {
  const match = written.exec(text);
  if (match) return { cloudProject: match[1], dataset: match[2] as string };
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--dataset is ${JSON.stringify(text)}; give DATASET or CLOUD-PROJECT.DATASET, a dataset's name being made of letters, digits and underscores`,
  );
}

/**
 * A dataset whose cloud project is named, as the address of a report has to.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function parseWholeDataset(text: string): { cloudProject: string; dataset: string } {
  const { cloudProject: project, dataset } = parseDataset(text);
  if (project !== undefined) return { cloudProject: project, dataset };
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--dataset is ${JSON.stringify(text)}; for a report give CLOUD-PROJECT.DATASET`,
  );
}

/** @throws TrackingError INVALID_ARGUMENT */
export function parseBillingProject(text: string): string {
  if (writtenProject.test(text)) return text;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--billing-project is ${JSON.stringify(text)}; give the id of a Google Cloud project, such as my-cloud-project`,
  );
}

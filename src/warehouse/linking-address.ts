import { TrackingError } from "../tracking-error.js";

const report = "https://lookerstudio.google.com/reporting/create";

/**
 * The address that opens a new Looker Studio report on a project's folder of tracking logs.
 * https://developers.google.com/looker-studio/integrate/linking-api
 * @param address the store's: `gs://bucket/prefix`
 * @throws TrackingError INVALID_STORE for a store elsewhere
 * @example folderReport("gs://team/ml", "cars") // "https://lookerstudio.google.com/reporting/create?c.mode=edit&r.reportName=cars&ds.connector=googleCloudStorage&ds.pathType=FOLDER&ds.path=team%2Fml%2Ftracking%2Fcars&ds.datasourceName=cars"
 */
export function folderReport(address: string, project: string): string {
  return reportAddress({
    "r.reportName": project,
    "ds.connector": "googleCloudStorage",
    "ds.pathType": "FOLDER",
    "ds.path": `${googlePath(address)}/tracking/${project}`,
    "ds.datasourceName": project,
  });
}

/** The address that opens a new Looker Studio report on a table or view of BigQuery. */
export function tableReport(cloudProject: string, dataset: string, table: string): string {
  return reportAddress({
    "r.reportName": table,
    "ds.connector": "bigQuery",
    "ds.type": "TABLE",
    "ds.projectId": cloudProject,
    "ds.datasetId": dataset,
    "ds.tableId": table,
    "ds.datasourceName": table,
  });
}

/**
 * Bucket and prefix of a store in Google Cloud Storage, the one place where Google's services look.
 * @throws TrackingError INVALID_STORE for a store elsewhere
 */
export function googlePath(address: string): string {
  const path = /^gs:\/\/(.+?)\/*$/.exec(address)?.[1];
  if (path !== undefined) return path;
  throw new TrackingError(
    "INVALID_STORE",
    `store is ${JSON.stringify(address)}, but Looker Studio and BigQuery read Google Cloud Storage alone; copy it there with "ml-tracking copy ${address} gs://BUCKET/PREFIX" and name that as --store`,
  );
}

function reportAddress(parameters: Record<string, string>): string {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${report}?c.mode=edit&${query.join("&")}`;
}

import { TrackingError } from "../tracking-error.js";

const report = "https://datastudio.google.com/reporting/create";

/**
 * The address that opens a new report of Data Studio on a project's folder of tracking logs.
 * https://developers.google.com/datastudio/share/linking-api
 * @param address the store's: `gs://bucket/prefix`
 * @throws TrackingError INVALID_STORE for a store elsewhere
 * @example folderReport("gs://team/ml", "cars") // "https://datastudio.google.com/reporting/create?c.mode=edit&r.reportName=cars&ds.connector=googleCloudStorage&ds.pathType=FOLDER&ds.path=team%2Fml%2Ftracking%2Fcars&ds.datasourceName=cars"
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

/** The address that opens a new report of Data Studio on a table or view of BigQuery. */
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

/** The views that the pages of docs/data-studio.md are about, and the aliases of its sources. */
export const reportedViews = ["experiments", "confusion", "residuals"] as const;

interface TemplateReport {
  /** The report that is copied, whose sources have the views' names for aliases. */
  reportId: string;
  cloudProject: string;
  dataset: string;
  /** What the copy is called; by default what Data Studio makes of the template's name. */
  name?: string | undefined;
  /** The cloud project that pays; by default the dataset's. */
  billingProject?: string | undefined;
}

/**
 * The address that opens a copy of a report, with all its sources set to the views of a dataset. Fields,
 * types and aggregations stay as in the template, as do the names of the sources.
 */
export function templateReport(copy: TemplateReport): string {
  const { reportId, cloudProject, dataset, name, billingProject } = copy;
  return reportAddress({
    "c.reportId": reportId,
    ...(name === undefined ? {} : { "r.reportName": name }),
    "ds.*.connector": "bigQuery",
    "ds.*.type": "TABLE",
    "ds.*.projectId": cloudProject,
    "ds.*.datasetId": dataset,
    ...(billingProject === undefined ? {} : { "ds.*.billingProjectId": billingProject }),
    "ds.*.refreshFields": "false",
    "ds.*.keepDatasourceName": "true",
    ...Object.fromEntries(reportedViews.map((view) => [`ds.${view}.tableId`, view])),
  });
}

/**
 * The id of a report, from the id or the report's address.
 * @throws TrackingError INVALID_ARGUMENT
 * @example parseReportId("https://datastudio.google.com/reporting/0B_aaaaaaaaaaaaaaaaaaaaaaaaa/page/p1") // "0B_aaaaaaaaaaaaaaaaaaaaaaaaa"
 */
export function parseReportId(text: string): string {
  const id =
    /^https:\/\/(?:datastudio|lookerstudio)\.google\.com\/(?:u\/\d+\/)?reporting\/([^/?#]+)/.exec(
      text,
    )?.[1] ?? text;
  if (/^[A-Za-z0-9_-]{20,60}$/.test(id)) return id;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--template is ${JSON.stringify(text)}; give the id of a report of yours, or its address: datastudio.google.com/reporting/ID`,
  );
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
    `store is ${JSON.stringify(address)}, but Data Studio and BigQuery read Google Cloud Storage alone; copy it there with "ml-tracking copy ${address} gs://BUCKET/PREFIX" and name that as --store`,
  );
}

function reportAddress(parameters: Record<string, string>): string {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${report}?c.mode=edit&${query.join("&")}`;
}

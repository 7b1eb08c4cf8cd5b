import { documentIn, documentLog, documentLogs } from "../../mlflow/document-log.js";
import type { Finding } from "./findings.js";
import type { VerifyJob } from "./verify-job.js";
import { verifyRows } from "./verify-rows.js";

/** Looks through what MLflow's clients said of experiments and models, which belongs to no project. */
export async function checkDocuments(job: VerifyJob): Promise<undefined> {
  const add = (finding: Finding) => job.findings.add({ ...finding, project: undefined });
  const ofNoProject = { ...job, findings: { ...job.findings, add } };
  for (const name of documentLogs) {
    await verifyRows(ofNoProject, name, documentLog, (cells) =>
      documentIn(cells)
        ? undefined
        : { kind: "unreadable-row", message: `the document of ${cells.get("id")} is no JSON object` },
    );
  }
}

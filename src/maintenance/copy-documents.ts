import { documentIn, documentLog, documentLogs } from "../mlflow/document-log.js";
import { claimsFolder } from "../mlflow/registry-claims.js";
import type { CallOptions, Store } from "../store/store.js";
import type { RowCells } from "../tracking-log/log-shape.js";
import { copyFile } from "./copy-file.js";
import { copyFreshRows } from "./copy-fresh-rows.js";
import type { CopyProblem } from "./copy-problem.js";

interface DocumentsCopy extends CallOptions {
  from: Store;
  to: Store;
  /** The experiment and the logged models of this project alone, and nothing of the registry. */
  project: string | undefined;
}

/**
 * Copies what MLflow's clients said of experiments, logged models and registered models. A registered model of
 * which the other store has given the name, or the number of a version, to another one is left out whole.
 * @returns of how many of them a row was copied now
 */
export async function copyDocuments(
  job: DocumentsCopy,
): Promise<{ documents: number; problems: CopyProblem[] }> {
  const { from, to, project, signal } = job;
  const problems: CopyProblem[] = [];
  const taken = project === undefined ? await copyClaims(job, problems) : new Set<string>();
  const isWanted = (cells: RowCells) => {
    if (project !== undefined) return documentIn(cells)?.["project"] === project;
    return !taken.has(modelOf(cells));
  };
  let documents = 0;
  for (const name of documentLogs) {
    const fresh = await copyFreshRows({ from, to, project: name, log: documentLog, isWanted, signal });
    documents += new Set(fresh.map((cells) => cells.get("id"))).size;
  }
  return { documents, problems };
}

/** The registered model that a row of the registry is of. */
function modelOf(cells: RowCells): string {
  return cells.get("id")!.split(":", 2)[1] ?? "";
}

/** @returns the ids of models whose claims the other store has given to others */
async function copyClaims(
  { from, to, signal }: DocumentsCopy,
  problems: CopyProblem[],
): Promise<Set<string>> {
  const there = new Map<string, number>();
  for await (const { path, size } of to.listFiles(claimsFolder, { signal })) there.set(path, size);
  const taken = new Set<string>();
  for await (const { path, size } of from.listFiles(claimsFolder, { signal })) {
    const file = { from, to, path, size, sizeThere: there.get(path), quick: false, signal };
    if (!["different", "damaged"].includes(await copyFile(file))) continue;
    const model = await claimant(from, path);
    taken.add(model);
    const message = `the other store has given this name, or this number of a version, to another model: the registered model ${model} was not copied; rename or delete one of the two, and copy again`;
    problems.push({ kind: "conflict", project: undefined, predictionId: undefined, path, message });
  }
  return taken;
}

async function claimant(store: Store, path: string): Promise<string> {
  const [kind, folder] = path.slice(claimsFolder.length + 1).split("/");
  if (kind === "versions") return folder ?? "";
  const text = Buffer.from((await store.read(path))?.bytes ?? []).toString("utf8");
  return /"model":"(\w+)"/.exec(text)?.[1] ?? "";
}

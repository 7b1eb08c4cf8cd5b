import { pathsInRows, type TargetType, targetType, targetTypes } from "../../predictions/predictions-path.js";
import { predictionColumnTypes, readPredictions } from "../../predictions/read/read-predictions.js";
import { storeRanges } from "../../predictions/read/store-ranges.js";
import { UnreadableFile } from "../../predictions/read/unreadable-file.js";
import { emptyFolder } from "../../store/empty-folder.js";
import { inParallel } from "../../store/in-parallel.js";
import type { ListedFile } from "../../store/store.js";
import { TrackingError } from "../../tracking-error.js";
import { textKey } from "../../tracking-log/key-list.js";
import type { CheckedStore, CheckJob, WarehouseCheck } from "./check-job.js";
import { refusedColumns } from "./column-names.js";
import { mostFiles, whyOddName } from "./object-names.js";

/** Files that are read at the same time, and how many of a listing are in memory. */
const atOnce = 16;
const batchSize = 1024;

const folder = "predictions";

/** Looks at every file that a wildcard such as `predictions/*.text.parquet` takes, and at those none takes. */
export const checkPredictions: WarehouseCheck = async (job, known) => {
  const filesOf = new Map<TargetType, number>();
  let predictions = 0;
  let batch: ListedFile[] = [];
  const look = async () => {
    const files = batch;
    batch = [];
    await inParallel(files, atOnce, (file) => checkFile(job, known, file));
    predictions += files.length;
    job.onProgress(predictions, Math.max(predictions, known.experiments));
  };
  for await (const file of job.store.listFiles(folder)) {
    job.signal?.throwIfAborted();
    if (!file.path.endsWith(".parquet") || file.path.startsWith(`${folder}/${emptyFolder}/`)) continue;
    const type = typeInName(file.path);
    if (type) filesOf.set(type, (filesOf.get(type) ?? 0) + 1);
    batch.push(file);
    if (batch.length >= batchSize) await look();
  }
  await look();
  for (const [type, count] of filesOf) {
    if (!job.isBigQuery || count <= mostFiles) continue;
    const message = `${count} files of predictions_${type}, over ${mostFiles}: each query of it lists and opens them all`;
    await job.tell({ kind: "too-many-files", path: `${folder}/*.${type}.parquet`, message });
  }
  return { predictions };
};

/** The type of the labels that a file's name says. */
function typeInName(path: string): TargetType | undefined {
  return targetTypes.find((type) => path.endsWith(`.${type}.parquet`));
}

async function checkFile(job: CheckJob, known: CheckedStore, file: ListedFile): Promise<void> {
  const { path } = file;
  const { tell } = job;
  const odd = whyOddName(path);
  if (odd !== undefined) {
    if (job.isBigQuery) await tell({ kind: "odd-object-name", path, message: `its name has ${odd}` });
    return;
  }
  const type = typeInName(path);
  const isNamed = pathsInRows(path).some((name) => known.namedPredictions.has(...textKey(name)));
  if (!isNamed && job.oldEnough(file.modified)) {
    const message = "no row of a tracking log names it, and the table reads it all the same";
    if (type) await tell({ kind: "orphaned-predictions", path, message });
    else return; // no table reads it
  }
  if (!type) {
    const message = "its name does not say which type its labels are, so that no table reads it";
    return tell({ kind: "untyped-predictions", path, message });
  }
  try {
    const columns = await columnsOf(job, file);
    await tellOfOtherType(job, path, type, columns);
    const refused = refusedColumns(columns.map(({ nameInFile }) => nameInFile));
    if (job.isBigQuery && refused.length > 0) {
      const message = `BigQuery refuses columns of it: ${refused.join("; ")}`;
      await tell({ kind: "refused-column", path, message });
    }
  } catch (error) {
    if (!(error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE")) throw error;
    const why = error.cause instanceof UnreadableFile ? error.cause.message : error.message;
    if (await job.store.stat(path)) await tell({ kind: "damaged-predictions", path, message: why });
    else if (file.size === 0) {
      const message = "it is empty: whoever removed it was stopped";
      await tell({ kind: "damaged-predictions", path, message });
    }
  }
}

type Columns = Awaited<ReturnType<typeof predictionColumnTypes>>;

/** What the footer says of the columns; the labels are read too, where that is asked for. */
async function columnsOf(
  { store, readPredictions: all, signal }: CheckJob,
  { path, size }: ListedFile,
): Promise<Columns> {
  const ranges = storeRanges(store, path, size);
  const columns = await predictionColumnTypes(ranges, "the file");
  const labels = labelColumns.filter((name) => columns.some((column) => column.name === name));
  const options = { columns: labels, codes: true, name: "the file", nullable: () => true };
  if (all) await readPredictions(ranges, signal ? { ...options, signal } : options);
  return columns;
}

const labelColumns = ["y_true", "y_pred"];

async function tellOfOtherType(
  { tell }: CheckJob,
  path: string,
  type: TargetType,
  columns: Columns,
): Promise<void> {
  const wrong = labelColumns.flatMap((name) => {
    const found = columns.find((column) => column.name === name);
    if (found && targetType(found.type) === type) return [];
    return [found ? `${name} holds ${found.type}s` : `it has no column ${name}`];
  });
  if (wrong.length === 0) return;
  const message = `its name says ${type}, but ${wrong.join(" and ")}: every query of predictions_${type} fails`;
  await tell({ kind: "wrong-type", path, message });
}

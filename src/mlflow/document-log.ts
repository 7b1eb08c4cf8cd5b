import { jsonCell } from "../experiment/json-cell.js";
import { isTooDeep } from "../experiment/json-depth.js";
import type { JsonValue } from "../experiment/json-value.js";
import type { Store } from "../store/store.js";
import { appendRow } from "../tracking-log/append-row.js";
import { formatLine } from "../tracking-log/csv-line.js";
import { followLog } from "../tracking-log/follow-log.js";
import type { LogShape, RowCells } from "../tracking-log/log-shape.js";

const columns = ["written_at", "id", "document", "format"] as const;
const header = formatLine(columns);
const documentFormat = "1";

/** A log of documents: a row is a snapshot of one, and of its rows the one that was written last counts. */
export const documentLog: LogShape = {
  folder: "mlflow",
  title: "a log of MLflow's documents",
  needs: ["written_at", "id", "document"],
  whyNoRow(cells) {
    const time = cells.get("written_at") ?? "";
    if (Number.isNaN(Date.parse(time)))
      return `written_at is ${JSON.stringify(time.slice(0, 40))}, not a time`;
    return cells.get("id") ? undefined : "it has no id";
  },
  keyOf: ({ text }) => text,
};

/** The logs of documents that a store has. */
export const documentLogs = ["experiments", "logged-models", "registry"] as const;

type JsonObject = Record<string, JsonValue>;

/** The newest snapshot of each document of one name, which other processes write, too. */
export class DocumentLog {
  readonly #store: Store;
  readonly #name: string;
  readonly #now: () => Date;
  readonly #documents = new Map<string, { writtenAt: number; document: JsonObject }>();
  readonly #follower;

  /** @param name of the folder in `mlflow/` */
  constructor(store: Store, name: (typeof documentLogs)[number], now: () => Date) {
    this.#store = store;
    this.#name = name;
    this.#now = now;
    this.#follower = followLog(store, name, documentLog, { take: (cells) => this.#take(cells) });
  }

  #take(cells: RowCells): void {
    const writtenAt = Date.parse(cells.get("written_at")!);
    const id = cells.get("id")!;
    if (writtenAt < (this.#documents.get(id)?.writtenAt ?? 0)) return;
    const document = documentIn(cells);
    if (document) this.#documents.set(id, { writtenAt, document });
  }

  /** Takes in what was written since. */
  refresh(): Promise<void> {
    return this.#follower.look();
  }

  get(id: string): JsonObject | undefined {
    return this.#documents.get(id)?.document;
  }

  /** Every document with its id, in the order in which they were first written. */
  *entries(): Generator<[id: string, document: JsonObject]> {
    for (const [id, { document }] of this.#documents) yield [id, document];
  }

  /** Writes a snapshot; durable when it returns, and read by `get` from then on. */
  async put(id: string, document: JsonObject): Promise<void> {
    const before = this.#documents.get(id)?.writtenAt ?? 0;
    const writtenAt = Math.max(this.#now().getTime(), before + 1);
    const line = formatLine([new Date(writtenAt).toISOString(), id, jsonCell(document), documentFormat]);
    await appendRow(this.#store, this.#name, header, line, { now: new Date(writtenAt), log: documentLog });
    this.#documents.set(id, { writtenAt, document });
  }
}

/** The document of a row; undefined where it is no JSON object, or one deeper than is read. */
export function documentIn(cells: RowCells): JsonObject | undefined {
  const text = cells.get("document") ?? "";
  if (isTooDeep(text)) return undefined;
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

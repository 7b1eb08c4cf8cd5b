import { inSnakeCase } from "../../experiment/snake-case.js";
import { openStore } from "../../store/open-store.js";
import { namedProjects } from "../../tracking-log/named-projects.js";
import { googlePath } from "../../warehouse/linking-address.js";
import { bigQuery, duckDb } from "../../warehouse/sql-dialect.js";
import { parseDataset } from "../../warehouse/table-names.js";
import { warehouseScript } from "../../warehouse/warehouse-script.js";
import type { StoreFlags } from "../define-command.js";
import { sayOddFolders } from "../odd-folders.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";

export interface BigqueryFlags extends StoreFlags {
  dataset: string;
  dialect: "bigquery" | "duckdb";
}

/** Prints SQL that makes tables and views over the files of a store, for BigQuery or DuckDB. */
export async function bigqueryCommand(
  project: string | undefined,
  options: BigqueryFlags,
  terminal: Terminal,
): Promise<void> {
  const dataset = parseDataset(options.dataset);
  const store = openStore(options.store);
  const dialect = options.dialect === "bigquery" ? bigQuery : duckDb;
  if (options.dialect === "bigquery") googlePath(store.address);
  if (project === undefined) await sayOddFolders(store, terminal);
  const scripts = [];
  for (const name of await namedProjects(store, project)) {
    const script = await withProgress(`looking at predictions of ${name}`, terminal, (onProgress) =>
      warehouseScript(store, name, { dialect, dataset, onProgress }),
    );
    if (!script.followsNewFiles) {
      terminal.talk(
        `warning: the predictions of ${name} are of different types, so their files are named one by one; print and run this again for new ones to be seen`,
      );
    }
    scripts.push(script);
  }
  if (options.json) {
    await terminal.out(`${JSON.stringify({ store: store.address, projects: scripts.map(inSnakeCase) })}\n`);
    return;
  }
  for (const { statements } of scripts) {
    for (const statement of statements) await terminal.out(`${statement};\n\n`, { exact: true });
  }
}

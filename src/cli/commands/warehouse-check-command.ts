import { openStore } from "../../store/open-store.js";
import type { WarehouseFinding } from "../../warehouse/check-warehouse.js";
import { checkWarehouse } from "../../warehouse/check-warehouse.js";
import type { StoreFlags } from "../define-command.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";
import { wholeNumber } from "../whole-number.js";

export interface WarehouseCheckFlags extends StoreFlags {
  dialect: string;
  quick?: boolean;
  grace: string;
}

/** Tells what would go wrong when a warehouse reads the store; status 1 where something would. */
export async function warehouseCheckCommand(
  { store, dialect, quick, grace, json }: WarehouseCheckFlags,
  terminal: Terminal,
  setStatus: (status: number) => void,
): Promise<void> {
  const { address } = openStore(store);
  const graceSeconds = wholeNumber(grace, "--grace");
  const start = `{"store":${JSON.stringify(address)},"dialect":${JSON.stringify(dialect)},"findings":[`;
  let begun = false;
  const outFinding = async (finding: WarehouseFinding) => {
    if (!json) return terminal.out(`${describe(finding, address)}\n`);
    const { wayOut, ...rest } = finding;
    await terminal.out(`${begun ? "," : start}${JSON.stringify({ ...rest, way_out: wayOut })}`);
    begun = true;
  };
  const report = await withProgress("checking", terminal, (onProgress) =>
    checkWarehouse({
      store: address,
      dialect,
      predictions: !quick,
      graceSeconds,
      onProgress,
      onFinding: outFinding,
    }),
  );
  const { projects, experiments, predictions, logFiles, found } = report;
  setStatus(found > 0 ? 1 : 0);
  if (json) {
    const rest = { projects, experiments, log_files: logFiles, predictions, found, clean: found === 0 };
    await terminal.out(`${begun ? "" : start}],${JSON.stringify(rest).slice(1)}\n`);
    return;
  }
  if (logFiles === 0 && found === 0) {
    terminal.talk(`there is no tracking log in ${address}; name another --store`);
    return;
  }
  const counted = `${experiments} experiments in ${projects} projects, ${logFiles} log files and ${predictions} files of predictions`;
  terminal.talk(`${counted}: ${found === 0 ? "nothing would go wrong" : `${found} found`}`);
}

function describe({ kind, path, line, message, wayOut }: WarehouseFinding, address: string): string {
  const place = path === "" ? address : path;
  return `${kind} ${place}${line === undefined ? "" : `:${line}`}: ${message}; ${wayOut}`;
}

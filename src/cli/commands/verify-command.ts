import { type Finding, verifyStore } from "../../maintenance/verify-store.js";
import { openStore } from "../../store/open-store.js";
import { countText } from "../count-text.js";
import type { StoreFlags } from "../define-command.js";
import { withProgress } from "../progress.js";
import { spoolHint } from "../spool-hint.js";
import type { Terminal } from "../terminal.js";
import { wholeNumber } from "../whole-number.js";

export interface VerifyFlags extends StoreFlags {
  repair?: boolean;
  quick?: boolean;
  grace: string;
}

export async function verifyCommand(
  options: VerifyFlags,
  terminal: Terminal,
  setStatus: (status: number) => void,
): Promise<void> {
  const { address } = openStore(options.store);
  await spoolHint(address, terminal);
  const graceSeconds = wholeNumber(options.grace, "--grace");
  let begun = false;
  const outFinding = async (finding: Finding) => {
    if (!options.json) return terminal.out(`${describe(finding)}\n`);
    const before = begun ? "," : `{"store":${JSON.stringify(address)},"findings":[`;
    begun = true;
    return terminal.out(`${before}${JSON.stringify(finding)}`);
  };
  const mendable = new Set<Finding["kind"]>();
  const { projects, experiments, runs, found, open } = await withProgress(
    "checking predictions",
    terminal,
    (onProgress) =>
      verifyStore({
        store: address,
        repair: options.repair ?? false,
        predictions: !options.quick,
        graceSeconds,
        onProgress,
        onFinding: (finding) => {
          if (!finding.repaired && canRepair.has(finding.kind)) mendable.add(finding.kind);
          return outFinding(finding);
        },
      }),
  );
  setStatus(open > 0 ? 1 : 0);
  if (options.json) {
    const before = begun ? "" : `{"store":${JSON.stringify(address)},"findings":[`;
    const rest = JSON.stringify({ projects, experiments, runs, found, clean: open === 0 }).slice(1);
    await terminal.out(`${before}],${rest}\n`);
    return;
  }
  const both = [
    ...(experiments > 0 || runs === 0 ? [countText(experiments, "experiment")] : []),
    ...(runs > 0 ? [countText(runs, "run")] : []),
  ];
  const counted = `${both.join(" and ")} in ${countText(projects, "project")}`;
  if (projects === 0 && found === 0) terminal.talk(`there is no project in ${address}; name another --store`);
  else if (found === 0) terminal.talk(`${counted}: nothing wrong`);
  else {
    const hint = !options.repair && mendable.size > 0 ? "; --repair mends what can be" : "";
    terminal.talk(`${counted}: ${found} found, ${found - open} repaired, ${open} open${hint}`);
  }
}

const canRepair = new Set<Finding["kind"]>([
  "torn-line",
  "duplicate-row",
  "orphaned-predictions",
  "left-over-file",
  "row-left-behind",
  "torn-event",
]);

function describe({ kind, path, line, message, repaired }: Finding): string {
  return `${repaired ? "repaired " : ""}${kind} ${path}${line === undefined ? "" : `:${line}`}: ${message}`;
}

import { openStore } from "../store/open-store.js";
import { type Finding, verifyStore } from "../verify-store.js";
import { withProgress } from "./progress.js";
import { spoolHint } from "./spool-hint.js";
import type { Terminal } from "./terminal.js";
import { wholeNumber } from "./whole-number.js";

export interface VerifyFlags {
  store?: string;
  json?: boolean;
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
  const report = await withProgress("checking predictions", terminal, (onProgress) =>
    verifyStore({
      store: address,
      repair: options.repair ?? false,
      predictions: !options.quick,
      graceSeconds,
      onProgress,
    }),
  );
  const open = report.findings.filter(({ repaired }) => !repaired);
  setStatus(open.length > 0 ? 1 : 0);
  if (options.json) {
    await terminal.out(`${JSON.stringify({ store: address, ...report, clean: open.length === 0 })}\n`);
    return;
  }
  for (const finding of report.findings) await terminal.out(`${describe(finding)}\n`);
  const counted = `${report.experiments} experiments in ${report.projects} projects`;
  if (report.findings.length === 0) terminal.talk(`${counted}: nothing wrong`);
  else {
    const repaired = report.findings.length - open.length;
    const mendable = !options.repair && open.some(({ kind }) => canRepair.has(kind));
    terminal.talk(
      `${counted}: ${report.findings.length} found, ${repaired} repaired, ${open.length} open${mendable ? "; --repair mends what can be" : ""}`,
    );
  }
}

const canRepair = new Set<Finding["kind"]>([
  "torn-line",
  "duplicate-row",
  "orphaned-predictions",
  "left-over-file",
  "row-left-behind",
]);

function describe({ kind, path, line, message, repaired }: Finding): string {
  return `${repaired ? "repaired " : ""}${kind} ${path}${line === undefined ? "" : `:${line}`}: ${message}`;
}

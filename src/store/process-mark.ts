import { createHash } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

/**
 * Marks a process in a file name, so that others can tell whether it still runs: the machine, the process id,
 * and when it started (in the kernel's clock ticks), since ids are given again.
 */
export interface ProcessMark {
  machine: string;
  pid: number;
  /** "0" where the system does not tell: macOS, Windows. */
  started: string;
}

let own: Promise<ProcessMark> | undefined;

/** The mark of this process, the same in all its threads. */
export function ownMark(): Promise<ProcessMark> {
  own ??= (async () => {
    // Containers may share a host name; their process ids are counted in name spaces of their own.
    const ids = await readlink("/proc/self/ns/pid").catch(() => "");
    const machine = createHash("sha256").update(`${hostname()}\n${ids}`).digest("hex").slice(0, 8);
    return { machine, pid: process.pid, started: (await startOf(process.pid)) ?? "0" };
  })();
  return own;
}

/** @example markText({ machine: "0badcafe", pid: 42, started: "917" }) // "0badcafe-42-917" */
export function markText({ machine, pid, started }: ProcessMark): string {
  return `${machine}-${pid}-${started}`;
}

export function parseMark(text: string): ProcessMark | undefined {
  const match = /^([0-9a-f]{8})-(\d{1,10})-(\d{1,20})$/.exec(text);
  if (!match) return undefined;
  return { machine: match[1] as string, pid: Number(match[2]), started: match[3] as string };
}

/** Whether the marked process runs; undefined where that cannot be told from here. */
export async function isRunning(mark: ProcessMark): Promise<boolean | undefined> {
  if (mark.machine !== (await ownMark()).machine) return undefined;
  if (!exists(mark.pid)) return false;
  if (mark.started === "0") return mark.pid === process.pid ? true : undefined;
  return (await startOf(mark.pid)) === mark.started;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process started, on Linux. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, which may hold anything; the start is the 22nd.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

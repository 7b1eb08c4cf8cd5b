import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, statfsSync } from "node:fs";
import { cpus, freemem, totalmem } from "node:os";

/** Takes the numbers of the machine one time after the other; MLflow's names, each under `system/`. */
export interface MachineMetrics {
  /** What can be known now; shares and rates are of the time since the last call. */
  sample(): Record<string, number>;
  stop(): void;
}

const megabyte = 1e6;

/**
 * The use of processors, memory, the disk of a folder, the network, and NVIDIA's GPUs where `nvidia-smi` is
 * there: of the whole machine, not of one process. What cannot be known is left out.
 * @param folder a folder on the disk that is looked at
 * @param seconds between two samples
 */
export function machineMetrics(folder: string, seconds: number): MachineMetrics {
  let busy = processorTimes();
  let network = networkBytes();
  const gpus = watchGpus(seconds);
  return {
    sample() {
      const now = processorTimes();
      const spent = now.total - busy.total;
      const found: Record<string, number> = {};
      if (spent > 0) found["cpu_utilization_percentage"] = (100 * (now.busy - busy.busy)) / spent;
      busy = now;
      const total = totalmem();
      const used = total - availableMemory();
      found["system_memory_usage_megabytes"] = used / megabyte;
      found["system_memory_usage_percentage"] = (100 * used) / total;
      Object.assign(found, diskUse(folder));
      const bytes = networkBytes();
      if (network && bytes) {
        found["network_receive_megabytes"] = (bytes.received - network.received) / megabyte;
        found["network_transmit_megabytes"] = (bytes.sent - network.sent) / megabyte;
      }
      network = bytes;
      Object.assign(found, gpus.latest());
      return Object.fromEntries(
        Object.entries(found)
          .filter(([, value]) => Number.isFinite(value))
          .map(([name, value]) => [`system/${name}`, Number(value.toFixed(3))]),
      );
    },
    stop: () => gpus.stop(),
  };
}

function processorTimes(): { busy: number; total: number } {
  let [busy, total] = [0, 0];
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq;
    total += all;
    busy += all - times.idle;
  }
  return { busy, total };
}

/** On Linux free memory is less than what is to be had: files that were read lie in the rest. */
function availableMemory(): number {
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(textOf("/proc/meminfo"))?.[1];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
}

function diskUse(folder: string): Record<string, number> {
  try {
    const { blocks, bfree, bavail, bsize } = statfsSync(folder);
    const used = (blocks - bfree) * bsize;
    return {
      disk_usage_megabytes: used / megabyte,
      disk_usage_percentage: (100 * used) / (used + bavail * bsize),
      disk_available_megabytes: (bavail * bsize) / megabyte,
    };
  } catch {
    return {}; // the folder is gone, or its disk does not say
  }
}

/** Of all interfaces but the machine's own; undefined where the system does not say. */
function networkBytes(): { received: number; sent: number } | undefined {
  const lines = textOf("/proc/net/dev").split("\n").slice(2);
  if (lines.length === 0) return undefined;
  let [received, sent] = [0, 0];
  for (const line of lines) {
    const [name, rest] = line.split(":");
    if (rest === undefined || name!.trim() === "lo") continue;
    const fields = rest.trim().split(/\s+/).map(Number);
    received += fields[0] ?? 0;
    sent += fields[8] ?? 0;
  }
  return { received, sent };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return ""; // another system than Linux
  }
}

const gpuQuery = "index,utilization.gpu,memory.used,memory.total,power.draw";

/** One `nvidia-smi` that goes on printing; none where there is none. */
function watchGpus(seconds: number): { latest: () => Record<string, number>; stop: () => void } {
  const latest: Record<string, number> = {};
  let smi: ChildProcess | undefined;
  try {
    const loop = ["-lms", String(Math.max(100, Math.round(1000 * seconds)))];
    smi = spawn("nvidia-smi", [`--query-gpu=${gpuQuery}`, "--format=csv,noheader,nounits", ...loop], {
      stdio: ["ignore", "pipe", "ignore"],
      windowsHide: true,
    });
  } catch {
    return { latest: () => latest, stop: () => {} };
  }
  smi.on("error", () => {}); // there is none
  smi.unref();
  let rest = "";
  smi.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) Object.assign(latest, gpuMetrics(line));
  });
  (smi.stdout as unknown as { unref?: () => void } | null)?.unref?.();
  // One that was never started has no process id yet, and Node.js would end this process and all of its group.
  return { latest: () => ({ ...latest }), stop: () => void (smi.pid !== undefined && smi.kill()) };
}

/** A line of `nvidia-smi`, whose memory is in mebibytes: what a GPU does not say is no number there. */
export function gpuMetrics(line: string): Record<string, number> {
  const [index, use, used, total, power] = line.split(",").map((field) => field.trim());
  if (!index || !/^\d+$/.test(index)) return {};
  const mebibyte = 2 ** 20 / megabyte;
  const numbers = {
    utilization_percentage: Number(use),
    memory_usage_megabytes: Number(used) * mebibyte,
    memory_usage_percentage: (100 * Number(used)) / Number(total),
    power_usage_watts: Number(power),
  };
  return Object.fromEntries(
    Object.entries(numbers)
      .filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => [`gpu_${index}_${name}`, value]),
  );
}

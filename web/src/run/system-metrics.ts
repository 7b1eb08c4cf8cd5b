const ofMachine = [
  "cpu_utilization_percentage",
  "system_memory_usage_percentage",
  "system_memory_usage_megabytes",
  "network_receive_megabytes",
  "network_transmit_megabytes",
  "disk_usage_percentage",
  "disk_available_megabytes",
];
const ofGpu = [
  "utilization_percentage",
  "memory_usage_percentage",
  "memory_usage_megabytes",
  "power_usage_watts",
  "power_usage_percentage",
];
const mostGpus = 8;
const prefix = "system/";

/** What a run records of its machine; those that one does not have are left out where they are asked for. */
export const systemMetrics: readonly string[] = [
  ...ofMachine,
  ...Array.from({ length: mostGpus }, (_, gpu) => ofGpu.map((name) => `gpu_${gpu}_${name}`)).flat(),
].map((name) => `${prefix}${name}`);

/** Whether a metric is of the machine: MLflow's clients log these among the others. */
export function isSystemMetric(name: string): boolean {
  return name.startsWith(prefix);
}

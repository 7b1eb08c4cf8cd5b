import type { Terminal } from "./terminal.js";

/** Shows how far long work is, where a person watches; elsewhere nothing. */
export async function withProgress<T>(
  what: string,
  terminal: Terminal,
  work: (onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  if (!terminal.watched) return work(() => {});
  const { default: progress } = await import("cli-progress");
  const bar = new progress.SingleBar({
    format: `${what} {bar} {value}/{total} {eta_formatted}`,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let started = false;
  try {
    return await work((done, total) => {
      if (!started) bar.start(total, 0);
      started = true;
      bar.update(done);
    });
  } finally {
    if (started) bar.stop();
  }
}

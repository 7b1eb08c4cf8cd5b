type Stream = "stdout" | "stderr";
type Listener = (stream: Stream, text: string) => void;

/** A run's console takes no more than so many characters. */
const most = 5_000_000;
/** Text is handed over in pieces of whole lines, at most so long after it was printed, in milliseconds. */
const wait = 100;

const listeners = new Set<(stream: Stream, text: string) => void>();
const original = new Map<Stream, typeof process.stdout.write>();

/**
 * Hears what this process prints from now on, which is printed all the same.
 * @returns ends it
 */
export function captureConsole(hear: Listener): () => void {
  const waiting: Record<Stream, string> = { stdout: "", stderr: "" };
  let left = most;
  let timer: NodeJS.Timeout | undefined;
  const handOver = (isLast: boolean) => {
    timer = undefined;
    for (const stream of ["stdout", "stderr"] as const) {
      const end = isLast ? waiting[stream].length : waiting[stream].lastIndexOf("\n") + 1;
      if (end === 0) continue;
      const text = lastStates(waiting[stream].slice(0, end));
      waiting[stream] = waiting[stream].slice(end);
      if (left <= 0) continue;
      hear(stream, text.slice(0, left));
      left -= text.length;
      if (left <= 0) hear("stderr", `[what was printed after ${most} characters is not recorded]\n`);
    }
  };
  const listener = (stream: Stream, text: string) => {
    if (left <= 0) return;
    waiting[stream] += text;
    timer ??= setTimeout(() => handOver(false), wait);
    timer.unref();
  };
  if (listeners.size === 0) for (const stream of ["stdout", "stderr"] as const) wrap(stream);
  listeners.add(listener);
  return () => {
    if (!listeners.delete(listener)) return;
    clearTimeout(timer);
    handOver(true);
    if (listeners.size === 0) for (const stream of ["stdout", "stderr"] as const) unwrap(stream);
  };
}

/** Of a line that was printed over itself, as progress bars are, what it was in the end. */
function lastStates(text: string): string {
  return text.replace(/[^\n]*\r(?!\n)/g, "");
}

function wrap(stream: Stream): void {
  const target = process[stream];
  const write: typeof target.write = Reflect.get(target, "write");
  original.set(stream, write);
  target.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    for (const listener of listeners) listener(stream, text);
    return Reflect.apply(write, target, [chunk, ...rest]) as boolean;
  };
}

/** Where somebody else wrapped it meanwhile, theirs stays. */
function unwrap(stream: Stream): void {
  const write = original.get(stream);
  if (write) process[stream].write = write;
  original.delete(stream);
}

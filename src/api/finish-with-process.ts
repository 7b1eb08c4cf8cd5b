type End = (status: "finished" | "killed") => Promise<void>;

/** A store that does not answer keeps a process that is to end no longer than this, in milliseconds. */
const longest = 5_000;
const signals = ["SIGINT", "SIGTERM"] as const;
const open = new Set<End>();

/**
 * Ends a run with the process: as finished where nothing is left to do, as killed where it is told to stop.
 * @returns no longer needed
 */
export function finishWithProcess(end: End): () => void {
  if (open.size === 0) {
    process.on("beforeExit", atEnd);
    for (const signal of signals) process.on(signal, atSignal);
  }
  open.add(end);
  return () => {
    open.delete(end);
    if (open.size > 0) return;
    process.off("beforeExit", atEnd);
    for (const signal of signals) process.off(signal, atSignal);
  };
}

function atEnd(): void {
  for (const end of open) void end("finished").catch(() => {}); // the store said why when it was written to
}

/** Whoever listens to the signal too decides what becomes of the process; else it ends as without us. */
function atSignal(signal: NodeJS.Signals): void {
  void endBySignal(signal, process.listenerCount(signal) === 1);
}

async function endBySignal(signal: NodeJS.Signals, isOurs: boolean): Promise<void> {
  const patience = new Promise((resolve) => {
    setTimeout(resolve, longest).unref();
  });
  await Promise.race([Promise.allSettled([...open].map((end) => end("killed"))), patience]);
  if (!isOurs) return;
  process.off(signal, atSignal);
  process.kill(process.pid, signal);
}

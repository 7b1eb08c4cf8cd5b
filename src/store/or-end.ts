/** What a promise comes to, or the signal's reason as soon as that is aborted. */
export async function orEnd<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (!signal) return promise;
  let forget = () => {};
  const ended = new Promise<never>((_, reject) => {
    forget = whenAborted(signal, () => reject(signal.reason as Error));
  });
  promise.catch(() => {}); // when the signal ends first, nobody waits for it any more
  try {
    return await Promise.race([promise, ended]);
  } finally {
    forget();
  }
}

/** What waits for a signal, and the one listener that it all has: of more than ten Node.js 20 warns. */
interface Waiting {
  ends: Set<() => void>;
  listener: () => void;
}
const waitingFor = new WeakMap<AbortSignal, Waiting>();

/** @returns what takes it back */
function whenAborted(signal: AbortSignal, end: () => void): () => void {
  if (signal.aborted) {
    end();
    return () => {};
  }
  const { ends, listener } = waitingFor.get(signal) ?? newWaiting();
  if (ends.size === 0) {
    waitingFor.set(signal, { ends, listener });
    signal.addEventListener("abort", listener);
  }
  ends.add(end);
  return () => {
    ends.delete(end);
    if (ends.size > 0) return;
    waitingFor.delete(signal);
    signal.removeEventListener("abort", listener);
  };
}

function newWaiting(): Waiting {
  const ends = new Set<() => void>();
  return {
    ends,
    listener: () => {
      for (const end of ends) end();
    },
  };
}

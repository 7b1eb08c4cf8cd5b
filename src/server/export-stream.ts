/** Exports that are made at the same time: each holds a query's results and a connection. */
const mostExports = 4;

/** Milliseconds after which a client that reads nothing of its export is given up. */
export const usualPatience = 120_000;

/** Counts what is under way. */
export interface Slots {
  most: number;
  /** @returns what frees the place again, or undefined where none is free */
  take(): (() => void) | undefined;
}

export function exportSlots(most = mostExports): Slots {
  let taken = 0;
  return {
    most,
    take() {
      if (taken >= most) return undefined;
      taken += 1;
      let held = true;
      return () => {
        if (held) taken -= 1;
        held = false;
      };
    },
  };
}

export interface ExportStream {
  /** What was asked for already, to see that the query is understood. */
  first: IteratorResult<string, void>;
  rest: AsyncGenerator<string, void>;
  patience: number;
  /**
   * Cuts the connection, so that nobody takes the part for the whole; called with what went wrong, or
   * undefined for a client that does not read.
   */
  cut: (error: unknown) => void;
  /** Called once, when it is over, however it ends. */
  onEnd: () => void;
}

/** An export's bytes, a piece each time that the client has taken the one before. */
export function exportStream({
  first,
  rest,
  patience,
  cut,
  onEnd,
}: ExportStream): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string, void> | undefined = first;
  let timer: NodeJS.Timeout | undefined;
  const end = async () => {
    clearTimeout(timer);
    try {
      await rest.return();
    } finally {
      onEnd();
    }
  };
  const giveUpLater = () => {
    timer = setTimeout(() => {
      cut(undefined);
      void end();
    }, patience);
  };
  giveUpLater();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        try {
          const piece = next ?? (await rest.next());
          next = undefined;
          if (piece.done) {
            await end();
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(piece.value));
          giveUpLater();
        } catch (error) {
          cut(error);
          await end();
          controller.close(); // the connection is cut already
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

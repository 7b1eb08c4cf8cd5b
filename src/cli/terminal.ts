import { createInterface } from "node:readline/promises";

/** What a command may touch of the world: data goes to `out`, talk to `talk`. */
export interface Terminal {
  /**
   * Writes data to standard output; waits while a slow reader catches up.
   * @param options.exact it is a file for other programs, of which no character may change, unless a person
   * looks at it on a screen
   */
  out(text: string, options?: { exact?: boolean }): Promise<void>;
  /** Says something on standard error. */
  talk(text: string): void;
  /** Says a question on standard error, and gives the line that is typed; empty where nobody can answer. */
  ask(question: string): Promise<string>;
  /** Everything from standard input. */
  input(): Promise<Uint8Array>;
  /** Whether a person watches standard error. */
  watched: boolean;
  /** Whether standard output is a screen; by default not. */
  screen?: boolean;
  /** Characters in a line of standard output. */
  width: number;
}

export const processTerminal: Terminal = {
  out: (text) =>
    new Promise((resolve, reject) => {
      // The stream tells of a failure by an event too, which would end the process where nobody listens; once
      // is enough.
      if (process.stdout.listenerCount("error") === 0) process.stdout.on("error", () => {});
      process.stdout.write(text, (error) => {
        // Whoever reads has seen enough (`| head`): that is no failure.
        if (error && "code" in error && error.code === "EPIPE") resolve();
        else if (error) reject(error);
        else resolve();
      });
    }),
  talk: (text) => {
    process.stderr.write(`${text}\n`);
  },
  ask: async (question) => {
    if (!process.stdin.isTTY) return "";
    const asking = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await asking.question(question);
    } finally {
      asking.close();
    }
  },
  input: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  watched: process.stderr.isTTY ?? false,
  screen: process.stdout.isTTY ?? false,
  width: process.stdout.columns ?? 120,
};

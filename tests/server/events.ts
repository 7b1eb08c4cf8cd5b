/** Reads server-sent events. */
export interface Events {
  /** The next event of that name with its data; fails after some time. */
  next(name: string, milliseconds?: number): Promise<unknown>;
  close(): void;
}

export async function openEvents(address: string): Promise<Events> {
  const abort = new AbortController();
  const response = await fetch(`${address}/api/events`, { signal: abort.signal });
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    throw new Error(`no events but ${response.status} ${await response.text()}`);
  }
  const waiting: { name: string; data: unknown }[] = [];
  let wake = () => {};
  const read = async () => {
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk, { stream: true });
      const events = text.split("\n\n");
      text = events.pop()!;
      for (const event of events) {
        const name = /^event: (.*)$/m.exec(event)?.[1];
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (name !== undefined)
          waiting.push({ name, data: data === undefined ? undefined : JSON.parse(data) });
      }
      wake();
    }
  };
  const reading = read().catch(() => {}); // closed
  return {
    async next(name, milliseconds = 60_000) {
      const end = performance.now() + milliseconds;
      for (;;) {
        const at = waiting.findIndex((event) => event.name === name);
        if (at >= 0) return waiting.splice(0, at + 1).at(-1)!.data;
        const left = end - performance.now();
        if (left <= 0) throw new Error(`no ${name} in ${milliseconds} ms`);
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, left);
        });
        clearTimeout(timer);
      }
    },
    close() {
      abort.abort();
      void reading;
    },
  };
}

import type { QueryClient } from "@tanstack/react-query";

import { statusQuery } from "./queries.js";

/** How often a page asks by itself, in milliseconds, where it cannot be told. */
const pollEvery = 5_000;

/**
 * Hears of what is logged and makes every answer about the store fresh. All tabs share one connection, since
 * a browser opens only six to one server; where that is not possible, each asks now and then.
 */
export function listenForChanges(client: QueryClient): void {
  let known: number | undefined;
  const hear = (generation: number) => {
    // What the page asked for before it was connected may be of an earlier state.
    known ??= client.getQueryData(statusQuery().queryKey)?.generation;
    if (known !== undefined && generation !== known) void client.invalidateQueries({ queryKey: ["store"] });
    known = generation;
  };
  if (typeof SharedWorker === "undefined") {
    poll(client, hear);
    return;
  }
  const worker = new SharedWorker(new URL("./change-worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("error", () => poll(client, hear), { once: true });
  const { port } = worker;
  port.addEventListener("message", (event: MessageEvent<number>) => hear(event.data));
  port.start();
  port.postMessage(new URL("api/events", document.baseURI).href);
}

function poll(client: QueryClient, hear: (generation: number) => void): void {
  const ask = async () => {
    if (document.hidden) return;
    const answer = await client
      .fetchQuery({ ...statusQuery(), staleTime: 0, retry: false })
      .catch(() => undefined);
    if (answer) hear(answer.generation);
  };
  setInterval(() => void ask(), pollEvery);
}

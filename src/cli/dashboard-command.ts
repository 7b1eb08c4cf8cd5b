import { serve, usualInterval } from "../server/serve.js";
import { openStore } from "../store/open-store.js";
import { spoolHint } from "./spool-hint.js";
import type { Terminal } from "./terminal.js";
import { wholeNumber } from "./whole-number.js";

export interface DashboardOptions {
  store?: string;
  json?: boolean;
  host: string;
  port?: string;
  token?: string;
  poll?: string;
  cacheLimit?: string;
}

/** Serves the dashboard until the process is asked to end. */
export async function dashboardCommand(options: DashboardOptions, terminal: Terminal): Promise<void> {
  const store = openStore(options.store);
  await spoolHint(store.address, terminal);
  const usualPort = options.port === undefined;
  const interval =
    options.poll === undefined ? usualInterval(store) : 1000 * wholeNumber(options.poll, "--poll", 1);
  const settings = {
    store,
    host: options.host,
    interval,
    cacheLimit:
      options.cacheLimit === undefined
        ? undefined
        : 2 ** 20 * wholeNumber(options.cacheLimit, "--cache-limit"),
    ...(options.token === undefined ? {} : { token: options.token }),
  };
  const port = usualPort ? 7878 : wholeNumber(options.port as string, "--port");
  const server = await serve({ ...settings, port }).catch((error: unknown) => {
    // Nobody asked for this port in particular: another dashboard may have it.
    if (usualPort && isTaken(error)) return serve({ ...settings, port: 0 });
    throw error;
  });
  if (options.json) await terminal.out(`${JSON.stringify({ url: server.url, store: store.address })}\n`);
  else await terminal.out(`Dashboard of ${store.address}: ${server.url}\n`);
  if (!store.localPath) terminal.talk(`What is new is looked for every ${interval / 1000} s (--poll).`);
  terminal.talk("Ctrl-C ends it.");
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await server.close();
}

function isTaken(error: unknown): boolean {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
}

import { serve, usualInterval } from "../../server/serve.js";
import { openStore } from "../../store/open-store.js";
import { codeOf } from "../../tracking-error.js";
import { dashboardToken } from "../dashboard-token.js";
import type { StoreFlags } from "../define-command.js";
import { openBrowser } from "../open-browser.js";
import { spoolHint } from "../spool-hint.js";
import type { Terminal } from "../terminal.js";
import { wholeNumber } from "../whole-number.js";

export interface DashboardFlags extends StoreFlags {
  host: string;
  port?: string;
  token?: string | false;
  tokenFile?: string;
  basePath?: string;
  allowedHost?: string[];
  trustedProxy?: string[];
  socket?: string;
  embedIn?: string[];
  untilInputEnds?: boolean;
  readOnly?: boolean;
  /** False where it is not to be opened in the browser. */
  open: boolean;
  poll?: string;
  cacheLimit?: string;
}

/** A week in seconds. A timer of Node.js beyond 24 days goes off at once, and so all the time. */
const longestPoll = 604_800;

/** Serves the dashboard until the process is asked to end. */
export async function dashboardCommand(options: DashboardFlags, terminal: Terminal): Promise<void> {
  const store = openStore(options.store);
  await spoolHint(store.address, terminal);
  const token = await dashboardToken(options);
  const usualPort = options.port === undefined;
  const interval =
    options.poll === undefined
      ? usualInterval(store)
      : 1000 * wholeNumber(options.poll, "--poll", 1, longestPoll);
  const settings = {
    store,
    host: options.host,
    interval,
    readOnly: options.readOnly ?? false,
    cacheLimit:
      options.cacheLimit === undefined
        ? undefined
        : 2 ** 20 * wholeNumber(options.cacheLimit, "--cache-limit"),
    ...(token === undefined ? {} : { token }),
    basePath: options.basePath,
    allowedHosts: options.allowedHost ?? [],
    trustedProxies: options.trustedProxy ?? [],
    socket: options.socket,
    embedIn: options.embedIn ?? [],
  };
  const port = usualPort ? 7878 : wholeNumber(options.port as string, "--port", 0, 65_535);
  const server = await serve({ ...settings, port }).catch((error: unknown) => {
    // Nobody asked for this port in particular: another dashboard may have it.
    if (usualPort && isTaken(error)) return serve({ ...settings, port: 0 });
    throw error;
  });
  // Before anybody knows that it runs, and may want it to end.
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    for (const each of ["SIGINT", "SIGTERM"] as const) process.once(each, resolve);
    if (options.untilInputEnds) process.stdin.resume().once("end", () => resolve("SIGTERM"));
  });
  if (options.json) {
    const shown = { url: server.url, token: server.token ?? null, store: store.address };
    await terminal.out(`${JSON.stringify(shown)}\n`);
  } else await terminal.out(`Dashboard of ${store.address}: ${server.url}\n`);
  if (!store.localPath) terminal.talk(`What is new is looked for every ${interval / 1000} s (--poll).`);
  if (token === undefined)
    terminal.talk(
      options.readOnly
        ? "Every user of this machine can read it (--no-token)."
        : "Every user of this machine can read it, and write what is said of it (--no-token, --read-only).",
    );
  else if (typeof options.token === "string" && options.token !== "random") {
    terminal.talk(
      "Other users can see --token in the list of processes; ML_TRACKING_TOKEN and --token-file keep it from them.",
    );
  }
  if (options.open && !options.json && !options.socket)
    openBrowser(server.entryUrl(), terminal.screen ?? false);
  terminal.talk("Ctrl-C ends it.");
  const signal = await asked;
  // The signal's own effect, without the handler: a disk that does not answer must not keep the process.
  setTimeout(() => process.kill(process.pid, signal), longestClose).unref();
  await server.close();
  if (options.untilInputEnds) process.stdin.destroy(); // open input would keep the process
}

/** Milliseconds that the server may take to end. */
const longestClose = 5_000;

function isTaken(error: unknown): boolean {
  const { cause } = error as { cause?: unknown };
  return codeOf(cause) === "EADDRINUSE";
}

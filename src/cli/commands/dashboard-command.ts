import { stat } from "node:fs/promises";

import { loopback, type RunningServer, serve, usualInterval } from "../../server/serve.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { codeOf, TrackingError } from "../../tracking-error.js";
import { everyProject } from "../../tracking-log/project-folders.js";
import { dashboardToken } from "../dashboard-token.js";
import type { StoreFlags } from "../define-command.js";
import { openBrowser } from "../open-browser.js";
import { spoolHint } from "../spool-hint.js";
import type { Terminal } from "../terminal.js";
import { wholeNumber } from "../whole-number.js";

/** What every command has that serves a store. */
export interface ServingFlags extends StoreFlags {
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
  poll?: string;
  cacheLimit?: string;
}

export interface DashboardFlags extends ServingFlags {
  /** False where it is not to be opened in the browser. */
  open: boolean;
}

/** A week in seconds. A timer of Node.js beyond 24 days goes off at once, and so all the time. */
const longestPoll = 604_800;

/** How the two commands that serve a store differ. */
interface Manner {
  title: string;
  /** Whether a store that cannot be read ends it. */
  readsFirst: boolean;
  /** Whether another port will do where the usual one is taken: nobody has to know it beforehand. */
  anyPort: boolean;
  /** What is asked of everyone where no token is given. */
  token: "random" | undefined;
  /** Said once it runs. */
  opened: (server: RunningServer) => void;
}

/** Serves the dashboard until the process is asked to end. */
export function dashboardCommand(options: DashboardFlags, terminal: Terminal): Promise<void> {
  return serveUntilAsked(options, terminal, {
    title: "Dashboard",
    readsFirst: false, // its pages say it
    anyPort: true,
    token: "random", // a port of this machine is open to all its users
    opened(server) {
      if (options.open && !options.json && !options.socket)
        openBrowser(server.entryUrl(), terminal.screen ?? false);
    },
  });
}

/** Serves MLflow's clients, and the dashboard, until the process is asked to end. */
export function serverCommand(options: ServingFlags, terminal: Terminal): Promise<void> {
  return serveUntilAsked(options, terminal, {
    title: "Server",
    readsFirst: true, // a store that cannot be read is said now, and not to each client
    anyPort: false,
    token: loopback.has(options.host) ? undefined : "random", // as MLflow's clients expect it of their own machine
    opened({ address, token }) {
      if (options.json || options.socket !== undefined) return; // MLflow's client takes no socket
      const variables = [`MLFLOW_TRACKING_URI=${new URL(address).origin}`];
      const { tokenFile } = options;
      if (tokenFile !== undefined) variables.push(`MLFLOW_TRACKING_TOKEN="$(cat ${inShell(tokenFile)})"`);
      else if (token !== undefined) variables.push(`MLFLOW_TRACKING_TOKEN=${token}`);
      const does = options.readOnly ? "reads" : "logs";
      terminal.talk(`MLflow's client ${does} here with: ${variables.join(" ")}`);
      if (isNew(options, token)) terminal.talk("The token is another at each start: --token-file keeps one.");
    },
  });
}

async function serveUntilAsked(options: ServingFlags, terminal: Terminal, manner: Manner): Promise<void> {
  const store = openStore(options.store);
  if (options.readOnly) await refuseAbsent(store);
  if (manner.readsFirst) await everyProject(store);
  await spoolHint(store.address, terminal);
  const token = await dashboardToken(options, manner.token);
  const usualPort = options.port === undefined && manner.anyPort;
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
  const port = wholeNumber(options.port ?? "7878", "--port", 0, 65_535);
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
  // Whoever keeps the token in a file wants it on no screen and in no log.
  const url = options.tokenFile === undefined ? server.url : server.address;
  if (options.json) {
    const shown = { url, token: server.token ?? null, store: store.address };
    await terminal.out(`${JSON.stringify(shown)}\n`);
  } else await terminal.out(`${manner.title} of ${store.address}: ${url}\n`);
  if (options.tokenFile !== undefined && !options.json)
    terminal.talk(`The token is in ${options.tokenFile}.`);
  if (!store.localPath) terminal.talk(`What is new is looked for every ${interval / 1000} s (--poll).`);
  if (token === undefined)
    terminal.talk(
      options.readOnly
        ? "Every user of this machine can read it (--token, --token-file)."
        : "Every user of this machine can read and write it (--token, --token-file, --read-only).",
    );
  else if (typeof options.token === "string" && options.token !== "random") {
    terminal.talk(
      "Other users can see --token in the list of processes; ML_TRACKING_TOKEN and --token-file keep it from them.",
    );
  }
  manner.opened(server);
  terminal.talk("Ctrl-C ends it.");
  const signal = await asked;
  // The signal's own effect, without the handler: a disk that does not answer must not keep the process.
  setTimeout(() => process.kill(process.pid, signal), longestClose).unref();
  await server.close();
  if (options.untilInputEnds) process.stdin.destroy(); // open input would keep the process
}

/** Nothing will ever be written there by who only reads: the name is a slip. Of a bucket nobody can tell. */
async function refuseAbsent(store: Store): Promise<void> {
  const { address } = store;
  if (!store.localPath || (await stat(address).catch(() => undefined)) !== undefined) return;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `there is no folder ${address}, and --read-only makes none; name the store in --store, or leave --read-only out`,
  );
}

/** @example inShell("my token") // "'my token'" */
function inShell(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Milliseconds that the server may take to end. */
const longestClose = 5_000;

/** Whether the token was made for this start alone. */
function isNew({ token, tokenFile }: ServingFlags, used: string | undefined): boolean {
  const isGiven = tokenFile !== undefined || (typeof token === "string" && token !== "random");
  return used !== undefined && !isGiven && used !== process.env["ML_TRACKING_TOKEN"];
}

function isTaken(error: unknown): boolean {
  const { cause } = error as { cause?: unknown };
  return codeOf(cause) === "EADDRINUSE";
}

import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";

import { getRequestListener } from "@hono/node-server";

import packageJson from "../../package.json" with { type: "json" };
import type { Catalog } from "../catalog/catalog.js";
import { openCatalog } from "../catalog/open-catalog.js";
import { openCharts } from "../charts/open-charts.js";
import { cacheFolder, storeCacheFolder } from "../duckdb/cache-folder.js";
import { currentUser } from "../experiment/environment/run-environment.js";
import { judgingProgram, openJudging } from "../judge/thread/judging-thread.js";
import { keptJudging } from "../judge/thread/kept-judging.js";
import { openMlflow } from "../mlflow/open-mlflow.js";
import { openPlots } from "../plots/open-plots.js";
import type { Store } from "../store/store.js";
import { isError, messageOf, TrackingError, visibleText } from "../tracking-error.js";
import { readAllowedHosts } from "./allowed-hosts.js";
import type { AppOptions } from "./app.js";
import { createApp } from "./app.js";
import { answerBadRequests, badRequest } from "./bad-requests.js";
import { readBasePath, withoutBasePath } from "./base-path.js";
import { entryCodes } from "./entry-codes.js";
import { fillInBackground } from "./fill-in-background.js";
import { answerMlflow, isMlflowPath } from "./mlflow/answer-mlflow.js";
import { pagesFolder } from "./pages-folder.js";
import { readOrigins, securityHeaders } from "./security-headers.js";
import { readTrustedProxies } from "./trusted-proxies.js";
import { type WatchOptions, watchStore } from "./watch-store.js";

export interface ServeOptions {
  store: Store;
  /**
   * An address of this machine; by default 127.0.0.1. Any other needs `token`; without one, every user of
   * this machine can ask.
   */
  host?: string;
  /** By default any free one. */
  port?: number;
  /** A file to listen at in place of a port; only who may write to it can ask. */
  socket?: string | undefined;
  /** What everyone who asks must know; "random" makes one. */
  token?: string;
  /** The path under which a proxy passes requests on without removing it. */
  basePath?: string | undefined;
  /** Names by which proxies and tunnels are asked, beside this machine's own. */
  allowedHosts?: readonly string[];
  /** Origins whose pages may show the dashboard inside of theirs, beside its own. */
  embedIn?: readonly string[];
  /** Addresses whose X-Forwarded-Host and X-Forwarded-Proto are believed. */
  trustedProxies?: readonly string[];
  /** Where the catalog is kept. */
  cacheFolder?: string;
  /** Bytes that copies of a bucket's predictions may take on this machine; 2 GB by default. */
  cacheLimit?: number | undefined;
  /**
   * Milliseconds between looks for what is new; by default 1,000 in a folder and 5,000 in a bucket, where
   * each is a request.
   */
  interval?: number | undefined;
  /** Refuses whatever would write. */
  readOnly?: boolean;
  exportPatience?: AppOptions["exportPatience"];
  onDefect?: AppOptions["onDefect"];
  /** Told what whoever runs the server should know; by default it goes to standard error. */
  onNotice?: (text: string) => void;
}

export interface RunningServer {
  /** With the token where there is one; of a socket, its path. */
  url: string;
  /** The same without the token. */
  address: string;
  token: string | undefined;
  /** An address that lets one browser in within a minute, and has no token in it. */
  entryUrl(): string;
  catalog: Catalog;
  close(): Promise<void>;
}

const shortestToken = 8;
/** Where a server listens that this machine alone reaches. */
export const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);

/** Request lines hold filters of up to 10,000 characters, three bytes each once encoded. */
const maxHeaderSize = 65_536;
const headersTimeout = 60_000;
/** Milliseconds: of a large artifact over a slow line. */
const requestTimeout = 12 * 3_600_000;

/**
 * Serves the dashboard over a store.
 * @throws TrackingError INVALID_ARGUMENT for a host other than this machine without a token, a short token,
 * or a port that is taken
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const host = options.host ?? "127.0.0.1";
  const token = checkedToken(options.token);
  const basePath = readBasePath(options.basePath);
  const allowed = readAllowedHosts(options.allowedHosts ?? [], token !== undefined);
  const proxies = readTrustedProxies(options.trustedProxies ?? [], options.socket !== undefined);
  if (!loopback.has(host) && token === undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--host is ${JSON.stringify(host)}, which other machines can reach: give a token that they must know (leave --no-token out), or leave --host out`,
    );
  }
  const onDefect =
    options.onDefect ??
    ((error: unknown) =>
      process.stderr.write(`${visibleText(String(isError(error) ? error.stack : error))}\n`));
  const cacheAt = options.cacheFolder === undefined ? {} : { folder: options.cacheFolder };
  const opened: (() => Promise<void>)[] = [];
  let isClosing = false;
  const close = async () => {
    isClosing = true;
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const catalog = await openCatalog(options.store, cacheAt);
    opened.push(() => catalog.close());
    const plots = await openPlots(options.store, { ...cacheAt, cacheLimit: options.cacheLimit });
    opened.push(() => plots.close());
    const charts = await openCharts(options.store, { ...cacheAt, cacheLimit: options.cacheLimit });
    opened.push(() => charts.close());
    const cache = storeCacheFolder(cacheFolder(options.cacheFolder), options.store.address);
    const judging = keptJudging(openJudging(), join(cache, "judgments"), judgingProgram());
    opened.push(() => judging.close());
    const server = createServer({ maxHeaderSize, requireHostHeader: false, headersTimeout, requestTimeout });
    answerBadRequests(server);
    const place =
      options.socket === undefined
        ? { port: await listen(server, host, options.port ?? 0) }
        : { socket: await listenAt(server, options.socket) };
    opened.push(() => closeServer(server));
    const defect = (error: unknown) => {
      if (!isClosing) onDefect(error); // what was being answered ends with the server
    };
    const watch = watchStore(catalog, { ...watchOptions(options), onNews: () => fill.look() });
    opened.push(async () => watch.stop());
    const fill = fillInBackground({ catalog, plots, judging, onKept: () => watch.tell(), onDefect: defect });
    opened.push(() => fill.stop());
    const own = hostNames(host);
    const entry = entryCodes();
    const readOnly = options.readOnly ?? false;
    const notice = options.onNotice ?? ((text: string) => process.stderr.write(`${text}\n`));
    const mlflow = openMlflow(options.store, { author: currentUser(), notice });
    opened.push(() => mlflow.close());
    const toMlflow = answerMlflow({
      mlflow,
      hosts: { own, port: place.port, allowed },
      proxies,
      token,
      readOnly,
      onDefect: defect,
    });
    const app = createApp({
      version: packageJson.version,
      catalog,
      plots,
      charts,
      judging,
      watch,
      mlflow,
      hosts: { own, port: place.port, allowed },
      proxies,
      token,
      entry,
      readOnly,
      store: options.store,
      author: currentUser(),
      pages: pagesFolder(),
      embedIn: readOrigins(options.embedIn ?? []),
      exportPatience: options.exportPatience,
      onDefect: defect,
    });
    const answer = getRequestListener(app.fetch, {
      errorHandler: (error) => badRequest(messageOf(error)),
    });
    server.on("request", (request, response) => {
      const target = withoutBasePath(request.url ?? "/", basePath);
      if (target === undefined) {
        // Beside the last part of the base path, whatever a proxy puts before it.
        response
          .writeHead(308, { ...securityHeaders, Location: slashAfter(request.url ?? "", basePath) })
          .end();
        return;
      }
      request.url = target;
      void (isMlflowPath(target) ? toMlflow(request, response) : answer(request, response));
    });
    const secret = token === undefined ? "" : `?token=${encodeURIComponent(token)}`;
    const address = place.socket ?? `http://${own[0]}:${place.port}${basePath}/`;
    const url = place.socket === undefined ? address + secret : address;
    const entryUrl = () => (token === undefined ? address : `${address}?entry=${entry.make()}`);
    return { url, address, token, entryUrl, catalog, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A folder is looked at whenever somebody asks; a bucket costs a request and is looked at by the clock. */
function watchOptions({ store, interval }: ServeOptions): WatchOptions {
  const every = interval ?? usualInterval(store);
  return { interval: every, freshFor: store.localPath ? 50 : every };
}

export function usualInterval(store: Store): number {
  return store.localPath ? 1000 : 5000;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** A short token is guessed; an empty one comes from a variable that is not set. */
function checkedToken(given: string | undefined): string | undefined {
  if (given === "random") return randomBytes(18).toString("base64url");
  if (given !== undefined && given.length < shortestToken) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--token has ${given.length} characters; give at least ${shortestToken}, or "random"`,
    );
  }
  return given;
}

/** The names under which this server may be asked for, the one to show first. */
function hostNames(host: string): [string, ...string[]] {
  const own = ["localhost", "127.0.0.1", "[::1]"];
  const inUrl = (address: string) => (isIP(address) === 6 ? `[${address}]` : address).toLowerCase();
  if (host !== "0.0.0.0" && host !== "::") return [inUrl(host), ...own];
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outside = addresses.find(({ internal, family }) => !internal && family === "IPv4");
  return [
    outside?.address ?? "localhost",
    ...addresses.map(({ address }) => inUrl(address)),
    hostname().toLowerCase(),
    ...own,
  ];
}

/** @example slashAfter("/team/ml?token=k", "/team/ml") // "./ml/?token=k" */
function slashAfter(target: string, basePath: string): string {
  return `./${basePath.slice(basePath.lastIndexOf("/") + 1)}/${target.slice(basePath.length)}`;
}

/** Listens at a file that only this user may open. @returns its path */
async function listenAt(server: Server, socket: string): Promise<string> {
  const before = process.umask(0o077);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(socket, resolve);
    });
  } catch (cause) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--socket: cannot listen at ${socket} (${messageOf(cause)}); give a file that does not exist yet, in a folder that you may write to`,
      { cause },
    );
  } finally {
    process.umask(before);
  }
  return socket;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "EADDRINUSE"
          ? `port ${port} is taken; give another --port, or 0 for any free one`
          : `cannot listen on ${host}:${port} (${error.message}); give another --host or --port`;
      reject(new TrackingError("INVALID_ARGUMENT", why, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

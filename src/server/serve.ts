import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";

import { getRequestListener } from "@hono/node-server";

import packageJson from "../../package.json" with { type: "json" };
import type { Catalog } from "../catalog/catalog.js";
import { openCatalog } from "../catalog/open-catalog.js";
import { cacheFolder, storeCacheFolder } from "../duckdb/cache-folder.js";
import { currentUser } from "../experiment/environment/run-environment.js";
import { judgingProgram, openJudging } from "../judge/thread/judging-thread.js";
import { keptJudging } from "../judge/thread/kept-judging.js";
import { openPlots } from "../plots/open-plots.js";
import type { Store } from "../store/store.js";
import { isError, messageOf, TrackingError, visibleText } from "../tracking-error.js";
import type { AppOptions } from "./app.js";
import { createApp } from "./app.js";
import { answerBadRequests, badRequest } from "./bad-requests.js";
import { entryCodes } from "./entry-codes.js";
import { pagesFolder } from "./pages-folder.js";
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
  /** What everyone who asks must know; "random" makes one. */
  token?: string;
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
}

export interface RunningServer {
  /** With the token where there is one. */
  url: string;
  token: string | undefined;
  /** An address that lets one browser in within a minute, and has no token in it. */
  entryUrl(): string;
  catalog: Catalog;
  close(): Promise<void>;
}

const shortestToken = 8;
const loopback = new Set(["127.0.0.1", "localhost", "::1"]);

/** Request lines hold filters of up to 10,000 characters, three bytes each once encoded. */
const maxHeaderSize = 65_536;

/**
 * Serves the dashboard over a store.
 * @throws TrackingError INVALID_ARGUMENT for a host other than this machine without a token, a short token,
 * or a port that is taken
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const host = options.host ?? "127.0.0.1";
  const token = checkedToken(options.token);
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
  const place = options.cacheFolder === undefined ? {} : { folder: options.cacheFolder };
  const opened: (() => Promise<void>)[] = [];
  let isClosing = false;
  const close = async () => {
    isClosing = true;
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const catalog = await openCatalog(options.store, place);
    opened.push(() => catalog.close());
    const plots = await openPlots(options.store, { ...place, cacheLimit: options.cacheLimit });
    opened.push(() => plots.close());
    const cache = storeCacheFolder(cacheFolder(options.cacheFolder), options.store.address);
    const judging = keptJudging(openJudging(), join(cache, "judgments"), judgingProgram());
    opened.push(() => judging.close());
    const server = createServer({ maxHeaderSize, requireHostHeader: false });
    answerBadRequests(server);
    const port = await listen(server, host, options.port ?? 0);
    opened.push(() => closeServer(server));
    const watch = watchStore(catalog, watchOptions(options));
    opened.push(async () => watch.stop());
    const hosts = hostNames(host);
    const entry = entryCodes();
    const app = createApp({
      version: packageJson.version,
      catalog,
      plots,
      judging,
      watch,
      hosts,
      port,
      token,
      entry,
      readOnly: options.readOnly ?? false,
      store: options.store,
      author: currentUser(),
      pages: pagesFolder(),
      exportPatience: options.exportPatience,
      onDefect: (error) => {
        if (!isClosing) onDefect(error); // what was being answered ends with the server
      },
    });
    const answer = getRequestListener(app.fetch, {
      errorHandler: (error) => badRequest(messageOf(error)),
    });
    server.on("request", (request, response) => void answer(request, response));
    const secret = token === undefined ? "" : `?token=${encodeURIComponent(token)}`;
    const address = `http://${hosts[0]}:${port}/`;
    const entryUrl = () => (token === undefined ? address : `${address}?entry=${entry.make()}`);
    return { url: address + secret, token, entryUrl, catalog, close };
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

import { onTestFinished } from "vitest";

import type { ServeOptions } from "../../src/server/serve.js";
import { serve } from "../../src/server/serve.js";
import { openStore } from "../../src/store/open-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";

export interface TestServer {
  /** The store's folder. */
  root: string;
  cache: string;
  /** Without a slash at the end. */
  address: string;
  port: number;
  /** What the server said of itself, the token included. */
  url: string;
  /** Errors that the server took for its own defects. */
  defects: unknown[];
  close: () => Promise<void>;
}

/**
 * A server over the store in `root`, by default an empty folder of the test's own, until the test is over.
 */
export async function startServer(
  root?: string,
  options: Omit<ServeOptions, "store"> = {},
): Promise<TestServer> {
  const folder = root ?? (await temporaryFolder());
  const cache = options.cacheFolder ?? (await temporaryFolder());
  const defects: unknown[] = [];
  const server = await serve({
    cacheFolder: cache,
    onDefect: (error) => defects.push(error),
    ...options,
    store: openStore(folder),
  });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= server.close());
  onTestFinished(close);
  const { port } = new URL(server.url);
  return {
    root: folder,
    cache,
    address: `http://127.0.0.1:${port}`,
    port: Number(port),
    url: server.url,
    defects,
    close,
  };
}

/** What JSON holds: tests look at it as it comes. */
export type Json = any; // oxlint-disable-line typescript/no-explicit-any -- an unknown would be cast at every look

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The text as JSON; undefined where it is none. */
  json: Json;
}

/** Asks a server for a path, redirects not followed. */
export async function ask(address: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${address}${path}`, { redirect: "manual", ...init });
  return answerOf(response.status, response.headers, await response.text());
}

export function answerOf(status: number, headers: Headers, text: string): Answer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined; // a page, a table or nothing
  }
  return { status, headers, text, json };
}

/** A path of the API with its parameters; a list is given once an item. */
export function apiPath(
  parts: readonly string[],
  parameters: Record<string, string | number | readonly string[]> = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of Array.isArray(value) ? (value as string[]) : [String(value)]) query.append(name, item);
  }
  const text = query.toString();
  return `/api/${parts.map(encodeURIComponent).join("/")}${text === "" ? "" : `?${text}`}`;
}

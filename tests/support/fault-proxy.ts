import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** How a network and a server between them and us may fail. Shares are from 0 to 1. */
export interface Faults {
  /**
   * Google's rule: within a second of a write to a name that succeeded, further writes are answered with 429.
   */
  oneWriteASecond?: boolean;
  /** Share of writes whose answer is lost after the server carried them out. */
  dropAfterCommit?: number;
  /** Share of requests that are answered with 503 and not carried out. */
  unavailable?: number;
  /** Share of answers with a body that are cut in the middle. */
  truncate?: number;
  /** Milliseconds before each request is passed on. */
  delay?: number;
  /** Passes requests on without their conditions, so that the server does not see them. */
  stripConditions?: boolean;
  /** Answers this instead of passing a request on. */
  answer?: (
    request: IncomingMessage,
  ) => { status: number; headers?: Record<string, string>; body?: string } | undefined;
}

export interface FaultProxy {
  url: string;
  /** May be changed at any time. */
  faults: Faults;
  requests: { total: number; lists: number; writes: number; refusedForPace: number; dropped: number };
  close(): Promise<void>;
}

/** A proxy in front of a bucket's server, with seeded faults. Ends with the test. */
export async function faultProxy(target: string, faults: Faults, seed = 1): Promise<FaultProxy> {
  const random = seeded(seed);
  const { hostname, port } = new URL(target);
  const lastWrite = new Map<string, number>();
  const proxy: FaultProxy = {
    url: "",
    faults,
    requests: { total: 0, lists: 0, writes: 0, refusedForPace: 0, dropped: 0 },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
  const happens = (share: number | undefined) => share !== undefined && random() < share;

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(incoming.url ?? "/", target);
    const written = nameWritten(incoming.method ?? "GET", url, body);
    const { requests } = proxy;
    requests.total += 1;
    if (incoming.method === "GET" && isList(url)) requests.lists += 1;
    if (written !== undefined) requests.writes += 1;
    const { faults: now } = proxy;
    if (now.delay) await sleep(now.delay);
    const answer = now.answer?.(incoming);
    if (answer) {
      outgoing.writeHead(answer.status, answer.headers).end(answer.body ?? "");
      return;
    }
    if (happens(now.unavailable)) {
      outgoing.writeHead(503, { "Content-Type": "text/plain" }).end("the backend is not available");
      return;
    }
    if (now.oneWriteASecond && written !== undefined) {
      if (performance.now() - (lastWrite.get(written) ?? -Infinity) < 1000) {
        requests.refusedForPace += 1;
        outgoing.writeHead(429, { "Content-Type": "application/json" });
        outgoing.end(
          '{"error":{"code":429,"message":"The object exceeded the rate limit for object mutation operations"}}',
        );
        return;
      }
      lastWrite.set(written, performance.now());
    }
    const headers = { ...incoming.headers };
    if (now.stripConditions) {
      delete headers["if-match"];
      delete headers["if-none-match"];
      url.searchParams.delete("ifGenerationMatch");
    }
    const passed = request({
      hostname,
      port,
      path: url.pathname + url.search,
      method: incoming.method,
      headers,
    });
    passed.end(body);
    const [response] = (await once(passed, "response")) as [IncomingMessage];
    const answered: Buffer[] = [];
    for await (const chunk of response) answered.push(chunk as Buffer);
    const whole = Buffer.concat(answered);
    const status = response.statusCode ?? 500;
    if (written !== undefined && status >= 300) lastWrite.delete(written);
    if (written !== undefined && status < 300 && happens(now.dropAfterCommit)) {
      requests.dropped += 1;
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(status, response.headers);
    if (status === 200 && whole.length > 1 && incoming.method === "GET" && happens(now.truncate)) {
      outgoing.write(whole.subarray(0, whole.length >> 1));
      setTimeout(() => incoming.socket.destroy(), 5);
      return;
    }
    outgoing.end(whole);
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  proxy.url = `http://127.0.0.1:${address.port}`;
  return proxy;
}

/** A proxy that ends with the test. */
export async function testProxy(target: string, faults: Faults, seed?: number): Promise<FaultProxy> {
  const proxy = await faultProxy(target, faults, seed);
  onTestFinished(() => proxy.close());
  return proxy;
}

/** The object that a request writes; undefined for other requests, the parts of an upload among them. */
function nameWritten(method: string, url: URL, body: Buffer): string | undefined {
  if (
    method === "POST" &&
    url.pathname.startsWith("/upload/") &&
    url.searchParams.get("uploadType") === "multipart"
  ) {
    return /"name":("(?:[^"\\]|\\.)*")/.exec(body.subarray(0, 5000).toString())?.[1];
  }
  return method === "PUT" && !url.searchParams.has("partNumber") && !url.pathname.startsWith("/upload/")
    ? url.pathname
    : undefined;
}

function isList(url: URL): boolean {
  return url.searchParams.get("list-type") === "2" || /\/b\/[^/]+\/o$/.test(url.pathname);
}

/** Seeded generator of numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

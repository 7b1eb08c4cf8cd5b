import { createHash, randomBytes } from "node:crypto";
import type { AuthClient } from "google-auth-library";
import { isError } from "../tracking-error.js";

import type { Patience } from "./attempts.js";
import { parseBucketAddress } from "./bucket-address.js";
import {
  type Attempt,
  type BucketApi,
  BucketFailure,
  type FailureKind,
  type PlaceWords,
  type PutCondition,
} from "./bucket-api.js";
import { bucketStore } from "./bucket-store.js";
import { optionalLibrary } from "./optional-library.js";
import type { Store, StoreFile } from "./store.js";

const words: PlaceWords = {
  credentials:
    "run: gcloud auth application-default login, or name a service account's key file in GOOGLE_APPLICATION_CREDENTIALS",
  permissions: {
    list: "storage.objects.list",
    read: "storage.objects.get",
    create: "storage.objects.create, and storage.objects.delete to overwrite",
    append: "storage.objects.create and storage.objects.delete, which overwriting needs",
    remove: "storage.objects.create and storage.objects.delete",
  },
};

/** A store in Google Cloud Storage, at `gs://bucket/prefix`. STORAGE_EMULATOR_HOST names another server. */
export function gcsStore(
  text: string,
  {
    patience,
    emulator = process.env["STORAGE_EMULATOR_HOST"],
  }: { patience?: Patience; emulator?: string } = {},
): Store {
  const { address, bucket, prefix } = parseBucketAddress(text);
  return bucketStore(
    { address, prefix, server: emulator ?? "", words, open: () => openGcs(bucket, emulator || undefined) },
    patience,
  );
}

/** An answer of the server, whatever its status. */
interface Answer {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

interface Call {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: URL;
  headers?: Record<string, string>;
  body?: Uint8Array;
}

/** What the JSON API says of an object: https://cloud.google.com/storage/docs/json_api/v1/objects */
interface ObjectResource {
  name: string;
  size: string;
  generation: string;
  updated: string;
}

const fields = "name,size,generation,updated";

/**
 * The JSON API of Google Cloud Storage, by Google's library for credentials. Google's storage library is not
 * used: its calls cannot be ended, and it makes conditional writes again by itself. One long function, since
 * every request closes over the credentials.
 */
async function openGcs(bucket: string, emulator: string | undefined): Promise<BucketApi> {
  const client = await openClient(emulator);
  const base = emulator === undefined ? "https://storage.googleapis.com" : emulatorUrl(emulator);
  const bucketPath = `/storage/v1/b/${encodeURIComponent(bucket)}/o`;
  const urlOf = (path: string, query: Record<string, string | undefined>) => {
    const url = new URL(base + path);
    for (const [key, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(key, value);
    return url;
  };
  const objectUrl = (name: string, query: Record<string, string | undefined>) =>
    urlOf(`${bucketPath}/${encodeURIComponent(name)}`, query);

  const call = async ({ method, url, headers = {}, body }: Call, signal: AbortSignal): Promise<Answer> => {
    try {
      const {
        status,
        headers: answered,
        data,
      } = await client.request<ArrayBuffer>({
        method,
        url: url.href,
        headers: { "Accept-Encoding": "identity", ...headers },
        ...(body === undefined ? {} : { data: body }),
        responseType: "arraybuffer",
        validateStatus: () => true,
        retry: false,
        maxRedirects: 0,
        signal,
      });
      return { status, headers: answered, bytes: Buffer.from(data || new ArrayBuffer(0)) };
    } catch (error) {
      throw new BucketFailure(isAboutCredentials(error) ? "no-credentials" : "passing", messageOf(error), {
        cause: error,
      });
    }
  };

  /** Sends an object with its name and digest; the server checks the digest. */
  const put = async (
    name: string,
    bytes: Uint8Array,
    condition: PutCondition | undefined,
    signal: AbortSignal,
  ): Promise<{ version: string } | "refused"> => {
    const boundary = randomBytes(16).toString("hex");
    const resource = { name, contentType: contentTypeOf(name), md5Hash: md5(bytes) };
    const part = (type: string) => `--${boundary}\r\nContent-Type: ${type}\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(`${part("application/json; charset=UTF-8")}${JSON.stringify(resource)}\r\n`),
      Buffer.from(part(resource.contentType)),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const url = urlOf(`/upload${bucketPath}`, {
      uploadType: "multipart",
      fields,
      ifGenerationMatch: condition && ("absent" in condition ? "0" : condition.version),
    });
    const headers = { "Content-Type": `multipart/related; boundary=${boundary}` };
    const answer = await call({ method: "POST", url, headers, body }, signal);
    if (answer.status === 412) return "refused";
    return { version: resourceOf(answer).generation };
  };

  return {
    noVersion: "1",

    async get(name, range, signal) {
      const headers = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end - 1}` };
      const answer = await call({ method: "GET", url: objectUrl(name, { alt: "media" }), headers }, signal);
      if (isMissing(answer)) return undefined;
      const version = answer.headers.get("x-goog-generation") ?? "";
      if (answer.status === 416) return { bytes: new Uint8Array(0), version };
      if (answer.status !== 200 && answer.status !== 206) throw failureOf(answer);
      checkWhole(answer);
      return { bytes: answer.bytes, version };
    },

    async head(name, signal) {
      const answer = await call({ method: "GET", url: objectUrl(name, { fields }) }, signal);
      return isMissing(answer) ? undefined : fileOf(resourceOf(answer));
    },

    async list({ prefix, delimited, token }, signal) {
      const url = urlOf(bucketPath, {
        prefix,
        delimiter: delimited ? "/" : undefined,
        pageToken: token,
        maxResults: "1000",
        fields: `items(${fields}),prefixes,nextPageToken`,
      });
      const answer = await call({ method: "GET", url }, signal);
      if (answer.status === 404) throw new BucketFailure("no-bucket", failureOf(answer).message);
      const page = jsonOf(answer) as {
        items?: ObjectResource[];
        prefixes?: string[];
        nextPageToken?: string;
      };
      return {
        objects: (page.items ?? []).map((item) => ({ name: item.name, ...fileOf(item) })),
        folders: page.prefixes ?? [],
        token: page.nextPageToken || undefined,
      };
    },

    put,

    async putParts(name, parts, attempt, { replacing }) {
      const start = urlOf(`/upload${bucketPath}`, {
        uploadType: "resumable",
        name,
        ifGenerationMatch: replacing ? undefined : "0",
        fields,
      });
      const started = await attempt(async (signal) => {
        const headers = { "Content-Type": "application/json; charset=UTF-8" };
        const body = Buffer.from(JSON.stringify({ name, contentType: contentTypeOf(name) }));
        const answer = await call({ method: "POST", url: start, headers, body }, signal);
        if (answer.status === 412) return "refused";
        const location = answer.headers.get("location");
        if (answer.status === 200 && location) return new URL(location);
        throw failureOf(answer);
      });
      if (started === "refused") return "refused";
      // Through the same server as everything else, whatever an emulator believes to be called.
      const session = new URL(started.pathname + started.search, base);
      return sendParts(session, parts, attempt, call);
    },

    async remove(name, version, signal) {
      const url = objectUrl(name, { ifGenerationMatch: version });
      const answer = await call({ method: "DELETE", url }, signal);
      if (answer.status === 412) return "refused";
      if (isMissing(answer)) return "missing";
      if (answer.status >= 300) throw failureOf(answer);
      return "removed";
    },
  };
}

async function openClient(emulator: string | undefined): Promise<AuthClient> {
  const { GoogleAuth, PassThroughClient } = await optionalLibrary(
    "google-auth-library",
    "stores at gs:// need",
    () => import("google-auth-library"),
  );
  if (emulator !== undefined) return new PassThroughClient();
  try {
    const scopes = ["https://www.googleapis.com/auth/devstorage.read_write"];
    return await new GoogleAuth({ scopes }).getClient();
  } catch (error) {
    throw new BucketFailure("no-credentials", messageOf(error), { cause: error });
  }
}

/** As Google's own libraries read the variable: with or without `http://`. */
function emulatorUrl(emulator: string): string {
  return (/^https?:\/\//i.test(emulator) ? emulator : `http://${emulator}`).replace(/\/+$/, "");
}

/**
 * Sends the parts of a resumable upload one after the other. The server says how far it has come after an
 * answer was lost. https://cloud.google.com/storage/docs/performing-resumable-uploads
 */
async function sendParts(
  session: URL,
  parts: AsyncIterable<Uint8Array>,
  attempt: Attempt,
  call: (call: Call, signal: AbortSignal) => Promise<Answer>,
): Promise<{ version: string } | "refused"> {
  let offset = 0;
  const put = (range: string, body: Uint8Array, signal: AbortSignal) =>
    call({ method: "PUT", url: session, headers: { "Content-Range": `bytes ${range}` }, body }, signal);
  const send = (part: Uint8Array, total: number | "*") => {
    const start = offset;
    let sent = 0;
    let asks = false;
    return attempt(async (signal) => {
      for (;;) {
        const rest = part.subarray(sent);
        const [first, last] = [start + sent, start + part.length - 1];
        // Nothing is sent twice before the server has said what it has.
        const range = asks || rest.length === 0 ? `*/${total}` : `${first}-${last}/${total}`;
        const answer = await put(range, asks ? new Uint8Array(0) : rest, signal).catch((error: unknown) => {
          asks = true;
          throw error;
        });
        if (answer.status === 412) return "refused";
        if (answer.status === 200 || answer.status === 201) return { version: resourceOf(answer).generation };
        if (answer.status !== 308) {
          asks = true;
          throw failureOf(answer);
        }
        asks = false;
        const kept = /-(\d+)$/.exec(answer.headers.get("range") ?? "")?.[1];
        sent = kept === undefined ? sent : Number(kept) + 1 - start;
        if (sent >= part.length && total === "*") return "more";
      }
    }, part.length);
  };
  let last: Uint8Array | undefined;
  for await (const part of parts) {
    if (last) {
      const outcome = await send(last, "*");
      if (outcome !== "more") return outcome;
      offset += last.length;
    }
    last = part;
  }
  const end = last ?? new Uint8Array(0);
  const outcome = await send(end, offset + end.length);
  return outcome === "more" ? "refused" : outcome;
}

function fileOf({ size, generation, updated }: ObjectResource): StoreFile {
  return { size: Number(size), version: generation, modified: new Date(updated) };
}

function resourceOf(answer: Answer): ObjectResource {
  return jsonOf(answer) as ObjectResource;
}

function jsonOf(answer: Answer): unknown {
  if (answer.status !== 200 && answer.status !== 201) throw failureOf(answer);
  try {
    return JSON.parse(answer.bytes.toString());
  } catch (error) {
    throw new BucketFailure("passing", "an answer of the server was cut", { cause: error });
  }
}

/** No such object; where there is no such bucket, the message says so. */
function isMissing(answer: Answer): boolean {
  return answer.status === 404 && failureOf(answer).kind !== "no-bucket";
}

function failureOf({ status, bytes }: Answer): BucketFailure {
  const text = bytes.toString();
  let message = text.slice(0, 300);
  try {
    message = (JSON.parse(text) as { error: { message: string } }).error.message || message;
  } catch {
    // plain text, as answers of media are
  }
  return new BucketFailure(kindOf(status, message), `${status} ${message}`.trim());
}

function kindOf(status: number, message: string): FailureKind {
  if (status === 429) return "busy";
  if (status === 408 || status >= 500) return "passing";
  if (status === 401 || status === 403) return "denied";
  if (status === 404 && /bucket.*(not exist|not found)/i.test(message)) return "no-bucket";
  return "other";
}

/** A body that was cut on its way has another length or digest than the server said. */
function checkWhole({ status, headers, bytes }: Answer): void {
  const length = headers.get("content-length");
  const digest = /md5=([^,\s]+)/.exec(headers.get("x-goog-hash") ?? "")?.[1];
  const encoded = !["", "identity"].includes(headers.get("x-goog-stored-content-encoding") ?? "");
  if (encoded) return;
  const isCut = length !== null && Number(length) !== bytes.length;
  if (isCut || (status === 200 && digest !== undefined && digest !== md5(bytes))) {
    throw new BucketFailure("passing", `a file did not come whole (${bytes.length} bytes came)`);
  }
}

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("base64");
}

function contentTypeOf(name: string): string {
  return name.endsWith(".csv") ? "text/csv" : "application/octet-stream";
}

function isAboutCredentials(error: unknown): boolean {
  return /default credentials|invalid_grant|invalid_rapt|reauth/i.test(messageOf(error));
}

function messageOf(error: unknown): string {
  if (!isError(error)) return String(error);
  const cause = isError(error.cause) && error.cause.message !== error.message ? error.cause : undefined;
  return cause === undefined ? error.message : `${error.message}: ${cause.message}`;
}

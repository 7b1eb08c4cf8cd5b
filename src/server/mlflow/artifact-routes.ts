import { pipeline } from "node:stream/promises";
import {
  type ArtifactPlace,
  artifactPlace,
  isTraceArtifact,
  runArtifact,
} from "../../mlflow/artifact-place.js";
import {
  artifactBytes,
  findArtifact,
  keepArtifact,
  type ListedArtifact,
  listFolder,
  removeArtifacts,
} from "../../mlflow/artifacts.js";
import { doesNotExist, invalidParameter, notImplemented } from "../../mlflow/mlflow-error.js";
import type { RequestFields } from "../../mlflow/request-fields.js";
import type { StoreFile } from "../../store/store.js";
import type { JsonObject, MlflowExchange, MlflowRoutes, RawHandler } from "./mlflow-route.js";

/** Answered in JSON as everything else. */
export const artifactRoutes: MlflowRoutes = {
  "GET artifacts/list": async ({ mlflow, fields }) => {
    const place = await runArtifact(mlflow, fields.runId(), fields.optionalText("path") ?? "");
    const listed = await listFolder(mlflow.store, place);
    return { root_uri: place.run.artifactUri, ...wireFiles(listed, place.path) };
  },
};

const artifacts = "mlflow-artifacts/artifacts";

/**
 * What takes or gives the bytes of artifacts.
 * @param path of the request, its prefix left out: `mlflow-artifacts/artifacts/3/abc/artifacts/model.pkl`
 */
export function artifactHandler(method: string, path: string): RawHandler | undefined {
  if (path === artifacts && method === "GET") return listedBelow;
  if (path.startsWith(`${artifacts}/`)) {
    const address = path.slice(artifacts.length + 1);
    if (method === "GET" || method === "HEAD") return (exchange) => sent(exchange, address);
    if (method === "PUT") return (exchange) => kept(exchange, address);
    if (method === "DELETE") return (exchange) => removed(exchange, address);
  }
  if (/^mlflow-artifacts\/(?:mpu|presigned)\//.test(path)) return declined;
  if (path === "get-artifact" && (method === "GET" || method === "HEAD")) return sentOfRun;
  if (path === "mlflow/upload-artifact" && method === "POST") return keptOfRun;
  return undefined;
}

/** Names below the asked folder; a file, and what is not there, have none. */
async function listedBelow({ mlflow, fields }: MlflowExchange): Promise<JsonObject> {
  const place = await artifactPlace(mlflow, fields.optionalText("path") ?? "");
  return place ? wireFiles(await listFolder(mlflow.store, place), "") : {};
}

/** @param folder whose names they are, below the root; empty for the root */
export function wireFiles(list: readonly ListedArtifact[], folder: string): JsonObject {
  if (list.length === 0) return {};
  const below = folder === "" ? "" : `${folder}/`;
  return {
    files: list.map(({ name, size }) => ({
      path: `${below}${name}`,
      is_dir: size === undefined,
      ...(size === undefined ? {} : { file_size: size }),
    })),
  };
}

async function sent(exchange: MlflowExchange, address: string): Promise<undefined> {
  const place = await artifactPlace(exchange.mlflow, address);
  if (!place) throw doesNotExist(`No such artifact: '${address.slice(0, 200)}'`);
  await sendFile(exchange, place);
}

async function sentOfRun(exchange: MlflowExchange): Promise<undefined> {
  const { mlflow, fields } = exchange;
  await sendFile(exchange, await runArtifact(mlflow, fields.runId(), fields.text("path")));
}

async function kept(exchange: MlflowExchange, address: string): Promise<undefined> {
  const { mlflow, request, response } = exchange;
  if (isTraceArtifact(address)) {
    exchange.dropTraces();
    for await (const _ of request); // nothing of it is kept
  } else {
    const place = await artifactPlace(mlflow, address);
    if (!place) {
      throw invalidParameter(
        `Invalid path: ${address.slice(0, 200)} belongs to no run and no model; artifacts lie below EXPERIMENT/RUN/artifacts or EXPERIMENT/models/MODEL/artifacts`,
      );
    }
    await keepArtifact(mlflow, place, bodyOf(exchange));
  }
  response.writeHead(200, { "Content-Length": 0 }).end();
}

async function keptOfRun(exchange: MlflowExchange): Promise<JsonObject> {
  const { mlflow, fields } = exchange;
  const runId = givenRun(fields);
  if (!fields.has("path")) throw invalidParameter("Request must specify path.");
  await keepArtifact(mlflow, await runArtifact(mlflow, runId, fields.text("path")), bodyOf(exchange));
  return {};
}

function givenRun(fields: RequestFields): string {
  const id = fields.optionalText("run_uuid") || fields.optionalText("run_id");
  if (!id) throw invalidParameter("Request must specify run_id or run_uuid.");
  return id;
}

/** Where it cannot be kept, the rest is still taken from the connection, so that an answer comes. */
function bodyOf({ request }: MlflowExchange): AsyncIterable<Uint8Array> {
  return request.iterator({ destroyOnReturn: false });
}

async function removed({ mlflow }: MlflowExchange, address: string): Promise<JsonObject> {
  const place = await artifactPlace(mlflow, address);
  if (place) await removeArtifacts(mlflow.store, place);
  return {};
}

/** MLflow's client goes on with one request where an answer begins with these words. */
const noParts = "Multipart upload is not supported for the current artifact repository";

async function declined(): Promise<JsonObject> {
  throw notImplemented(
    `${noParts}: artifacts are uploaded and downloaded through this server, each by one request, without presigned URLs`,
  );
}

/** Milliseconds that a client may read nothing. */
const patience = 120_000;

/** For saving: a browser neither shows nor runs what anybody put into the store. */
async function sendFile({ mlflow, request, response }: MlflowExchange, place: ArtifactPlace): Promise<void> {
  const found = await findArtifact(mlflow.store, place);
  const tag = `"${found.version.replaceAll('"', "")}"`;
  const ifRange = request.headers["if-range"];
  const asked = ifRange === undefined || ifRange === tag ? request.headers.range : undefined;
  const range = askedRange(asked, found);
  const headers = {
    "Content-Type": "application/octet-stream",
    "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(place.path.split("/").at(-1)!)}`,
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Accept-Ranges": "bytes",
    "Last-Modified": found.modified.toUTCString(),
    ETag: tag,
  };
  if (range === "outside") {
    response.writeHead(416, { "Content-Range": `bytes */${found.size}`, "Content-Length": 0 }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: found.size };
  const part = range ? { "Content-Range": `bytes ${start}-${end - 1}/${found.size}` } : {};
  response.writeHead(range ? 206 : 200, { ...headers, ...part, "Content-Length": end - start });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  response.setTimeout(patience, () => response.destroy());
  await pipeline(artifactBytes(mlflow.store, place, found, { start, end }), response);
}

/** The one range that a header asks for; undefined where the whole is to come. */
function askedRange(
  header: string | undefined,
  { size }: StoreFile,
): { start: number; end: number } | "outside" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  if (from !== "" && to !== "" && Number(to) < Number(from)) return undefined;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size : Math.min(Number(to) + 1, size);
  return start < end ? { start, end } : "outside";
}

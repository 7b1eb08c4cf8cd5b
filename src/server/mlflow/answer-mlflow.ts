import type { IncomingMessage, ServerResponse } from "node:http";
import packageJson from "../../../package.json" with { type: "json" };
import { deepestJson, isTooDeep } from "../../experiment/json-depth.js";
import type { JsonValue } from "../../experiment/json-value.js";
import { invalidParameter, MlflowError } from "../../mlflow/mlflow-error.js";
import type { Mlflow } from "../../mlflow/open-mlflow.js";
import { RequestFields } from "../../mlflow/request-fields.js";
import { TrackingError } from "../../tracking-error.js";
import type { Protection } from "../protection.js";
import { whyNotAdmitted } from "./admit.js";
import { artifactHandler, artifactRoutes } from "./artifact-routes.js";
import { experimentRoutes } from "./experiment-routes.js";
import { loggedModelRoutes } from "./logged-model-routes.js";
import type { JsonObject, MlflowCall, MlflowHandler, MlflowRoutes, RawHandler } from "./mlflow-route.js";
import { registryRoutes } from "./registry-routes.js";
import { runRoutes } from "./run-routes.js";
import { spanHandler, traceRoutes, tracesAreDropped } from "./trace-routes.js";

export interface MlflowServerOptions extends Pick<Protection, "hosts" | "proxies" | "token" | "readOnly"> {
  mlflow: Mlflow;
  /** Told of errors that are no answer: defects of the server. */
  onDefect: (error: unknown) => void;
}

/** Data sets come with a profile of up to 16 MiB. */
const largestBody = 40 * 2 ** 20;
const routes: MlflowRoutes = {
  ...experimentRoutes,
  ...runRoutes,
  ...loggedModelRoutes,
  ...registryRoutes,
  ...artifactRoutes,
  ...traceRoutes,
};
const exact = new Map(Object.entries(routes).filter(([route]) => !route.includes("{")));
const patterns = Object.entries(routes)
  .filter(([route]) => route.includes("{"))
  .map(([route, handler]) => ({
    pattern: new RegExp(`^${route.replaceAll(/\{\w+\}/g, "([^/]+)")}$`),
    handler,
  }));
/** Routes that only read, though they come by POST. */
const readsByPost =
  /^POST (?:[\w-]+\/search|experiments\/search-datasets|registered-models\/get-latest-versions)$/;
const mlflowPath = /^\/(?:ajax-)?api\/(?:2\.0|3\.0)\/(mlflow(?:-artifacts)?)\/(.*)$/;

/** Whether a path is one of MLflow's wire, so that `answerMlflow` answers it. */
export function isMlflowPath(path: string): boolean {
  return path.startsWith("/api/2.0/") || path.startsWith("/api/3.0/") || isOwnPath(path);
}

function isOwnPath(path: string): boolean {
  return path.startsWith("/ajax-api/") || /^\/(?:v1\/traces|health|version|get-artifact)(?:\?|$)/.test(path);
}

/** Answers MLflow's clients, in their server's words. */
export function answerMlflow(options: MlflowServerOptions) {
  const { onDefect, mlflow } = options;
  let saidOfTraces = false;
  let said: string | undefined;
  const dropTraces = () => {
    if (!saidOfTraces) mlflow.notice(tracesAreDropped);
    saidOfTraces = true;
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await answer(request, response, { ...options, dropTraces });
    } catch (error) {
      request.resume(); // what nobody reads of a body stands before the next request
      if (error instanceof MlflowError) return sendError(response, error);
      if (error instanceof TrackingError) {
        const known = asMlflowError(error);
        const isStore = known.errorCode === "TEMPORARILY_UNAVAILABLE" && !response.destroyed;
        if (isStore && said !== known.message) {
          said = known.message; // clients try again for minutes without a word
          mlflow.notice(known.message);
        }
        return sendError(response, known);
      }
      if (!response.destroyed) onDefect(error);
      sendError(
        response,
        new MlflowError("INTERNAL_ERROR", "something went wrong in the server; its standard error says more"),
      );
    }
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: MlflowServerOptions & Pick<MlflowCall, "dropTraces">,
): Promise<void> {
  const { mlflow, dropTraces } = options;
  const method = request.method ?? "GET";
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  const [, wire, rest = ""] = mlflowPath.exec(path) ?? [];
  const route = `${method} ${rest}`;
  const isWrite = !["GET", "HEAD"].includes(method) && !readsByPost.test(route);
  const refusal = whyNotAdmitted(request, options, { isWrite });
  if (refusal) {
    if (refusal.isJson) {
      const code = refusal.status === 401 ? "UNAUTHENTICATED" : "PERMISSION_DENIED";
      if (refusal.status === 401) response.setHeader("WWW-Authenticate", 'Basic realm="ml-tracking"');
      return sendError(response, new MlflowError(code, refusal.text));
    }
    return send(response, refusal.status, "text/plain", refusal.text);
  }
  if (path === "/health") return send(response, 200, "text/plain", "OK");
  if (path === "/version") return send(response, 200, "text/plain", packageJson.version);
  if (wire === "mlflow" && rest === "server-info") return sendJson(response, serverInfo);
  const raw = rawHandlerOf(method, path);
  if (raw) {
    await mlflow.ready();
    const body = await raw({ mlflow, fields: queryFields(query), dropTraces, request, response });
    return body && sendJson(response, body);
  }
  const found = wire === "mlflow" ? handlerOf(route) : undefined;
  if (!found) throw noRoute(method, path);
  const fields = method === "GET" ? queryFields(query) : await bodyFields(request);
  await mlflow.ready();
  sendJson(response, await found.handler({ mlflow, fields, path: found.path, dropTraces }));
}

function handlerOf(route: string): { handler: MlflowHandler; path: string[] } | undefined {
  const handler = exact.get(route);
  if (handler) return { handler, path: [] };
  for (const { pattern, handler: each } of patterns) {
    const match = pattern.exec(route);
    if (match) return { handler: each, path: match.slice(1).map(decoded) };
  }
  return undefined;
}

function rawHandlerOf(method: string, path: string): RawHandler | undefined {
  const own = /^\/(?:(?:ajax-)?api\/[23]\.0\/)?((?:mlflow-artifacts|mlflow|get-artifact)(?:\/.*)?)$/s.exec(
    path,
  )?.[1];
  return own === undefined ? spanHandler(method, path) : artifactHandler(method, decoded(own));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidParameter(`the path has ${JSON.stringify(part.slice(0, 100))}, which is no encoded text`);
  }
}

/** What a client asks before it uploads: nothing but plain uploads and downloads is offered. */
const serverInfo = {
  store_type: "MlTrackingStore",
  workspaces_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
  artifact_serving_enabled: true,
  presigned_upload_run_id_supported: false,
  presigned_upload_model_id_supported: false,
  model_artifact_presigned_downloads_supported: false,
};

function noRoute(method: string, path: string): MlflowError {
  return new MlflowError(
    "ENDPOINT_NOT_FOUND",
    `${method} ${path.slice(0, 200)} is not answered by ml-tracking; docs/mlflow.md lists what is`,
  );
}

function queryFields(query: string): RequestFields {
  const fields: Record<string, JsonValue> = {};
  for (const [key, value] of new URLSearchParams(query)) {
    const before = Object.hasOwn(fields, key) ? fields[key] : undefined;
    fields[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return new RequestFields(fields);
}

async function bodyFields(request: IncomingMessage): Promise<RequestFields> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Who sends too much is told so: the connection outlives what is not read.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) {
      throw invalidParameter(`the body has over ${largestBody} bytes; send less at once`);
    }
    chunks.push(chunk);
  }
  const type = request.headers["content-type"] ?? "";
  if (size > 0 && !/^application\/json\s*(;|$)/i.test(type)) {
    throw new MlflowError(
      "INVALID_PARAMETER_VALUE",
      "Bad Request. Content-Type must be one of ['application/json'].",
    );
  }
  return new RequestFields(
    parsed((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString("utf8")),
  );
}

/** As MLflow's server, what is no JSON counts as nothing given: the answer names what is missing. */
function parsed(text: string): Record<string, JsonValue> {
  if (isTooDeep(text)) throw invalidParameter(`the body is nested deeper than ${deepestJson} levels`);
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

function sendJson(response: ServerResponse, body: JsonObject): void {
  send(response, 200, "application/json", JSON.stringify(body));
}

/** What a store or an argument is refused for, in MLflow's codes. */
function asMlflowError(error: TrackingError): MlflowError {
  if (error.code.startsWith("UNKNOWN_")) return new MlflowError("RESOURCE_DOES_NOT_EXIST", error.message);
  if (/^STORE_NOT_(WRITABLE|READABLE)$|^BUSY$/.test(error.code)) {
    return new MlflowError("TEMPORARILY_UNAVAILABLE", error.message);
  }
  return new MlflowError("INVALID_PARAMETER_VALUE", error.message);
}

function sendError(response: ServerResponse, error: MlflowError): void {
  if (response.headersSent) {
    response.destroy(); // a part is never taken for the whole
    return;
  }
  const body = JSON.stringify({ error_code: error.errorCode, message: error.message });
  send(response, error.status, "application/json", body);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
  });
  response.end(body);
}

import { randomBytes } from "node:crypto";
import type { JsonValue } from "../../experiment/json-value.js";
import { doesNotExist } from "../../mlflow/mlflow-error.js";
import type { RequestFields } from "../../mlflow/request-fields.js";
import type { JsonObject, MlflowCall, MlflowExchange, MlflowRoutes, RawHandler } from "./mlflow-route.js";

/** Said once, where somebody sees it: the client is told that all is well. */
export const tracesAreDropped =
  "MLflow's client sends traces, which ml-tracking does not keep: they are dropped. Runs, metrics, parameters, tags and artifacts are kept.";

const artifactLocation = "mlflow.artifactLocation";

/**
 * Traces are taken and dropped, so that libraries that trace go on without a warning a call; nothing is found
 * of them.
 */
export const traceRoutes: MlflowRoutes = {
  "POST traces": ({ fields, dropTraces }) => {
    dropTraces();
    const info = fields.optionalObject("trace")?.optionalObject("trace_info");
    return info ? { trace: { trace_info: taken(info) } } : { trace_info: begun(fields) };
  },
  "PATCH traces/{id}": ({ fields, path, dropTraces }) => {
    dropTraces();
    return { trace_info: { ...fields.json(), request_id: path[0]! } };
  },
  "GET traces": nothing,
  "POST traces/search": nothing,
  "GET traces/batchGet": nothing,
  "POST traces/batchGetInfos": nothing,
  "POST traces/metrics": nothing,
  "POST traces/delete-traces": nothing,
  "GET traces/get": ({ fields }) => noTrace(fields.optionalText("trace_id") ?? ""),
  "GET traces/{id}": ({ path }) => noTrace(path[0]!),
  "GET traces/{id}/info": ({ path }) => noTrace(path[0]!),
  "GET traces/{id}/assessments/{assessment}": ({ path }) => noTrace(path[0]!),
  "POST traces/{id}/assessments": ({ path }) => noTrace(path[0]!),
  "PATCH traces/{id}/assessments/{assessment}": ({ path }) => noTrace(path[0]!),
  "DELETE traces/{id}/assessments/{assessment}": ({ path }) => noTrace(path[0]!),
  "PATCH traces/{id}/tags": dropped,
  "DELETE traces/{id}/tags": dropped,
  "POST traces/link-to-run": dropped,
  "POST traces/link-prompts": dropped,
};

/** Spans in OpenTelemetry's protocol. @param path of the request */
export function spanHandler(method: string, path: string): RawHandler | undefined {
  return method === "POST" && path === "/v1/traces" ? droppedSpans : undefined;
}

async function droppedSpans({ request, response, dropTraces }: MlflowExchange): Promise<undefined> {
  dropTraces();
  for await (const _ of request); // nothing of it is kept
  const isJson = /^application\/json/i.test(request.headers["content-type"] ?? "");
  const [type, body] = isJson ? ["application/json", "{}"] : ["application/x-protobuf", ""];
  response.writeHead(200, { "Content-Type": type, "Content-Length": body.length }).end(body);
}

function nothing(): JsonObject {
  return {};
}

function dropped({ dropTraces }: MlflowCall): JsonObject {
  dropTraces();
  return {};
}

function noTrace(id: string): never {
  throw doesNotExist(`Trace with ID '${id.slice(0, 100)}' not found: ml-tracking does not keep traces`);
}

/** A trace as its client knows it, and where that is to put the spans. */
function taken(info: RequestFields): JsonObject {
  const tags = info.optionalObject("tags")?.json() ?? {};
  const location = info.optionalObject("trace_location")?.optionalObject("mlflow_experiment");
  const place = placeOf(location?.optionalText("experiment_id"), info.text("trace_id"));
  return { ...info.json(), tags: { ...tags, [artifactLocation]: place } };
}

/** For clients before version 3, whose traces get their id from the server. */
function begun(fields: RequestFields): JsonObject {
  const id = `tr-${randomBytes(16).toString("hex")}`;
  const experiment = fields.optionalText("experiment_id") ?? "0";
  const tags: JsonValue[] = fields.pairs("tags").map(([key, value]) => ({ key, value }));
  return {
    ...fields.json(),
    request_id: id,
    experiment_id: experiment,
    status: "IN_PROGRESS",
    tags: [...tags, { key: artifactLocation, value: placeOf(experiment, id) }],
  };
}

function placeOf(experiment: string | undefined, trace: string): string {
  return `mlflow-artifacts:/${experiment || "0"}/traces/${trace}/artifacts`;
}

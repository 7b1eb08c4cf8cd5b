import type { IncomingMessage, ServerResponse } from "node:http";
import type { JsonValue } from "../../experiment/json-value.js";
import type { Mlflow } from "../../mlflow/open-mlflow.js";
import type { RequestFields } from "../../mlflow/request-fields.js";

export type JsonObject = Record<string, JsonValue>;

export interface MlflowCall {
  mlflow: Mlflow;
  /** Of the body, or of the query. */
  fields: RequestFields;
  /** What stands in the path for `{id}`, and so on, in order. */
  path: readonly string[];
  /** Says, once, that traces are not kept. */
  dropTraces: () => void;
}

/** A call whose body or answer is no JSON. */
export interface MlflowExchange extends Omit<MlflowCall, "path"> {
  request: IncomingMessage;
  response: ServerResponse;
}

/** What is done for such a call; its answer is JSON where there is one, else it has answered. */
export type RawHandler = (exchange: MlflowExchange) => Promise<JsonObject | undefined>;

/** What is done for a call; its answer is JSON. */
export type MlflowHandler = (call: MlflowCall) => JsonObject | Promise<JsonObject>;

/** By method and path below `mlflow/`, such as `POST runs/create` or `GET logged-models/{id}`. */
export type MlflowRoutes = Readonly<Record<string, MlflowHandler>>;

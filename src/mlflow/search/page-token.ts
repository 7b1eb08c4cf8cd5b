import { invalidParameter } from "../mlflow-error.js";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The token of the page that begins after `offset` items, in MLflow's form.
 * @example pageToken(2) // "eyJvZmZzZXQiOiAyfQ=="
 */
export function pageToken(offset: number): string {
  return Buffer.from(`{"offset": ${offset}}`).toString("base64");
}

/**
 * How many items come before the page; none without a token.
 * @throws MlflowError for anything that pageToken does not make
 * @example offsetOf("eyJvZmZzZXQiOiAyfQ==") // 2
 */
export function offsetOf(token: string | undefined): number {
  if (token === undefined || token === "") return 0;
  if (!base64.test(token)) throw invalidParameter("Invalid page token, could not base64-decode");
  const text = Buffer.from(token, "base64").toString("utf8");
  const offset = Number(/^\{"offset": ?(\d+)\}$/.exec(text)?.[1]);
  if (!Number.isSafeInteger(offset) || offset === 0) {
    throw invalidParameter(`Invalid page token, decoded value=${JSON.stringify(text)}`);
  }
  return offset;
}

import type { ApiFailure } from "./types.js";

/** What the server refused, in its own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: ApiFailure["details"];

  constructor(status: number, failure: ApiFailure) {
    super(failure.message);
    this.status = status;
    this.code = failure.code;
    this.details = failure.details;
  }
}

/** A query's parameters: what is undefined is left out, a list is given once an item. */
export type Parameters = Record<string, string | number | boolean | readonly string[] | undefined>;

/** @example apiAddress(["projects", "cars", "columns"], { filter: "r2 > 0" }) // "/api/projects/cars/columns?filter=r2+%3E+0" */
export function apiAddress(path: readonly string[], parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const item of typeof value === "object" ? value : [value]) query.append(name, String(item));
  }
  const text = query.toString();
  return `/api/${path.map(encodeURIComponent).join("/")}${text === "" ? "" : `?${text}`}`;
}

/** @throws ApiError where the server answers with an error, TypeError where it does not answer */
export async function fetchJson<T>(
  path: readonly string[],
  parameters?: Parameters,
  signal?: AbortSignal,
): Promise<T> {
  const response = await fetch(apiAddress(path, parameters), {
    signal: signal ?? null,
    headers: { accept: "application/json" },
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body as T;
  const failure = (body as { error?: ApiFailure } | undefined)?.error;
  throw new ApiError(
    response.status,
    failure ?? {
      code: "INTERNAL_ERROR",
      message: `the server answered with status ${response.status}`,
      details: null,
    },
  );
}

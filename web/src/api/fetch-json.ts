import type { Answers, PathNames } from "./answers.js";
import type { ApiFailure, PlotDataOf, PlotName } from "./types.js";

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

/**
 * Where the server answers, relative to the page's <base>.
 * @example apiAddress("/api/projects/{project}/columns", { project: "my cars" }, { limit: 5 }) // "api/projects/my%20cars/columns?limit=5"
 */
export function apiAddress<Path extends string>(
  path: Path,
  names: PathNames<Path>,
  parameters: Parameters = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const item of typeof value === "object" ? value : [value]) query.append(name, String(item));
  }
  const values = new Map<string, unknown>(Object.entries(names));
  const place = path
    .slice(1)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const text = query.toString();
  return text === "" ? place : `${place}?${text}`;
}

/** What a route of the API answers.
 *  @throws ApiError where the server answers with an error, TypeError where it does not answer */
export function fetchAnswer<Path extends keyof Answers>(
  path: Path,
  names: PathNames<Path>,
  parameters?: Parameters,
  signal?: AbortSignal,
): Promise<Answers[Path]> {
  return fetchJson(apiAddress(path, names, parameters), signal);
}

export type PairPath = Extract<keyof Answers, "/api/comparison" | `/api/comparison/${string}`>;

/** What a route about two experiments answers; its path has no names. */
export function fetchPair<Path extends PairPath>(
  path: Path,
  parameters: Parameters,
  signal?: AbortSignal,
): Promise<Answers[Path]> {
  return fetchJson(apiAddress<PairPath>(path, {}, parameters), signal);
}

/** The data of one plot, whose name says its shape. */
export function fetchPlot<Name extends PlotName>(
  id: string,
  plot: Name,
  parameters?: Parameters,
  signal?: AbortSignal,
): Promise<PlotDataOf<Name>> {
  return fetchJson(apiAddress("/api/experiments/{id}/plots/{plot}", { id, plot }, parameters), signal);
}

async function fetchJson<T>(address: string, signal: AbortSignal | undefined): Promise<T> {
  const response = await fetch(address, {
    signal: signal ?? null,
    headers: { accept: "application/json" },
  });
  return readAnswer(response);
}

/** The JSON of an answer.
 *  @throws ApiError where it is an error */
export async function readAnswer<T>(response: Response): Promise<T> {
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

import { fileURLToPath } from "node:url";
import { shown } from "../experiment/input/values.js";
import { nearest } from "../experiment/nearest.js";
import { TrackingError } from "../tracking-error.js";

/** A `URL`, by whichever library or realm. */
export interface UrlLike {
  readonly href: string;
}

/** What `AbortController.signal` is, by whichever library of types. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What an option must be. */
export interface OptionCheck {
  /** In a message, after "give". */
  expected: string;
  accepts: (value: unknown) => boolean;
}

/** Every option of a function with its check. */
export type OptionChecks<Options> = { readonly [Name in keyof Required<Options>]: OptionCheck };

export const text: OptionCheck = { expected: "a text", accepts: (value) => typeof value === "string" };
export const flag: OptionCheck = {
  expected: "true or false",
  accepts: (value) => typeof value === "boolean",
};
export const number: OptionCheck = { expected: "a number", accepts: (value) => typeof value === "number" };
export const callback: OptionCheck = {
  expected: "a function",
  accepts: (value) => typeof value === "function",
};
export const texts: OptionCheck = {
  expected: "an array of texts",
  accepts: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
};
export const address: OptionCheck = {
  expected: "a folder's path, gs://BUCKET/PREFIX, s3://BUCKET/PREFIX, or a URL of one of them",
  accepts: (value) => typeof value === "string" || isUrl(value),
};
export const abortSignal: OptionCheck = {
  expected: "an AbortSignal",
  accepts: (value) => Object.prototype.toString.call(value) === "[object AbortSignal]", // of any realm
};

/** What is left of options once undefined ones are out, a URL is its text and a signal a signal. */
type Checked<Options> = {
  [Name in keyof Options]: Extract<Options[Name], AbortSignalLike> extends never
    ? Extract<Options[Name], UrlLike> extends never
      ? Exclude<Options[Name], undefined>
      : string
    : AbortSignal;
};

/**
 * Options that every one of is known and of its type.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function checkOptions<Options extends object>(
  given: Options | undefined,
  checks: OptionChecks<Options>,
): Checked<Options> {
  if (given === undefined) return {} as Checked<Options>;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `options is ${shown(given)}; give an object, such as { store: "./ml-tracking" }`,
    );
  }
  const names = Object.keys(checks);
  const checked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (!Object.hasOwn(checks, name)) {
      const guess = nearest(name, names);
      const wayOut = guess === undefined ? `the options are ${names.join(", ")}` : `did you mean ${guess}?`;
      throw new TrackingError("INVALID_ARGUMENT", `unknown option: ${name}; ${wayOut}`);
    }
    if (value === undefined) continue;
    const { accepts, expected } = checks[name as keyof Options];
    if (!accepts(value)) {
      throw new TrackingError("INVALID_ARGUMENT", `${name} is ${shown(value)}; give ${expected}`);
    }
    checked[name] =
      checks[name as keyof Options] === address ? addressText(value as string | UrlLike) : value;
  }
  return checked as Checked<Options>;
}

/**
 * An argument that is a text.
 * @param example what to give, in a message
 * @throws TrackingError MISSING_ARGUMENT, INVALID_ARGUMENT
 */
export function checkedText(value: unknown, name: string, example: string): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) {
    throw new TrackingError("MISSING_ARGUMENT", `missing argument: ${name}; give ${example}`);
  }
  throw new TrackingError("INVALID_ARGUMENT", `${name} is ${shown(value)}; give ${example}`);
}

/** @throws TrackingError MISSING_ARGUMENT, INVALID_ARGUMENT */
export function checkedId(value: unknown, name = "predictionId"): string {
  return checkedText(value, name, "a prediction id, as logExperiment returned it");
}

/** @throws TrackingError MISSING_ARGUMENT, INVALID_ARGUMENT */
export function checkedProject(value: unknown): string {
  return checkedText(value, "project", "the name of a project, as listProjects gives it");
}

export function isUrl(value: unknown): value is UrlLike {
  return typeof value === "object" && value !== null && "href" in value && typeof value.href === "string";
}

/** A store's address as text; a file: URL is the path that it means. */
export function addressText(given: string | UrlLike): string {
  if (typeof given === "string") return given;
  const { protocol, host, pathname } = new URL(given.href);
  if (protocol === "file:") return fileURLToPath(given.href);
  return `${protocol}//${host}${decodeURIComponent(pathname)}`;
}

import { argumentNames, parameterNames } from "../../experiment/input/experiment-input.js";
import { readable } from "../../experiment/input/read-arguments.js";
import { reasonOf } from "../../experiment/model/model-object.js";
import { orEnd } from "../../store/attempts.js";
import { TrackingError } from "../../tracking-error.js";
import {
  type AbortSignalLike,
  abortSignal,
  addressText,
  checkOptions,
  isUrl,
  type OptionChecks,
} from "../check-options.js";
import { readColumn, readColumns, readScores } from "./read-held.js";

/** Undefined where the argument is taken as it is. */
type Read = (given: unknown, path: string) => Promise<unknown> | string | undefined;

/** A name of a feature, or a column. */
const readDependence: Read = (given, path) =>
  typeof given === "string" ? undefined : readColumn(given, path);

/** What of the arguments a library may hold. */
const readers: Readonly<Record<string, Read>> = {
  yTrue: readColumn,
  yPred: readColumn,
  yScore: readScores,
  labels: readColumn,
  sampleFeatures: readColumns,
  group: readDependence,
  order: readDependence,
  store: (given) => (isUrl(given) ? addressText(given) : undefined),
};

const parameterReaders: Readonly<Record<string, Read>> = {
  testSet: readColumn,
  datasetUri: (given) => (isUrl(given) ? given.href : undefined),
};

export interface PlainInput {
  /** The arguments but for the signal, with arrays for what libraries hold and texts for URLs. */
  plain: unknown;
  signal: AbortSignal | undefined;
}

/**
 * The arguments of `logExperiment` as its checks take them; what else they are, is checked later.
 * @throws TrackingError INVALID_ARGUMENT, INVALID_SCORES naming the argument; the signal's reason
 */
export async function plainInput(input: unknown): Promise<PlainInput> {
  if (!isRecord(input)) return { plain: input, signal: undefined };
  const { signal } = checkOptions(
    { signal: readable(() => input["signal"] as AbortSignalLike | undefined, "signal") },
    signalChecks,
  );
  signal?.throwIfAborted();
  return { plain: await orEnd(signal, readMembers(input)), signal };
}

const signalChecks: OptionChecks<{ signal?: AbortSignalLike | undefined }> = { signal: abortSignal };

async function readMembers(input: Record<string, unknown>): Promise<unknown> {
  const { signal: _, ...plain } = await plainMembers(input, argumentNames, readers, "");
  const parameters = readable(() => input["parameters"], "parameters");
  if (isRecord(parameters)) {
    plain["parameters"] = await plainMembers(parameters, parameterNames, parameterReaders, "parameters.");
  }
  return plain;
}

async function plainMembers(
  given: Record<string, unknown>,
  names: readonly string[],
  readBy: Readonly<Record<string, Read>>,
  path: string,
): Promise<Record<string, unknown>> {
  const plain = membersOf(given, names, path);
  for (const [name, read] of Object.entries(readBy)) {
    try {
      const found = read(plain[name], path + name);
      if (found !== undefined) plain[name] = await found;
    } catch (cause) {
      if (cause instanceof TrackingError) throw cause;
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `${path}${name} cannot be read: ${reasonOf(cause)}; give plain values, such as an array of strings or numbers`,
        { cause },
      );
    }
  }
  return plain;
}

/** All members, those that an object inherits included, so that an unknown one is still found. */
function membersOf(
  given: Record<string, unknown>,
  names: readonly string[],
  path: string,
): Record<string, unknown> {
  const inherited = names.filter((name) => name in given);
  const members = [...new Set([...Object.keys(given), ...inherited])];
  return Object.fromEntries(members.map((name) => [name, readable(() => given[name], path + name)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

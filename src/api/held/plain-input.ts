import { argumentNames, parameterNames } from "../../experiment/input/experiment-input.js";
import { readable } from "../../experiment/input/read-arguments.js";
import { reasonOf } from "../../experiment/model/model-object.js";
import { orEnd } from "../../store/or-end.js";
import { TrackingError } from "../../tracking-error.js";
import {
  type AbortSignalLike,
  abortSignal,
  addressText,
  checkOptions,
  isUrl,
  type OptionChecks,
} from "../check-options.js";
import { readHeld } from "./read-held.js";

/** What of the arguments a library may hold, and how it is read then. */
const heldArguments = {
  yTrue: "column",
  yPred: "column",
  yScore: "scores",
  labels: "column",
  sampleWeight: "column",
  sampleFeatures: "features",
  group: "feature",
  order: "feature",
} as const;
const heldParameters = { testSet: "column" } as const;

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
  const { signal: _, ...plain } = membersOf(input, argumentNames, "");
  await readHeldOnes(plain, heldArguments, "");
  if (isUrl(plain["store"])) plain["store"] = addressText(plain["store"]);
  const given = plain["parameters"];
  if (isRecord(given)) {
    const parameters = membersOf(given, parameterNames, "parameters.");
    await readHeldOnes(parameters, heldParameters, "parameters.");
    if (isUrl(parameters["datasetUri"])) parameters["datasetUri"] = parameters["datasetUri"].href;
    plain["parameters"] = parameters;
  }
  return plain;
}

/** Puts arrays in the place of what libraries hold. */
async function readHeldOnes(
  members: Record<string, unknown>,
  kinds: Readonly<Record<string, keyof typeof readHeld>>,
  path: string,
): Promise<void> {
  for (const [name, kind] of Object.entries(kinds)) {
    try {
      const reading = readHeld[kind](members[name], path + name);
      if (reading) members[name] = await reading;
    } catch (cause) {
      if (cause instanceof TrackingError) throw cause;
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `${path}${name} cannot be read: ${reasonOf(cause)}; give plain values, such as an array of strings or numbers`,
        { cause },
      );
    }
  }
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

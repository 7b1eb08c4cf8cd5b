import { TrackingError } from "../../tracking-error.js";
import { reasonOf } from "../model/model-object.js";
import { snakeCase } from "../snake-case.js";

/**
 * The members of a record of arguments, each read once.
 * @param path what messages put before a member's name
 * @throws TrackingError INVALID_ARGUMENT naming the one that throws when it is read
 */
export function readArguments<T extends object>(given: T, names: readonly string[], path = ""): T {
  const read: Record<string, unknown> = {};
  for (const name of names) {
    const value = readable(() => Reflect.get(given, name) as unknown, path + snakeCase(name));
    if (value !== undefined) read[name] = value;
  }
  return read as T;
}

/**
 * Reads what a caller gave: an object of theirs may throw anything.
 * @throws TrackingError INVALID_ARGUMENT, unless it is one already
 */
export function readable<T>(read: () => T, what: string): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof TrackingError) throw cause;
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${what} cannot be read: ${reasonOf(cause)}; give plain values, such as an array of strings or numbers`,
      { cause },
    );
  }
}

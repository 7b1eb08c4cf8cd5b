import { readFile } from "node:fs/promises";
import { parseExactJson, repeatedKey } from "../predictions-file/exact-json.js";
import { inHome } from "../store/folder-path.js";
import { TrackingError } from "../tracking-error.js";

/**
 * The mapping that repeated KEY=VALUE flags, JSON objects and @FILEs make together, later ones over earlier
 * ones. A value that reads as JSON (a number, true, null, a list) is that, an integer beyond 2^53 as bigint;
 * any other is text.
 * @throws TrackingError INVALID_ARGUMENT
 */
export async function keyValues(given: readonly string[], flag: string): Promise<Record<string, unknown>> {
  const entries = new Map<string, unknown>();
  for (const text of given) {
    if (text.startsWith("{")) addAll(entries, jsonMapping(text, flag));
    else if (text.startsWith("@"))
      addAll(entries, jsonMapping(await fileText(text.slice(1), flag), `${flag} ${text}`));
    else {
      const split = text.indexOf("=");
      if (split < 1) {
        throw new TrackingError(
          "INVALID_ARGUMENT",
          `${flag} is ${JSON.stringify(text)}; give KEY=VALUE, a JSON object, or @FILE with one`,
        );
      }
      entries.set(text.slice(0, split), jsonOrText(text.slice(split + 1), flag));
    }
  }
  return Object.fromEntries(entries);
}

function addAll(entries: Map<string, unknown>, mapping: object): void {
  for (const [key, value] of Object.entries(mapping)) entries.set(key, value);
}

function jsonMapping(text: string, flag: string): object {
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch (error) {
    throw new TrackingError("INVALID_ARGUMENT", `${flag} is not JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TrackingError("INVALID_ARGUMENT", `${flag} is not a JSON object; give { "key": value, ... }`);
  }
  refuseRepeatedKey(text, flag);
  return value;
}

async function fileText(path: string, flag: string): Promise<string> {
  try {
    return await readFile(inHome(path), "utf8");
  } catch (error) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${flag}: cannot read the file ${path} (${(error as Error).message})`,
      {
        cause: error,
      },
    );
  }
}

function jsonOrText(text: string, flag: string): unknown {
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch {
    return text;
  }
  refuseRepeatedKey(text, flag);
  return value;
}

/** JSON.parse would keep the last one silently. */
function refuseRepeatedKey(text: string, flag: string): void {
  const repeated = repeatedKey(text);
  if (repeated === undefined) return;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${flag} has the key ${JSON.stringify(repeated.key)} twice in one object; give each key once`,
  );
}

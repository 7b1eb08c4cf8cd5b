import { shown } from "../experiment/input/values.js";
import { TrackingError } from "../tracking-error.js";

const letters = "abcdefghjkmnpqrstvwxyz";
const alphabet = `0123456789${letters}`;
const length = 16;

/**
 * A new run id: 16 characters of lower-case Crockford base 32, the first a letter. A prediction id has 12, so
 * that an id says by its length what it is of.
 * @param randomBytes gives that many bytes from a secure source
 */
export function newRunId(randomBytes: (count: number) => Uint8Array): string {
  return Array.from(randomBytes(length), (byte, i) =>
    i === 0 ? letters[Math.floor((byte * letters.length) / 256)] : alphabet[byte & 31],
  ).join("");
}

export function isRunId(text: string): boolean {
  return /^[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{15}$/.test(text);
}

export function noRunId(argument: string, value: string): TrackingError {
  return new TrackingError(
    "INVALID_ARGUMENT",
    `${argument} is ${shown(value)}, which is no run id: that has 16 digits and lower-case letters without i, l, o and u`,
  );
}

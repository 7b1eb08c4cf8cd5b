import { TrackingError } from "../tracking-error.js";

/** @throws TrackingError INVALID_ARGUMENT unless the flag's text is a number from 0 */
export function numberFlag(text: string, flag: string): number {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (!(number >= 0 && Number.isFinite(number))) {
    throw new TrackingError("INVALID_ARGUMENT", `${flag} is ${JSON.stringify(text)}; give a number from 0`);
  }
  return number;
}

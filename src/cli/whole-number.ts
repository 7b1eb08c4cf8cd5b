import { TrackingError } from "../tracking-error.js";

/** @throws TrackingError INVALID_ARGUMENT unless the flag's text is a whole number from 0 */
export function wholeNumber(text: string, flag: string): number {
  if (!/^\d{1,15}$/.test(text)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${flag} is ${JSON.stringify(text)}; give a whole number from 0`,
    );
  }
  return Number(text);
}

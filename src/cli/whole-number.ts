import { TrackingError } from "../tracking-error.js";

/** @throws TrackingError INVALID_ARGUMENT unless the flag's text is a whole number from `least` on */
export function wholeNumber(text: string, flag: string, least = 0): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) < least) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${flag} is ${JSON.stringify(text)}; give a whole number from ${least}`,
    );
  }
  return Number(text);
}

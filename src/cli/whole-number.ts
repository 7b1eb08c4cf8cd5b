import { TrackingError } from "../tracking-error.js";

/**
 * @throws TrackingError INVALID_ARGUMENT unless the flag's text is a whole number from `least` on, up to
 * `most` where there is such
 */
export function wholeNumber(text: string, flag: string, least = 0, most = Infinity): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) < least || Number(text) > most) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${flag} is ${JSON.stringify(text)}; give a whole number from ${least}${most === Infinity ? "" : ` to ${most}`}`,
    );
  }
  return Number(text);
}

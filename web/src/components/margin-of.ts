/**
 * A margin as an address or a field has it, for the API; undefined where it is no number from 0.
 * @example marginOf(" 0.02 ") // "0.02"
 */
export function marginOf(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? "";
  const margin = trimmed === "" ? Number.NaN : Number(trimmed);
  return Number.isFinite(margin) && margin >= 0 ? trimmed : undefined;
}

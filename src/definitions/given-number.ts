/** A number as somebody wrote it down: what it is, and how exactly that is known. */
export interface GivenNumber {
  text: string;
  value: number;
  /** The number is rounded to a multiple of twice this. */
  halfDigit: number;
}

const form = /^\s*([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:e([+-]?\d+))?\s*(%?)\s*$/i;

/**
 * Reads a number with the digits that it was given to; a percent sign divides by 100. Undefined where the text
 * is no finite number.
 * @example givenNumber("88.05 %")?.halfDigit // 0.00005
 */
export function givenNumber(text: string): GivenNumber | undefined {
  const [, sign, digits, exponent = "0", percent] = form.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const power = Number(exponent) - (percent ? 2 : 0);
  const value = Number(`${sign}${digits}e${power}`);
  if (!Number.isFinite(value)) return undefined;
  const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  return { text: text.trim(), value, halfDigit: Number(`5e${power - decimals - 1}`) };
}

/** Whether a computed number, written with the digits that were given, is the given one. */
export function isGiven(
  { value, halfDigit }: GivenNumber,
  computed: number,
  precision: "float64" | "float32",
): boolean {
  // A half may have been rounded either way, and the last bits are the library's own.
  const ownBits = (precision === "float32" ? 2e-6 : 1e-11) * Math.max(Math.abs(value), 1e-300);
  return Math.abs(computed - value) <= halfDigit * (1 + 1e-9) + ownBits;
}

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
  const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  const halfDigit = Number(`5e${power - decimals - 1}`);
  // Beyond 1e308, and so near 0 that nothing is left of it or of its digits.
  if (!Number.isFinite(value) || halfDigit < 1e-307) return undefined;
  return { text: text.trim(), value, halfDigit };
}

/**
 * Whether a computed number, written with the digits that were given, is the given one. What a library makes of
 * scores in single precision (float32) differs in the seventh digit.
 */
export function isGiven({ value, halfDigit }: GivenNumber, computed: number): boolean {
  // A half may have been rounded either way.
  return Math.abs(computed - value) <= halfDigit * (1 + 1e-9) + 2e-6 * Math.abs(value);
}

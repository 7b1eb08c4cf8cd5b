/**
 * How MLflow's client writes a number as a parameter's text, as regular expressions of JavaScript and RE2 both
 * read: as Python and JSON do in their shortest form, so that no digit is lost. `1.10` may be a version and
 * `12345678901234567890` an id: they stay texts.
 */
export const numberInText = String.raw`-?(?:0|[1-9]\d{0,14})(?:\.(?:0|0{0,5}\d{0,16}[1-9]))?(?:[eE][+-]?(?:0?\d{1,2}|[12]\d{2}))?`;

const wholeNumber = new RegExp(`^${numberInText}$`);

/**
 * The number or boolean that a parameter of MLflow's client stands for, or its text.
 * @example valueOfText("1e-05") // 0.00001
 */
export function valueOfText(text: string): string | number | boolean {
  if (text === "True" || text === "False") return text === "True";
  const value = wholeNumber.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : text;
}

/** A name as TypeScript writes it: `test_set` is `testSet`. */
export type CamelCase<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

/** A record for TypeScript: its names in camelCase at every depth, and undefined for null. */
export type InCamelCase<Value> = Value extends null
  ? undefined
  : Value extends readonly (infer Item)[]
    ? InCamelCase<Item>[]
    : Value extends object
      ? { [Name in keyof Value as CamelCase<Name & string>]: InCamelCase<Value[Name]> }
      : Value;

/**
 * A record of JSON's names as TypeScript's: names in camelCase at every depth, and undefined for null.
 * @example inCamelCase({ test_set: [{ p_corrected: null }] }) // { testSet: [{ pCorrected: undefined }] }
 */
export function inCamelCase<Value>(value: Value): InCamelCase<Value> {
  return converted(value) as InCamelCase<Value>;
}

function converted(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(converted);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [camelCase(name), converted(member)]),
  );
}

/** @example camelCase("p_corrected") // "pCorrected" */
export function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

export interface Setting {
  /** With the path of what it is nested in, as the tracking table names it. */
  name: string;
  /** For a reader: a number in the digits that matter, a list as JSON. */
  value: string;
}

/** A mapping's entries, nested ones with their path. */
export function flatSettings(settings: object, path = ""): Setting[] {
  return Object.entries(settings).flatMap(([key, value]: [string, unknown]): Setting[] => {
    const name = path === "" ? key : `${path}.${key}`;
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return flatSettings(value, name);
    return [{ name, value: textOf(value) }];
  });
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(8)));
  return Array.isArray(value) ? value.map(textOf).join(", ") : JSON.stringify(value);
}

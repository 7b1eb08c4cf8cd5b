/**
 * JSON as JSON.parse reads it, but with integers beyond 2^53 as bigint: JSON.parse would round them, so that
 * two ids become one.
 * @throws SyntaxError where it is not JSON
 * @example parseExactJson('{"seed": 9007199254740993}') // { seed: 9007199254740993n }
 */
export function parseExactJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(stringOrNumber, keepWide), (_, value: unknown) =>
    isWideInteger(value) ? BigInt(value[wideInteger]) : value,
  );
}

const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const wideInteger = "ml-tracking: integer beyond 2^53";

function keepWide(token: string): string {
  const isWide = /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token));
  return isWide ? `{"${wideInteger}": "${token}"}` : token;
}

function isWideInteger(value: unknown): value is { [wideInteger]: string } {
  return typeof value === "object" && value !== null && wideInteger in value;
}

/**
 * A key that an object has twice, of which JSON.parse would keep the last silently; and in which of the
 * outermost objects, from 1. The text is JSON, as JSON.parse has said.
 */
export function repeatedKey(text: string): { key: string; record: number } | undefined {
  const open: Set<string>[] = [];
  let record = 0;
  for (const [token, string, colon] of text.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g)) {
    if (token === "{") {
      if (open.length === 0) record++;
      open.push(new Set());
    } else if (token === "}") open.pop();
    else if (string !== undefined && colon !== undefined) {
      const keys = open.at(-1);
      const key = JSON.parse(string) as string;
      if (keys?.has(key)) return { key, record };
      keys?.add(key);
    }
  }
  return undefined;
}

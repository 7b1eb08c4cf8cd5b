/** How a time is written in a filter, for messages. */
export const writtenTime = "'2026-11-23', or '2026-11-23T14:05:09Z'";

const pattern =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i;

/**
 * The stretch of time that a text names, in milliseconds since 1970: from its beginning up to, not including,
 * its end. A day is a whole day, a minute a whole minute; without an offset it is UTC.
 * @returns undefined where the text is no time of ISO 8601
 * @example timeRange("2026-11-23") // [1795392000000, 1795478400000]
 */
export function timeRange(text: string): readonly [number, number] | undefined {
  const match = pattern.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const numbers = [
    Number(year),
    Number(month ?? 1),
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute ?? 0),
  ] as const;
  const start = utc(...numbers, Number(second ?? 0), Number((fraction ?? "0").padEnd(3, "0").slice(0, 3)));
  if (start === undefined) return undefined;
  const shift = offsetOf(offset);
  if (shift === undefined) return undefined;
  const end =
    month === undefined
      ? (utc(numbers[0] + 1, 1, 1, 0, 0, 0, 0) as number)
      : day === undefined
        ? Date.UTC(numbers[0], numbers[1], 1)
        : start + lengthOf(hour, second, fraction);
  return [start - shift, end - shift];
}

function lengthOf(
  hour: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
): number {
  if (hour === undefined) return 86_400_000;
  if (second === undefined) return 60_000;
  return fraction === undefined ? 1_000 : 1;
}

function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  const isReal =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second;
  return isReal ? date.getTime() : undefined;
}

function offsetOf(offset: string | undefined): number | undefined {
  if (offset === undefined || offset.toUpperCase() === "Z") return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** A tracking log file: the UTC day of its creation, and its number on that day from 1. */
export interface LogFile {
  name: string;
  day: string;
  index: number;
}

/** @example logFileName("cars", "2026-11-23", 1) // "cars_2026-11-23_1.csv" */
export function logFileName(project: string, day: string, index: number): string {
  return `${project}_${day}_${index}.csv`;
}

/** The parts of a log file's name; undefined for any other name. Project names have no underscore, so there is one way. */
export function parseLogFileName(project: string, name: string): LogFile | undefined {
  const match = /^([^_]+)_(\d{4}-\d{2}-\d{2})_([1-9]\d{0,8})\.csv$/.exec(name);
  if (!match || match[1]?.normalize("NFC") !== project) return undefined;
  return { name, day: match[2] as string, index: Number(match[3]) };
}

/** Oldest first; the last one is the file that rows go to. */
export function compareLogFiles(a: LogFile, b: LogFile): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.index - b.index;
}

/** The UTC day of a time, YYYY-MM-DD. */
export function utcDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/**
 * The next file of today; a day that a clock ahead of ours has begun already is continued, so that order is kept.
 * @param skipped numbers that are left to others
 */
export function nextFileName(project: string, files: readonly LogFile[], now: Date, skipped = 0): string {
  const today = utcDay(now);
  const latest = files.at(-1);
  const day = latest && latest.day > today ? latest.day : today;
  return logFileName(project, day, (latest?.day === day ? latest.index : 0) + 1 + skipped);
}

import { TrackingError } from "../tracking-error.js";

/** A tracking log file: the UTC day of its creation, and its number on that day from 1. */
export interface LogFile {
  name: string;
  day: string;
  index: number;
}

/** Greater numbers have more digits than readers take. */
const greatestIndex = 999_999_999;

/**
 * The day of a file that is being removed. Readers take it as any other, so that its rows are in a file at
 * every moment; but it is never the most recent one, and no row is added to it.
 */
const retiredDay = "0001-01-01";

/** @example logFileName("cars", "2026-11-23", 1) // "cars_2026-11-23_1.csv" */
function logFileName(project: string, day: string, index: number): string {
  return `${project}_${day}_${index}.csv`;
}

/** A name for the moment in which a log file is removed. */
export function retiredFileName(project: string): string {
  return logFileName(project, retiredDay, 1 + Math.floor(Math.random() * greatestIndex));
}

export function isRetired({ day }: LogFile): boolean {
  return day === retiredDay;
}

/**
 * The parts of a log file's name; undefined for any other name. Project names have no underscore, so there is
 * one way.
 */
export function parseLogFileName(project: string, name: string): LogFile | undefined {
  const match = /^([^_]+)_(\d{4}-\d{2}-\d{2})_([1-9]\d{0,8})\.csv$/.exec(name);
  if (!match || match[1]?.normalize("NFC") !== project) return undefined;
  const day = match[2] as string;
  return isDay(day) ? { name, day, index: Number(match[3]) } : undefined;
}

function isDay(text: string): boolean {
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && utcDay(time) === text;
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
 * The next file of today; a day that a clock ahead of ours has begun already is continued, so that order is
 * kept. Where a day's numbers are used up, the next day goes on.
 * @param skipped numbers that are left to others
 * @throws TrackingError STORE_NOT_WRITABLE where there is no later name that readers take
 */
export function nextFileName(project: string, files: readonly LogFile[], now: Date, skipped = 0): string {
  const today = utcDay(now);
  const latest = files.at(-1);
  let day = latest && latest.day > today ? latest.day : today;
  let index = (latest?.day === day ? latest.index : 0) + 1 + skipped;
  if (index > greatestIndex) {
    day = utcDay(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000));
    index = 1 + skipped;
  }
  const name = logFileName(project, day, index);
  if (parseLogFileName(project, name)) return name;
  throw new TrackingError(
    "STORE_NOT_WRITABLE",
    `cannot start a log file of project ${project} after ${latest?.name ?? `the day ${day}`}: there is no later name; give that file an earlier one, or set this machine's clock`,
  );
}

/**
 * Names for a new log file, one after the other where they turn out to be taken. A name that is taken, and
 * that no log file has at the next look, is a folder's, a link's or a pipe's: the one after it is next.
 */
export function freeFileNames(project: string, now: Date): (files: readonly LogFile[]) => string {
  let last: string | undefined;
  let taken = 0;
  return (files) => {
    const name = nextFileName(project, files, now);
    taken = name === last ? taken + 1 : 0;
    last = name;
    return nextFileName(project, files, now, taken);
  };
}

import { TrackingError } from "../tracking-error.js";
import { shown } from "./input/values.js";

const longest = 100;
/**
 * What a file name takes at most on the common file systems, less what a log file's name adds to the
 * project's.
 */
const mostBytes = 200;
const reservedOnWindows = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

/**
 * The name a project is stored under: each run of `/`, `\` and `_` becomes one `-`, leading and trailing
 * dashes go, and the result is in Unicode's composed form (NFC), so that a folder has one name on every
 * system.
 * @throws TrackingError INVALID_PROJECT_NAME when nothing usable is left of it.
 * @example projectName("tracker_testing_1_/first_run") // "tracker-testing-1-first-run"
 */
export function projectName(given: unknown): string {
  if (given === undefined || given === null) {
    throw new TrackingError("MISSING_ARGUMENT", `missing argument: project; name the series of experiments`);
  }
  const refuse = (why: string) =>
    new TrackingError("INVALID_PROJECT_NAME", `project is ${shown(given, 120)}: ${why}; choose another name`);
  if (typeof given !== "string") throw refuse("a project's name is a string");
  if (!given.isWellFormed()) throw refuse("it has half of a surrogate pair, which no file name can hold");

  const name = given
    .normalize("NFC")
    .replace(/[/\\_]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (name === "") throw refuse("nothing is left of it without slashes, underscores and dashes");
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) throw refuse("it has a control character or a line break");
  if (name === "." || name === "..") throw refuse("it would name a folder above");
  if (name !== name.trim()) throw refuse("it starts or ends with white space");
  if ([...name].length > longest) throw refuse(`it has ${[...name].length} characters, over ${longest}`);
  if (Buffer.byteLength(name) > mostBytes) {
    throw refuse(`it takes ${Buffer.byteLength(name)} bytes, over ${mostBytes}, too long for a file name`);
  }
  const forbidden = /[<>:"|?*]/.exec(name)?.[0];
  if (forbidden) throw refuse(`it has a "${forbidden}", which file names on Windows cannot hold`);
  if (name.endsWith(".")) throw refuse("it ends with a dot, which file names on Windows cannot");
  if (reservedOnWindows.test(name)) throw refuse("Windows reserves this name for a device");
  if (/[\u202a-\u202e\u2066-\u2069]/.test(name))
    throw refuse("it has a character that turns the direction of text");
  return name;
}

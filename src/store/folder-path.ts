import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute } from "node:path";

import { type ErrorCode, TrackingError } from "../tracking-error.js";
import { fromCurrentFolder } from "./current-folder.js";

/**
 * A folder or file as a user names it, as an absolute path: `~` is the home folder, which a shell expands in
 * some places only.
 * @param what the argument, flag or variable that names it, for messages
 * @throws TrackingError where a variable stands in it that nobody expanded, or it is the address of something
 * else
 * @example folderPath("~/experiments", "store") // "/home/ann/experiments"
 */
export function folderPath(path: string, what: string, code: ErrorCode = "INVALID_ARGUMENT"): string {
  const refuse = (why: string) => new TrackingError(code, `${what} is ${JSON.stringify(path)}, ${why}`);
  const variable = unexpanded(path);
  if (variable !== undefined) {
    throw refuse(
      `with the variable ${variable} in it, which nothing expanded; give its value (a shell expands it outside of single quotes, Python's os.path.expandvars anywhere)`,
    );
  }
  if (path.includes("\0")) throw refuse("with a NUL character in it; give the path of a folder");
  const other = otherAddress(path) ?? driveOfWindows(path);
  if (other !== undefined) throw refuse(other);
  const user = /^~([^/\\]+)/.exec(path)?.[1];
  if (user !== undefined) {
    throw refuse(
      `which names the home of a user "${user}" or a folder of that name; give the home's whole path, or ./${path} for the folder`,
    );
  }
  const found = fromCurrentFolder(inHome(path));
  if (found !== undefined) return found;
  throw refuse("a path that starts from the current folder, which was removed; give an absolute path");
}

/** A path of Windows on another system, which would make a folder of that name in the current one. */
function driveOfWindows(path: string): string | undefined {
  if (process.platform === "win32") return undefined;
  const drive = /^([a-z]):[\\/]/i.exec(path)?.[1];
  if (drive !== undefined) {
    return `a path of Windows, which this system does not have; in WSL write /mnt/${drive.toLowerCase()}${path.slice(2).replaceAll("\\", "/")}`;
  }
  if (path.startsWith("\\\\")) return "a network path of Windows; give the folder that it is mounted at";
  return undefined;
}

/**
 * A path with `~` at its start, or `~/`, as the home folder's; any other as it is. For files, whose names may
 * be whatever they are.
 */
export function inHome(path: string): string {
  return path.replace(/^~(?=$|[/\\])/, () => homedir());
}

/**
 * A variable that nothing expanded. An absolute path may well have a folder of such a name in it, which is
 * then there.
 */
function unexpanded(path: string): string | undefined {
  const [before, variable, after] =
    /^(.*?)(\$\{[^}/\\]*\}|\$[A-Za-z_]\w*|%[A-Za-z_]\w*%)([^/\\]*)/s.exec(path)?.slice(1) ?? [];
  if (variable === undefined) return undefined;
  return isAbsolute(path) && existsSync(`${before}${variable}${after}`) ? undefined : variable;
}

/**
 * Schemes of addresses that other programs have, with and without slashes behind; a drive of Windows has one
 * letter.
 */
const addressed =
  /^(?:([a-z][a-z0-9+.-]+):[/\\]+|(gs|s3|gcs|s3a|s3n|file|dbfs|abfss?|wasbs?|https?|hdfs):)(.*)$/is;

/**
 * What is wrong with an address of something else than a folder, naming what is meant most likely; undefined
 * for a path.
 */
function otherAddress(address: string): string | undefined {
  const [, slashed, bare, rest = ""] = addressed.exec(address) ?? [];
  const scheme = (slashed ?? bare)?.toLowerCase();
  switch (scheme) {
    case undefined:
      return undefined;
    case "gs":
    case "gcs":
      return `which is no address of a bucket; write gs://${bucketIn(rest)}`;
    case "s3":
    case "s3a":
    case "s3n":
      return `which is no address of a bucket; write s3://${bucketIn(rest)}`;
    case "file":
      return `an address, not a path; write ${pathIn(rest)}`;
    case "dbfs":
      return `an address of Databricks, not a path; write /dbfs${pathIn(rest)}`;
    default:
      return `but experiments cannot be kept at ${scheme}:// addresses; give the path of a folder, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX`;
  }
}

function bucketIn(rest: string): string {
  return rest.replace(/^[/\\]+/, "") || "BUCKET/PREFIX";
}

function pathIn(rest: string): string {
  const path = rest.replace(/^[/\\]+/, "").replace(/^localhost\//, "");
  return /^[a-z]:/i.test(path) ? path : `/${path}`;
}

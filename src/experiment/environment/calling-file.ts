import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** So many callers are looked at. */
const mostCallers = 50;
const largestMap = 64 * 2 ** 20;

/**
 * The file that called a function, where Node.js was started with a tool instead of it: a test runner, or a
 * framework that calls what it bundled, whose source map then names the file.
 * @param callee the function that was called
 * @returns undefined where the script that Node.js was started with is the user's own, or no caller is
 */
export function callingFile(callee: (...given: never[]) => unknown): string | undefined {
  const [, started] = process.argv;
  if (started === undefined || !isOfATool(started)) return undefined;
  return userFile(callersOf(callee));
}

/** The first file that is no tool's among the lines of a stack. */
export function userFile(stack: string): string | undefined {
  for (const line of stack.split("\n")) {
    const [, place, row, column] = callerPattern.exec(line) ?? [];
    const file = place === undefined ? undefined : filePath(place);
    if (file === undefined || isOfATool(file)) continue;
    const original = originalFile(file, Number(row), Number(column)) ?? file;
    if (!isOfATool(original)) return original;
  }
  return undefined;
}

/** `at PLACE:1:2`, or `at NAME (PLACE:1:2)`; a place may have brackets and blanks itself. */
const callerPattern = /^\s*at (?:async )?(?:(?!\/|file:|webpack|[A-Za-z]:[\\/]).*? \()?(.+?):(\d+):(\d+)\)?$/;

function callersOf(callee: (...given: never[]) => unknown): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = mostCallers;
  const callers: { stack?: unknown } = {};
  Error.captureStackTrace(callers, callee);
  const { stack } = callers; // made now, while the limit holds
  Error.stackTraceLimit = stackTraceLimit;
  return typeof stack === "string" ? stack : ""; // a program may make something else of it
}

function isOfATool(file: string): boolean {
  const inModules = /[\\/]node_modules[\\/]/;
  if (inModules.test(file)) return true;
  try {
    return inModules.test(realpathSync(file)); // a tool that is installed for all programs has a link
  } catch {
    return false;
  }
}

/** A place in a stack or a source map as a path; undefined where it is no file. */
function filePath(place: string, relativeTo?: string): string | undefined {
  const webpack = /^webpack(?:-internal)?:\/\/(?:[^/]*\/)(?:\([\w-]+\)\/)?(?:\.\/)?([^?]+)/.exec(place);
  if (webpack) return resolve(webpack[1]!);
  try {
    if (place.startsWith("file:")) return fileURLToPath(place);
    if (relativeTo !== undefined) return fileURLToPath(new URL(place, pathToFileURL(relativeTo)));
  } catch {
    return undefined;
  }
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(place) ? place : undefined;
}

interface ReadMap {
  path: string;
  changed: number;
  map: SourceMap;
}
/** The last one read: a server calls from one file again and again. */
let lastRead: ReadMap | undefined;

/** What a bundled file was made of at one place; undefined where no source map lies beside it. */
function originalFile(file: string, row: number, column: number): string | undefined {
  const path = `${file}.map`;
  if (!existsSync(path)) return undefined;
  try {
    const { mtimeMs: changed, size } = statSync(path);
    if (size > largestMap) return undefined;
    if (lastRead?.path !== path || lastRead.changed !== changed) {
      lastRead = {
        path,
        changed,
        map: new SourceMap(JSON.parse(readFileSync(path, "utf8")) as SourceMapPayload),
      };
    }
    const found = lastRead.map.findEntry(row - 1, column - 1);
    return "originalSource" in found ? filePath(found.originalSource, `${dirname(file)}/`) : undefined;
  } catch {
    return undefined; // a map that cannot be read says nothing
  }
}

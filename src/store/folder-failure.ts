import { codeOf, TrackingError } from "../tracking-error.js";
import { BucketFailure } from "./bucket-api.js";
import { NotPlainFile } from "./plain-file.js";

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes(String(codeOf(error)));
}

export function isMissing(error: unknown): boolean {
  return hasCode(error, "ENOENT");
}

const reasons: Record<string, string> = {
  ENOENT: "the system lets nobody make a folder there, or a part of the path is gone",
  ENOSPC: "the disk is full; free some space",
  EDQUOT: "the disk quota is used up; free some space",
  EFBIG: "the file would grow over the allowed file size; raise the limit (ulimit -f)",
  EACCES: "permission denied; ask for access to the folder",
  EPERM: "permission denied; ask for access to the folder",
  EROFS: "the disk is read-only",
  ENOTDIR: "a part of the path is a file, not a folder",
  EMFILE: "too many open files; raise the limit (ulimit -n)",
  EEXIST: "a part of the path is no folder, or a symbolic link to nothing",
};

function reasonOf(error: unknown): string {
  if (error instanceof NotPlainFile) return error.message;
  const code = String(codeOf(error));
  return reasons[code] ? `${reasons[code]} (${code})` : String(error);
}

export function notReadable(root: string, path: string, error: unknown): unknown {
  if (error instanceof TrackingError) return error;
  const reason = isMissing(error) ? "there is no such file (ENOENT)" : reasonOf(error);
  return new TrackingError("STORE_NOT_READABLE", `cannot read ${path} in the store ${root}: ${reason}`, {
    cause: error,
  });
}

export function notWritable(root: string, path: string, error: unknown): unknown {
  if (error instanceof TrackingError) return error;
  return new TrackingError(
    "STORE_NOT_WRITABLE",
    `cannot write ${path} in the store ${root}: ${reasonOf(error)}`,
    { cause: error },
  );
}

const ofOneFile = ["EACCES", "EPERM", "EISDIR", "ELOOP", "ENOTDIR", "ENXIO", "ENODEV", "EIO", "EINVAL"];

/**
 * Whether a failed read is about that file alone: its permissions, its disk sectors, what lies in its place.
 * Others of the same store may well be readable, which they are not where a disk or a server is gone.
 */
export function isAboutOneFile(error: unknown): boolean {
  if (!(error instanceof TrackingError && error.code === "STORE_NOT_READABLE")) return false;
  const { cause } = error;
  if (cause instanceof BucketFailure) return cause.kind === "denied" || cause.kind === "other";
  return cause === undefined || cause instanceof NotPlainFile || hasCode(cause, ...ofOneFile);
}

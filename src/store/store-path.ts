import { TrackingError } from "../tracking-error.js";

/**
 * Checks that a path stays inside the store: relative, `/`-separated, without `.`, `..`, empty parts,
 * backslashes, drive letters or NUL. Paths come from tracking logs too, which anyone with write access can
 * edit.
 * @throws TrackingError STORE_NOT_READABLE
 */
export function checkStorePath(path: string): string {
  const parts = path.split("/");
  const unsafe =
    parts.some((part) => part === "" || part === "." || part === "..") ||
    path.includes("\\") ||
    path.includes("\0") ||
    /^[a-z]:/i.test(path);
  if (unsafe) {
    throw new TrackingError(
      "STORE_NOT_READABLE",
      `${JSON.stringify(path)} is not a path inside the store; expected names separated by "/", without "..": correct it in the tracking log`,
    );
  }
  return path;
}

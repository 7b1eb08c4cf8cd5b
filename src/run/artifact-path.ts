import { TrackingError } from "../tracking-error.js";

/** What a run records by itself lies below this folder of its artifacts. */
export const ownArtifacts = "ml-tracking";

export function artifactFolder(project: string, runId: string): string {
  return `artifacts/${project}/${runId}`;
}

/** A part of a path takes at most so many bytes on the common file systems. */
export const longestPart = 255;
export const longestPath = 1_000;
const reservedOnWindows = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

/**
 * The path of an artifact below its run's folder, separated by slashes.
 * @throws TrackingError INVALID_ARGUMENT where it leads out of it, or some system's files cannot be called so
 */
export function artifactPath(given: string): string {
  const refuse = (why: string) =>
    new TrackingError("INVALID_ARGUMENT", `the path of an artifact is ${JSON.stringify(given)}: ${why}`);
  if (given === "") throw refuse("it is empty; give one such as model.pkl or plots/loss.png");
  if (!given.isWellFormed()) throw refuse("it has half of a surrogate pair, which no file name can hold");
  const path = given.replaceAll("\\", "/").normalize("NFC");
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) throw refuse("give one that is relative to the run");
  if (path.length > longestPath) throw refuse(`it has ${path.length} characters, over ${longestPath}`);
  const parts = path.split("/");
  for (const part of parts) {
    if (part === "" || part === "." || part === "..") {
      throw refuse(`it has the part ${JSON.stringify(part)}; name folders and file as they are to be called`);
    }
    if (/[\p{Cc}\u2028\u2029]/u.test(part)) throw refuse("it has a control character or a line break");
    if (Buffer.byteLength(part) > longestPart) throw refuse(`a part of it takes over ${longestPart} bytes`);
    const forbidden = /[<>:"|?*]/.exec(part)?.[0];
    if (forbidden)
      throw refuse(`it has a ${JSON.stringify(forbidden)}, which file names on Windows cannot hold`);
    if (/[. ]$/.test(part))
      throw refuse("a part of it ends with a dot or a blank, which names on Windows cannot");
    if (reservedOnWindows.test(part)) throw refuse("Windows reserves such a name for a device");
  }
  if (parts[0] === ownArtifacts)
    throw refuse(`the folder ${ownArtifacts} is for what a run records by itself`);
  return path;
}

import { currentFolder, setCurrentFolder } from "../store/current-folder.js";
import { TrackingError } from "../tracking-error.js";
import { frameBytes, frameReader } from "./frame-reader.js";
import { methods } from "./methods.js";
import { inPythonWords } from "./python-words.js";
import { receivedValues } from "./received-values.js";
import type { SentArrays } from "./sent-values.js";

interface Request {
  id: number;
  method: string;
  arguments: unknown;
  /**
   * The client's current folder, for paths that start there; empty where it was removed and nobody knows its
   * path.
   */
  folder?: string;
  /** The client's environment variables, where they changed since the last request. */
  environment?: Record<string, string>;
}

/**
 * Answers the requests of one client. Several may be under way at once; each is answered when it is done,
 * under its id.
 * @param write gets the bytes of each answer, in this order
 */
export function serveRequests(write: (bytes: readonly Uint8Array[]) => void): {
  accept: (bytes: Uint8Array) => void;
  /** Resolves when every request received so far is answered. */
  finished: () => Promise<unknown>;
} {
  const underWay = new Set<Promise<void>>();
  const { accept } = frameReader((frame) => {
    const request = receivedValues(frame.header, frame.arrays) as Request;
    const done = answer(request).then((bytes) => write(bytes));
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
  });
  return { accept, finished: () => Promise.allSettled(underWay) };
}

async function answer(request: Request): Promise<Uint8Array[]> {
  const { id } = request;
  const arrays: SentArrays = [];
  try {
    const method = methods.get(request.method);
    if (!method) throw new TrackingError("INTERNAL_ERROR", `there is no method ${request.method}`);
    moveTo(request);
    const result = await method(request.arguments as never, arrays);
    return frameBytes(JSON.stringify({ id, result }), arrays);
  } catch (error) {
    return frameBytes(JSON.stringify({ id, error: sentError(error) }), []);
  }
}

/**
 * Takes the client's folder and environment for this process's own. Until its first await a method sees
 * these.
 */
function moveTo({ folder, environment }: Request): void {
  if (folder !== undefined && folder !== currentFolder()) enter(folder);
  if (environment === undefined) return;
  for (const name of Object.keys(process.env)) {
    if (!Object.hasOwn(environment, name)) delete process.env[name];
  }
  Object.assign(process.env, environment);
}

/** A folder that was removed meanwhile cannot be entered; paths start there all the same. */
function enter(folder: string): void {
  setCurrentFolder(undefined);
  try {
    process.chdir(folder);
  } catch {
    setCurrentFolder(folder);
  }
}

function sentError(error: unknown): { code: string; message: string; details?: string } {
  if (error instanceof TrackingError) return { code: error.code, message: inPythonWords(error.message) };
  const { message, stack = "" } = error as Error;
  return { code: "INTERNAL_ERROR", message: `a defect of ml-tracking: ${message}`, details: stack };
}

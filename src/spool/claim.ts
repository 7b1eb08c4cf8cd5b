import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { isPredictionId } from "../experiment/prediction-id.js";
import { isRunning, markText, ownMark, parseMark } from "../store/process-mark.js";

/**
 * A record waits as `<prediction id>.waiting`. Whoever delivers it renames that to `<prediction
 * id>.<mark>.claimed`, which only one can do, and back where it did not succeed. A claim of a process that is
 * gone may be taken over.
 */
export interface Claim {
  predictionId: string;
  /** The folder that it lies in: that of a store within a spool. */
  folder: string;
  name: string;
}

/**
 * How long a claim is honoured whose process cannot be asked after: one on another machine that shares the
 * spool.
 */
const longestDelivery = 3_600_000;

export function waitingName(predictionId: string): string {
  return `${predictionId}.waiting`;
}

/** Every record of a store's folder in a spool, claimed or not. */
export async function spooledFiles(folder: string): Promise<{ predictionId: string; name: string }[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return [];
    throw error;
  }
  return names.flatMap((name) => {
    const predictionId = name.slice(0, name.indexOf("."));
    return isPredictionId(predictionId) && /\.(waiting|claimed)$/.test(name) ? [{ predictionId, name }] : [];
  });
}

/** Claims a record; undefined when someone else has it, or it is delivered already. */
export async function claim(
  folder: string,
  predictionId: string,
  name: string,
  now: Date,
): Promise<Claim | undefined> {
  if (!name.endsWith(".waiting") && !(await isGivenUp(folder, name, now))) return undefined;
  const claimed = `${predictionId}.${markText(await ownMark())}.claimed`;
  try {
    await rename(join(folder, name), join(folder, claimed));
    return { predictionId, folder, name: claimed };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined; // another was first
    throw error;
  }
}

async function isGivenUp(folder: string, name: string, now: Date): Promise<boolean> {
  const mark = parseMark(name.split(".")[1] ?? "");
  const running = mark && (await isRunning(mark));
  if (running !== undefined) return !running;
  try {
    const { ctimeMs } = await stat(join(folder, name)); // renaming it set the time
    return now.getTime() - ctimeMs > longestDelivery;
  } catch {
    return false; // delivered meanwhile
  }
}

/** Gives a record back, for a later try. */
export async function release({ folder, name, predictionId }: Claim): Promise<void> {
  await rename(join(folder, name), join(folder, waitingName(predictionId)));
}

/** Removes a record that its store has. */
export async function discard({ folder, name }: Claim): Promise<void> {
  await rm(join(folder, name));
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}

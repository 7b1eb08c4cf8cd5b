import type { FileHandle } from "node:fs/promises";
import { readWhole } from "./file-bytes.js";

const lineBreak = 0x0a;

/**
 * Whether the lines stand in the file after `size` bytes, whole and at the start of a line. Others may have
 * appended too.
 */
export async function standsWhole(file: FileHandle, size: number, lines: Uint8Array): Promise<boolean> {
  const start = size - 1;
  const { size: now } = await file.stat();
  const written = Buffer.from(await readWhole(file, start, now));
  const at = written.indexOf(lines);
  return at > 0 && written[at - 1] === lineBreak;
}

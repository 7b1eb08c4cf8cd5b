import type { FileHandle } from "node:fs/promises";

import type { ByteRanges } from "./byte-ranges.js";
import { UnreadableFile } from "./unreadable-file.js";

/** An open file as the Parquet reader takes it. */
export function fileRanges(file: FileHandle, byteLength: number): ByteRanges {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const bytes = new Uint8Array(Math.max(0, end - start));
      for (let done = 0; done < bytes.length; ) {
        const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
        if (bytesRead === 0) throw new UnreadableFile("it ends before its length says so");
        done += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

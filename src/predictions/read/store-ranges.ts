import type { Store } from "../../store/store.js";
import type { ByteRanges } from "./byte-ranges.js";
import { ofOneExperiment } from "./own-failure.js";

/** Predictions in a store as the Parquet reader takes them. */
export function storeRanges(store: Store, path: string, byteLength: number): ByteRanges {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const bytes = await ofOneExperiment(() => store.readRange(path, start, end));
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    },
  };
}

/** A file whose bytes are read in ranges; an ArrayBuffer fits. */
export interface ByteRanges {
  byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer> | ArrayBuffer;
}

/** One message of the protocol: a header in JSON, and the binary arrays that it refers to by number. */
export interface Frame {
  header: string;
  arrays: ArrayBuffer[];
}

const mostArrays = 4_096;
const mostBytes = 2 ** 33;

/**
 * Puts frames together from the bytes of a stream, however it cuts them. A frame is, all little-endian: the
 * header's length (4 bytes), the number of arrays (4 bytes), the length of each array (8 bytes), the header
 * (UTF-8), the arrays.
 * @throws RangeError for a length that no frame has: the stream is not this protocol's, and cannot be read
 * any further
 */
export function frameReader(onFrame: (frame: Frame) => void): { accept: (bytes: Uint8Array) => void } {
  let stage: "sizes" | "lengths" | "content" = "sizes";
  let headerLength = 0;
  let waiting: Uint8Array[] = [new Uint8Array(8)];
  let filling = 0;
  let filled = 0;

  const expect = (next: typeof stage, lengths: readonly number[]) => {
    stage = next;
    waiting = lengths.map((length) => new Uint8Array(length));
    filling = 0;
    filled = 0;
  };

  const complete = () => {
    if (stage === "sizes") {
      const [header, arrays] = new Uint32Array((waiting[0] as Uint8Array).buffer) as unknown as [
        number,
        number,
      ];
      if (arrays > mostArrays) throw new RangeError(`a frame of ${arrays} arrays`);
      headerLength = header;
      expect("lengths", [8 * arrays]);
    } else if (stage === "lengths") {
      const lengths = Array.from(new BigUint64Array((waiting[0] as Uint8Array).buffer), Number);
      const tooLong = lengths.find((length) => length > mostBytes);
      if (tooLong !== undefined) throw new RangeError(`an array of ${tooLong} bytes`);
      expect("content", [headerLength, ...lengths]);
    } else {
      const [header, ...arrays] = waiting as [Uint8Array, ...Uint8Array[]];
      expect("sizes", [8]);
      onFrame({
        header: Buffer.from(header.buffer).toString("utf8"),
        arrays: arrays.map(({ buffer }) => buffer as ArrayBuffer),
      });
    }
  };

  return {
    accept(bytes) {
      let at = 0;
      for (;;) {
        const target = waiting[filling];
        if (target === undefined) {
          complete();
          continue;
        }
        const count = Math.min(target.length - filled, bytes.length - at);
        target.set(bytes.subarray(at, at + count), filled);
        at += count;
        filled += count;
        if (filled < target.length) return;
        filling += 1;
        filled = 0;
      }
    },
  };
}

/** The bytes of a frame, to be written in this order. */
export function frameBytes(header: string, arrays: readonly ArrayBufferView[]): Uint8Array[] {
  const text = Buffer.from(header);
  const sizes = Buffer.alloc(8 + 8 * arrays.length);
  sizes.writeUInt32LE(text.length, 0);
  sizes.writeUInt32LE(arrays.length, 4);
  arrays.forEach((array, i) => sizes.writeBigUInt64LE(BigInt(array.byteLength), 8 + 8 * i));
  const bodies = arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return [sizes, text, ...bodies];
}

import { codec, codecNames } from "./parquet-constants.js";
import { unpackSnappy } from "./snappy.js";
import { UnreadableFile } from "./unreadable-file.js";

/** The bytes that a page's body stands for, as many as its header says. */
export type Decompress = (body: Uint8Array, length: number) => Uint8Array;

/** Loads what a codec needs: nothing for those that this project writes. */
export async function decompressor(codecNumber: number): Promise<Decompress> {
  if (codecNumber === codec.uncompressed) return exactly((body) => body);
  if (codecNumber === codec.snappy) return exactly(unpackSnappy);
  const { compressors } = await import("hyparquet-compressors");
  const name = codecNames[codecNumber];
  const unpack = name && compressors[name];
  if (!unpack) {
    throw new UnreadableFile(
      `it is compressed with ${name ?? `codec ${codecNumber}`}`,
      "write it with Snappy, the default of pandas",
    );
  }
  return exactly(unpack);
}

/** No page is larger in earnest: writers aim at a megabyte. */
const largestPage = 2 ** 30;

function exactly(unpack: Decompress): Decompress {
  return (body, length) => {
    if (length > largestPage) throw new UnreadableFile(`a page of it claims ${length} bytes`);
    const bytes = unpack(body, length);
    if (bytes.length !== length) throw new UnreadableFile("a page of it is garbled");
    return bytes;
  };
}

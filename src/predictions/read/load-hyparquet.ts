/** The Parquet reader and its decompressors, loaded where a file is read and not where one is written. */
export async function loadHyparquet() {
  // One after the other: Jest cannot import modules at once that import the same one.
  const { parquetMetadata, parquetRead, parquetSchema } = await import("hyparquet");
  const { parquetHeader } = await import("hyparquet/src/column.js");
  const { deltaBinaryUnpack } = await import("hyparquet/src/delta.js");
  const { readPlain } = await import("hyparquet/src/plain.js");
  const { readRleBitPackedHybrid } = await import("hyparquet/src/encoding.js");
  const codecs = await import("hyparquet-compressors");
  const { compressors, decompressZstd } = codecs;
  return {
    parquetMetadata,
    parquetRead,
    parquetSchema,
    parquetHeader,
    deltaBinaryUnpack,
    readPlain,
    readRleBitPackedHybrid,
    compressors: {
      ...compressors,
      // Into an array of the page's size: else it allocates whatever window a damaged page claims.
      ZSTD: (input: Uint8Array, length: number) => decompressZstd(input, new Uint8Array(length)),
    },
  };
}

export type Hyparquet = Awaited<ReturnType<typeof loadHyparquet>>;

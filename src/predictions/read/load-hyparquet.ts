/** The Parquet reader and its decompressors, loaded where a file is read and not where one is written. */
export async function loadHyparquet() {
  const [
    { parquetMetadata, parquetRead, parquetSchema },
    { parquetHeader },
    { deltaBinaryUnpack },
    { readPlain },
    { readRleBitPackedHybrid },
    codecs,
  ] = await Promise.all([
    import("hyparquet"),
    import("hyparquet/src/column.js"),
    import("hyparquet/src/delta.js"),
    import("hyparquet/src/plain.js"),
    import("hyparquet/src/encoding.js"),
    import("hyparquet-compressors"),
  ]);
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

/** The numbers of Parquet's enumerations: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift */
export const encoding = { plain: 0, plainDictionary: 2, rle: 3, rleDictionary: 8 } as const;
export const encodingNames = [
  "PLAIN",
  "GROUP_VAR_INT",
  "PLAIN_DICTIONARY",
  "RLE",
  "BIT_PACKED",
  "DELTA_BINARY_PACKED",
  "DELTA_LENGTH_BYTE_ARRAY",
  "DELTA_BYTE_ARRAY",
  "RLE_DICTIONARY",
  "BYTE_STREAM_SPLIT",
];
export const pageType = { data: 0, index: 1, dictionary: 2, dataV2: 3 } as const;
export const codecNames = [
  "UNCOMPRESSED",
  "SNAPPY",
  "GZIP",
  "LZO",
  "BROTLI",
  "LZ4",
  "ZSTD",
  "LZ4_RAW",
] as const;
export const codec = { uncompressed: 0, snappy: 1 } as const;
export const physicalType = { boolean: 0, int32: 1, integer: 2, float: 4, double: 5, string: 6 } as const;
export const repetition = { optional: 1 } as const;
export const convertedType = { utf8: 0 } as const;
export const magic = "PAR1";

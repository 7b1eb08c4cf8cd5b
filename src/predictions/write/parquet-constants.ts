/**
 * The numbers of Parquet's enumerations:
 * https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
export const encoding = { plain: 0, rle: 3, rleDictionary: 8 } as const;
export const pageType = { data: 0, index: 1, dictionary: 2, dataV2: 3 } as const;
export const codec = { snappy: 1 } as const;
export const physicalType = { boolean: 0, int32: 1, integer: 2, float: 4, double: 5, string: 6 } as const;
export const repetition = { optional: 1 } as const;
export const convertedType = { utf8: 0 } as const;
export const magic = "PAR1";

/** A class label. 1, 1n and true are one label, which the caller gives as a number or a bigint. */
export type Label = string | number | bigint;

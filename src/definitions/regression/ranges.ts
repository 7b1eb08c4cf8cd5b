/** An error: 0 is best. */
export const error = { direction: "lower", range: [0, Infinity] } as const;

/** A share of what a constant prediction leaves unexplained: 1 is best. */
export const share = { direction: "higher", range: [-Infinity, 1] } as const;

/** A correlation: 1 is best. */
export const correlation = { direction: "higher", range: [-1, 1] } as const;

/** A difference with its sign: 0 is best. */
export const signed = { direction: "zero", range: [-Infinity, Infinity] } as const;

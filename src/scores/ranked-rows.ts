import type { ClassProbabilities } from "./sample.js";

/** A class's rows by descending score; `endsTie` where the next one's is lower. */
export interface RankedRows {
  rows: Uint32Array;
  endsTie: Uint8Array;
  isPositive: Uint8Array;
}

/** Each class's rows, ranked against all others. */
export function rankedRows({ yTrue, scores, scored }: ClassProbabilities): RankedRows[] {
  return scores.map((ofClass, i): RankedRows => {
    const rows = Uint32Array.from(ofClass.keys()).sort((a, b) => ofClass[b]! - ofClass[a]!);
    return {
      rows,
      endsTie: Uint8Array.from(rows, (row, at) => Number(ofClass[rows[at + 1] ?? -1] !== ofClass[row])),
      isPositive: Uint8Array.from(rows, (row) => Number(yTrue[row] === scored[i])),
    };
  });
}

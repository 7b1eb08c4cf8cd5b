/** Reasons why a definition has no interval, each for its definitions. */
export const noInterval = {
  ofLargest: "the largest of some errors says too little of others",
  ofRange: "the range of some values says too little of others",
  ofWorstBin: "the worst of some bins, which may have few samples, says too little of others",
} as const;

/** Reasons why a definition has no interval, each for its definitions. */
export const noInterval = {
  ofLargest: "the largest of some errors says too little of others",
  ofOrder: "it hangs on the order of the samples, which draws at random do not keep",
  ofRange: "the range of some values says too little of others",
  ofWorstBin: "the worst of some bins, which may have few samples, says too little of others",
} as const;

/** The samples of a bin are few, however many there are, and the share of right among few is off either way. */
export const biasOfBins = {
  samples: Infinity,
  why: "bins of few samples look less calibrated than they are, by as much as is not known",
} as const;

/** Simulated: of 50 samples 84 of 100 intervals of the Kolmogorov-Smirnov statistic hold, of 200 about 91. */
export const biasOfThresholds = {
  samples: 200,
  why: "of fewer than 200 samples the best of all thresholds looks better than it is, by as much as is not known",
} as const;

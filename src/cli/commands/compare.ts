import { Option } from "commander";

import { collect } from "../collect.js";
import { defineCommand } from "../define-command.js";
import type { CompareFlags } from "./compare-flags.js";

export const compare = defineCommand<[a: string | undefined, b: string[]], CompareFlags>({
  usage: "compare [a] [b...]",
  description:
    "say whether experiment B, or any of several, is better than A, sample by sample on the same test set",
  examples: `ml-tracking compare 7f3k9q2m5x1a 2c8v4n6p0w3d
     ml-tracking compare BASELINE CANDIDATE --score f1_macro --max-loss 0.01 --output verdict.json
     ml-tracking compare --runs SEED1,SEED2,SEED3 --with OTHER1,OTHER2,OTHER3`,
  flags: {
    project: new Option("--project <name>", "where they are (default: looked for in every project)"),
    score: new Option(
      "--score <name>",
      "the score that the verdict is about (default: the project's primary score)",
    ),
    level: new Option("--level <share>", "how sure the verdict is to be").default("0.95"),
    seed: new Option("--seed <number>", "of the resampling: the same seed gives the same numbers").default(
      "0",
    ),
    alone: new Option("--alone", "judge the pair by itself, as if no other experiment had been tried"),
    onSharedSamples: new Option(
      "--on-shared-samples",
      "compare different test sets on the samples that both have",
    ),
    runs: new Option(
      "--runs <ids>",
      "instead of A: the runs of one model, comma-separated; other seeds on one test set, folds of a data set, or several data sets",
    ),
    with: new Option("--with <ids>", "the runs of a model to compare with it; once for each model").argParser(
      collect,
    ),
    as: new Option("--as <design>", "what the runs are (default: told by their test sets)").choices([
      "seeds",
      "folds",
      "test sets",
    ]),
    group: new Option(
      "--group <feature>",
      "the feature by which samples depend on each other, such as a patient: whole groups count (default: as logged)",
    ),
    order: new Option("--order <feature>", "the feature by which samples follow each other in time"),
    picture: new Option(
      "--picture <file>",
      "with --runs, of three models or more on several data sets: write the critical-difference diagram as SVG",
    ),
    margin: new Option(
      "--margin <amount>",
      "say whether B is superior by so much, or equivalent or non-inferior within it",
    ),
    maxLoss: new Option(
      "--max-loss <amount>",
      "exit with 1 unless B, or each of several, is shown not to be worse by so much",
    ),
    minImprovement: new Option(
      "--min-improvement <amount>",
      "exit with 1 unless B, or each of several, is shown to be better by more than that",
    ),
    failIfWorse: new Option(
      "--fail-if-worse",
      "exit with 1 when B, or any of several, is shown to be worse; absence of evidence passes",
    ),
    output: new Option("--output <file>", "write the verdict as JSON to a file, too"),
  },
  run: async ({ terminal, setStatus }, a, b, options) =>
    (await import("./compare-command.js")).compareCommand(a, b, options, terminal, setStatus),
});

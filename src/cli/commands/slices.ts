import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { SlicesFlags } from "./slices-command.js";

export const slices = defineCommand<[id: string, other: string | undefined], SlicesFlags>({
  usage: "slices <id> [other]",
  description:
    "find the parts of the test set on which a model is worse than elsewhere; of two experiments, those on which they differ",
  examples: `ml-tracking slices 7f3k9q2m5x1a
     ml-tracking slices 7f3k9q2m5x1a --by island
     ml-tracking slices 7f3k9q2m5x1a 2c8v4n6p0w3d --by y_true`,
  flags: {
    by: new Option("--by <column>", "a feature, or y_true (default: search all features and pairs of them)"),
    project: new Option("--project <name>", "where they are (default: looked for in every project)"),
    score: new Option("--score <name>", "the score to look at (default: accuracy, or mean_absolute_error)"),
    level: new Option("--level <share>", "how sure to be").default("0.95"),
    seed: new Option("--seed <number>", "of the resampling: the same seed gives the same numbers").default(
      "0",
    ),
    correction: new Option(
      "--correction <name>",
      "for the number tried: holm lets no slice through by luck, bh (Benjamini and Hochberg) some",
    )
      .choices(["holm", "bh"])
      .default("holm"),
    minSize: new Option(
      "--min-size <samples>",
      "the smallest slice to try (default: 20, or a thousandth of the samples if more)",
    ),
    bins: new Option("--bins <count>", "into how many groups numbers are cut").default("5"),
    limit: new Option("--limit <count>", "how many slices to show").default("20"),
    onSharedSamples: new Option(
      "--on-shared-samples",
      "compare different test sets on the samples that both have",
    ),
  },
  run: async ({ terminal }, id, other, options) =>
    (await import("./slices-command.js")).slicesCommand(id, other, options, terminal),
});

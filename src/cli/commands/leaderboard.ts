import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { LeaderboardFlags } from "./leaderboard-command.js";

export const leaderboard = defineCommand<[project: string], LeaderboardFlags>({
  usage: "leaderboard <project>",
  description: "rank a project's experiments on one test set, and say which the samples tell from the best",
  examples: `ml-tracking leaderboard churn
     ml-tracking leaderboard churn --score f1_macro --limit 50 --json`,
  flags: {
    score: new Option("--score <name>", "what they are ranked by (default: the project's primary score)"),
    testSet: new Option(
      "--test-set <digest>",
      "the test set, by its digest or how that begins (default: the one with the most experiments)",
    ),
    filter: new Option("--filter <text>", "rank only experiments that it selects, such as 'extra.lr > 0.1'"),
    limit: new Option("--limit <count>", "how many of the best are judged, up to 100").default("20"),
    margin: new Option(
      "--margin <amount>",
      "say of each whether it is equivalent to the best, non-inferior or inferior within so much",
    ),
    group: new Option(
      "--group <feature>",
      "the feature by which samples depend on each other, such as a patient: whole groups count (default: as logged)",
    ),
    order: new Option("--order <feature>", "the feature by which samples follow each other in time"),
    level: new Option("--level <share>", "how sure the verdicts are to be").default("0.95"),
    seed: new Option("--seed <number>", "of the resampling: the same seed gives the same numbers").default(
      "0",
    ),
    shared: new Option("--shared", "count the samples that other test sets have in common with this one"),
  },
  run: async ({ terminal }, project, options) =>
    (await import("./leaderboard-command.js")).leaderboardCommand(project, options, terminal),
});

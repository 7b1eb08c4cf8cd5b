import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { DefinitionsFlags } from "./definitions-command.js";

export const definitions = defineCommand<[words: string[]], DefinitionsFlags>({
  usage: "definitions [words...]",
  description: "find what programs compute under a score's name, in the catalogue of definitions",
  examples: `ml-tracking definitions pr auc
     ml-tracking definitions --library xgboost --kind classification
     ml-tracking definitions --score f1_macro         # those of this name, and where they differ from it`,
  namesItsStores: true,
  flags: {
    kind: new Option("--kind <kind>", "classification or regression").choices([
      "classification",
      "regression",
    ]),
    library: new Option("--library <library>", "of this library, such as xgboost"),
    score: new Option("--score <name>", "of the name of this score of every project"),
    limit: new Option("--limit <count>", "show that many, or all (default: 50; with --json all)"),
  },
  run: async ({ terminal }, words, options) =>
    (await import("./definitions-command.js")).definitionsCommand(words, options, terminal),
});

import { defineCommand } from "../define-command.js";
import type { AnnotateFlags } from "./annotate-command.js";
import { projectFlag } from "./annotate-flags.js";

type TagArguments = [id: string, tag: string, more: string[]];

export const tag = defineCommand<TagArguments, AnnotateFlags>({
  usage: "tag <prediction-id> <tag> [more...]",
  description: "give an experiment tags, for everybody",
  examples: `ml-tracking tag 7f3k9q2m5x1a baseline "for the paper"`,
  flags: { project: projectFlag },
  run: async ({ terminal }, id, first, more, options) =>
    (await import("./annotate-command.js")).annotateCommand(
      [id],
      { addTags: [first, ...more] },
      options,
      terminal,
    ),
});

export const untag = defineCommand<TagArguments, AnnotateFlags>({
  usage: "untag <prediction-id> <tag> [more...]",
  description: "take tags from an experiment",
  examples: "ml-tracking untag 7f3k9q2m5x1a baseline",
  flags: { project: projectFlag },
  run: async ({ terminal }, id, first, more, options) =>
    (await import("./annotate-command.js")).annotateCommand(
      [id],
      { removeTags: [first, ...more] },
      options,
      terminal,
    ),
});

import { Option } from "commander";

import { defineCommand } from "../define-command.js";
import type { NoteFlags } from "./annotate-command.js";
import { projectFlag } from "./annotate-flags.js";

export const note = defineCommand<[id: string, text: string | undefined], NoteFlags>({
  usage: "note <prediction-id> [text]",
  description: "write a note on an experiment, in Markdown, for everybody; without a text, print it",
  examples: `ml-tracking note 7f3k9q2m5x1a "Best so far, but slow."
     ml-tracking note 7f3k9q2m5x1a --file note.md`,
  flags: {
    project: projectFlag,
    file: new Option("--file <path>", "take the note from a file; - is standard input"),
    clear: new Option("--clear", "take the note away"),
  },
  run: async ({ terminal }, id, text, options) =>
    (await import("./annotate-command.js")).noteCommand(id, text, options, terminal),
});

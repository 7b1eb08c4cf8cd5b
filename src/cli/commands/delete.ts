import { defineCommand } from "../define-command.js";
import type { AnnotateFlags } from "./annotate-command.js";
import { projectFlag } from "./annotate-flags.js";

export const deleteExperiments = defineCommand<[id: string, more: string[]], AnnotateFlags>({
  usage: "delete <id> [more...]",
  description: "put experiments or runs into the trash: they vanish everywhere, and can be restored",
  examples: "ml-tracking delete 7f3k9q2m5x1a 2c8v4n6p0w3d",
  flags: { project: projectFlag },
  run: async ({ terminal }, id, more, options) =>
    (await import("./delete-command.js")).deleteCommand([id, ...more], true, options, terminal),
});

export const restore = defineCommand<[id: string, more: string[]], AnnotateFlags>({
  usage: "restore <id> [more...]",
  description: "bring experiments or runs back from the trash",
  examples: "ml-tracking restore 7f3k9q2m5x1a",
  flags: { project: projectFlag },
  run: async ({ terminal }, id, more, options) =>
    (await import("./delete-command.js")).deleteCommand([id, ...more], false, options, terminal),
});

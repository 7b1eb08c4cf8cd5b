import { type Command, Option } from "commander";

import type { Terminal } from "./terminal.js";

export interface JsonFlag {
  json?: boolean;
}

/** The flags of every command but `copy`, which names its two stores as arguments. */
export interface StoreFlags extends JsonFlag {
  store?: string;
}

/** What a command runs with, beside its arguments and flags. */
export interface CommandContext {
  terminal: Terminal;
  /** Sets the exit status of a command that does not fail. */
  setStatus: (status: number) => void;
}

/** A command as the command line knows it, before anything of its work is loaded. */
interface CommandRecord<Arguments extends unknown[], Flags extends JsonFlag> {
  /** Its name and arguments, as commander reads them. */
  usage: string;
  description: string;
  examples: string;
  /** Whether it has no `--store`, since its arguments are stores. */
  namesItsStores?: boolean;
  /** One a flag, by its name in camelCase, in the order of the help. */
  flags: Record<Exclude<keyof Flags, keyof StoreFlags>, Option> & Record<`no${Capitalize<string>}`, Option>;
  /** Loads the work and does it. */
  run: (context: CommandContext, ...given: [...Arguments, Flags]) => Promise<void>;
}

/** Adds a command to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

export function defineCommand<Arguments extends unknown[], Flags extends JsonFlag>({
  usage,
  description,
  examples,
  namesItsStores = false,
  flags,
  run,
}: CommandRecord<Arguments, Flags>): AddCommand {
  return (program, context) => {
    const command = program.command(usage).description(description);
    if (!namesItsStores) command.addOption(storeFlag);
    command.addOption(jsonFlag);
    for (const flag of Object.values<Option>(flags)) command.addOption(flag);
    command
      .addHelpText("after", `\nExamples:\n${examples.replaceAll(/^ *(?=\S)/gm, "  ")}`)
      .action((...given: [...Arguments, Flags]) => run(context, ...given));
  };
}

const storeFlag = new Option(
  "--store <place>",
  "where experiments are kept: a folder, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX (default: $ML_TRACKING_STORE, else ./ml-tracking)",
);
const jsonFlag = new Option("--json", "print JSON, for other programs");

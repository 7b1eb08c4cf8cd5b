import { Command, CommanderError } from "commander";

import packageJson from "../../package.json" with { type: "json" };
import { errorTable } from "../error-table.js";
import { TrackingError } from "../tracking-error.js";
import { cleanTerminal } from "./clean-terminal.js";
import { commands } from "./commands.js";
import { processTerminal, type Terminal } from "./terminal.js";

/** Runs one command line; returns its exit status: 0 done, 1 failed, 2 wrong use. */
export async function run(args: readonly string[], world: Terminal = processTerminal): Promise<number> {
  const terminal = cleanTerminal(world, args.includes("--json"));
  let status = 0;
  const program = commandLine(terminal, (code) => {
    status = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof TrackingError) {
      terminal.talk(
        args.includes("--json")
          ? JSON.stringify({ error: { code: error.code, message: error.message } })
          : `error: ${error.message}`,
      );
      return errorTable[error.code].exitStatus ?? 1;
    }
    throw error;
  }
}

/** Every command with its flags; the work itself is loaded when a command runs. */
export function commandLine(terminal: Terminal, setStatus: (status: number) => void = () => {}): Command {
  const program = new Command("ml-tracking")
    .description("Track machine-learning experiments in CSV and Parquet files you own.")
    .version(packageJson.version, "-V, --version", "print the version")
    .configureOutput({
      writeOut: (text) => void terminal.out(text),
      writeErr: (text) => terminal.talk(text.trimEnd()),
    })
    .exitOverride()
    .showHelpAfterError("(ml-tracking --help lists the commands, ml-tracking COMMAND --help explains one)")
    .helpCommand(false)
    .addHelpText(
      "after",
      `
Where experiments are kept: --store PLACE, else the environment variable ML_TRACKING_STORE, else ./ml-tracking.
A place is a folder, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX.
Exit status: 0 done, 1 failed, 2 wrong use. Data goes to standard output, everything else to standard error.

First steps:
  ml-tracking demo                    log real experiments on real data
  ml-tracking projects                what is there
  ml-tracking experiments penguins --sort f1_macro
  ml-tracking show PREDICTION_ID`,
    );

  for (const addTo of commands) addTo(program, { terminal, setStatus });
  return program;
}

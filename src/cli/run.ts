import { Command, CommanderError, Option } from "commander";

import packageJson from "../../package.json" with { type: "json" };
import { errorTable } from "../error-table.js";
import { TrackingError } from "../tracking-error.js";
import { cleanTerminal } from "./clean-terminal.js";
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

  /** A command with the flags that all have, but --store where it names two. Commands copy the program's settings when they are made. */
  const command = (usage: string, description: string, examples: string): Command => {
    const made = program.command(usage).description(description);
    if (!usage.startsWith("copy")) {
      made.option(
        "--store <place>",
        "where experiments are kept: a folder, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX (default: $ML_TRACKING_STORE, else ./ml-tracking)",
      );
    }
    return made
      .option("--json", "print JSON, for other programs")
      .addHelpText("after", `\nExamples:\n${examples.replaceAll(/^ *(?=\S)/gm, "  ")}`);
  };

  command(
    "log <file>",
    "log one experiment from a file of predictions: one row a sample, columns by name",
    `ml-tracking log predictions.csv --kind classification --project churn --dataset-uri data/churn.csv \\
         --target-column churned --model RandomForest --model-parameter n_estimators=100 --y-score probability
     python predict.py | ml-tracking log - --kind regression --project houses --dataset-uri houses.parquet \\
         --target-column price --model Ridge --model-parameter alpha=0.5 --sample-id house_id`,
  )
    .addOption(
      new Option("--kind <kind>", "what the model predicts")
        .choices(["classification", "regression"])
        .makeOptionMandatory(),
    )
    .requiredOption("--project <name>", "the series of experiments it belongs to")
    .requiredOption("--dataset-uri <text>", "where the data came from")
    .requiredOption("--target-column <text>", "what is predicted")
    .requiredOption("--model <class>", "the model's class name")
    .option(
      "--model-parameter <key=value>",
      "a hyperparameter (repeat); or a JSON object, or @FILE with one",
      collect,
    )
    .option(
      "--extra-parameter <key=value>",
      "anything else to record (repeat); or a JSON object, or @FILE with one",
      collect,
    )
    .option("--y-true <column>", "column of the true values", "y_true")
    .option("--y-pred <column>", "column of the predictions", "y_pred")
    .option(
      "--y-score <columns>",
      "column of the positive class's probability; for more classes, comma-separated, one a class in label order (default: y_score or y_score_0, y_score_1, ... if there)",
    )
    .option(
      "--sample-id <column>",
      "column of the sample ids (default: sample_id if there, else row numbers from 0)",
    )
    .option("--labels <list>", "every class the model knows, comma-separated, in the order of --y-score")
    .option(
      "--positive-label <label>",
      "the positive one of two classes (default: 1 or true, else the greater)",
    )
    .option(
      "--features <columns>",
      "comma-separated columns that describe the samples, or * for all others: ml-tracking slices finds those on which the model is worse (default: columns that start with feature_)",
    )
    .option("--as-text <columns>", "comma-separated columns to take as text even if they look like numbers")
    .option("--name <text>", "what you call this experiment")
    .option("--source <text>", "the script that made the predictions")
    .option("--new-csv", "start a new tracking-log file")
    .option("--strict", "fail when the store cannot take it, instead of keeping it in the local spool")
    .addOption(
      new Option("--format <format>", "what the file is (default: by its name, else by its content)").choices(
        ["csv", "tsv", "parquet", "json", "jsonl"],
      ),
    )
    .action(async (file, options) =>
      (await import("./commands/log-command.js")).logCommand(file, options, terminal),
    );

  command(
    "projects",
    "list the projects of a store",
    "ml-tracking projects --store /mnt/team/experiments",
  ).action(async (options) =>
    (await import("./commands/projects-command.js")).projectsCommand(options, terminal),
  );

  command(
    "experiments <project>",
    "list the experiments of a project, the last one first",
    `ml-tracking experiments churn --sort f1 --limit 10
     ml-tracking experiments churn --json | jq '.experiments[].scores.f1'`,
  )
    .option(
      "--sort <column>",
      "a score (best first), or logged_at, name, model (default: logged_at, latest first)",
    )
    .option("--limit <count>", "show that many, or all (default: 50; with --json all)")
    .action(async (project, options) =>
      (await import("./commands/experiments-command.js")).experimentsCommand(project, options, terminal),
    );

  command(
    "show <prediction-id>",
    "show one experiment: what was tried, its scores and its first predictions",
    "ml-tracking show 7f3k9q2m5x1a --samples 20",
  )
    .option("--project <name>", "where it is (default: looked for in every project)")
    .option("--samples <count>", "how many predictions to show", "5")
    .option("--intervals", "show how far each score could be off, at 95 %")
    .action(async (id, options) =>
      (await import("./commands/show-command.js")).showCommand(id, options, terminal),
    );

  command(
    "compare <a> <b...>",
    "say whether experiment B, or any of several, is better than A, sample by sample on the same test set",
    `ml-tracking compare 7f3k9q2m5x1a 2c8v4n6p0w3d
     ml-tracking compare BASELINE CANDIDATE --score f1_macro --fail-if-worse --output verdict.json`,
  )
    .option("--project <name>", "where they are (default: looked for in every project)")
    .option(
      "--score <name>",
      "the score that the verdict is about (default: accuracy, or mean_absolute_error)",
    )
    .option("--level <share>", "how sure the verdict is to be", "0.95")
    .option("--seed <number>", "of the resampling: the same seed gives the same numbers", "0")
    .option("--on-shared-samples", "compare different test sets on the samples that both have")
    .option("--fail-if-worse", "exit with 1 when B, or any of several, is worse")
    .option("--min-improvement <amount>", "exit with 1 unless B is better by at least so much")
    .option("--output <file>", "write the verdict as JSON to a file, too")
    .action(async (a, b, options) =>
      (await import("./commands/compare-command.js")).compareCommand(a, b, options, terminal, setStatus),
    );

  command(
    "leaderboard <project>",
    "rank a project's experiments on one test set, and say which the samples tell from the best",
    `ml-tracking leaderboard churn
     ml-tracking leaderboard churn --score f1_macro --limit 50 --json`,
  )
    .option("--score <name>", "what they are ranked by (default: accuracy, or mean_absolute_error)")
    .option(
      "--test-set <digest>",
      "the test set, by its digest or how that begins (default: the one with the most experiments)",
    )
    .option("--limit <count>", "how many of the best are judged, up to 100", "20")
    .option("--level <share>", "how sure the verdicts are to be", "0.95")
    .option("--seed <number>", "of the resampling: the same seed gives the same numbers", "0")
    .option("--shared", "count the samples that other test sets have in common with this one")
    .action(async (project, options) =>
      (await import("./commands/leaderboard-command.js")).leaderboardCommand(project, options, terminal),
    );

  command(
    "slices <id> [other]",
    "find the parts of the test set on which a model is worse than elsewhere; of two experiments, those on which they differ",
    `ml-tracking slices 7f3k9q2m5x1a
     ml-tracking slices 7f3k9q2m5x1a --by island
     ml-tracking slices 7f3k9q2m5x1a 2c8v4n6p0w3d --by y_true`,
  )
    .option("--by <column>", "a feature, or y_true (default: search all features and pairs of them)")
    .option("--project <name>", "where they are (default: looked for in every project)")
    .option("--score <name>", "the score to look at (default: accuracy, or mean_absolute_error)")
    .option("--level <share>", "how sure to be", "0.95")
    .option("--seed <number>", "of the resampling: the same seed gives the same numbers", "0")
    .addOption(
      new Option(
        "--correction <name>",
        "for the number tried: holm lets no slice through by luck, bh (Benjamini and Hochberg) some",
      )
        .choices(["holm", "bh"])
        .default("holm"),
    )
    .option(
      "--min-size <samples>",
      "the smallest slice to try (default: 20, or a thousandth of the samples if more)",
    )
    .option("--bins <count>", "into how many groups numbers are cut", "5")
    .option("--limit <count>", "how many slices to show", "20")
    .option("--on-shared-samples", "compare different test sets on the samples that both have")
    .action(async (id, other, options) =>
      (await import("./commands/slices-command.js")).slicesCommand(id, other, options, terminal),
    );

  command(
    "export <project>",
    "write a project as one wide CSV: every parameter is a column of its own",
    `ml-tracking export churn --output churn.csv
     ml-tracking export churn --spreadsheet --output for-excel.csv`,
  )
    .option("--output <file>", "write to a file instead of standard output")
    .option(
      "--spreadsheet",
      "for Excel and Sheets: cells that would run as a formula start with an apostrophe",
    )
    .action(async (project, options) =>
      (await import("./commands/export-command.js")).exportCommand(project, options, terminal),
    );

  command(
    "verify",
    "check a store: torn lines, duplicates, missing or orphaned predictions, wrong digests",
    `ml-tracking verify
     ml-tracking verify --repair --grace 0     # nobody is logging right now`,
  )
    .option("--repair", "put right what can be; what is taken away goes to quarantine/ in the store")
    .option("--quick", "do not read the predictions, only look whether they are there")
    .option("--grace <seconds>", "leave files younger than this alone: their writer may be at work", "3600")
    .action(async (options) =>
      (await import("./commands/verify-command.js")).verifyCommand(options, terminal, setStatus),
    );

  command(
    "sync",
    "deliver the experiments that wait in the local spool because their store could not take them",
    `ml-tracking sync
     ml-tracking sync --store /mnt/team/experiments
     ml-tracking sync --store gs://misspelt/experiments --to gs://team-bucket/experiments`,
  )
    .option("--to <store>", "deliver what waits for --store to this store after all")
    .action(async (options) =>
      (await import("./commands/sync-command.js")).syncCommand(options, terminal, setStatus),
    );

  command(
    "copy <from> <to>",
    "copy experiments from one store to another; what is there already is compared, so do it again if it was interrupted",
    `ml-tracking copy ml-tracking /mnt/team/experiments
     ml-tracking copy /mnt/team/experiments laptop --project churn`,
  )
    .option("--project <name>", "copy this project alone")
    .option("--quick", "take predictions that are there with the same size for the same, do not read them")
    .action(async (from, to, options) =>
      (await import("./commands/copy-command.js")).copyCommand(from, to, options, terminal, setStatus),
    );

  command(
    "looker [project]",
    "print the address that opens a Looker Studio report on a project, or on every one",
    `ml-tracking looker churn --store gs://team-bucket/experiments
     ml-tracking looker churn --store gs://team-bucket/experiments --dataset my-cloud-project.experiments`,
  )
    .option(
      "--dataset <name>",
      "report on the views that ml-tracking bigquery made there: CLOUD-PROJECT.DATASET",
    )
    .action(async (project, options) =>
      (await import("./commands/looker-command.js")).lookerCommand(project, options, terminal),
    );

  command(
    "bigquery [project]",
    "print the SQL that makes BigQuery tables and views over a project's files, or over every one's",
    `ml-tracking bigquery churn --store gs://team-bucket/experiments --dataset experiments | bq query --use_legacy_sql=false
     ml-tracking bigquery churn --dataset experiments --dialect duckdb > churn.sql`,
  )
    .requiredOption("--dataset <name>", "where to make them: DATASET, or CLOUD-PROJECT.DATASET")
    .addOption(
      new Option("--dialect <name>", "the database: duckdb makes the same over any store")
        .choices(["bigquery", "duckdb"])
        .default("bigquery"),
    )
    .action(async (project, options) =>
      (await import("./commands/bigquery-command.js")).bigqueryCommand(project, options, terminal),
    );

  command(
    "compact [project]",
    "fold many small tracking-log files into few, while others may go on logging",
    `ml-tracking compact --store gs://team/experiments
     ml-tracking compact churn --grace 0`,
  )
    .option("--grace <seconds>", "leave files alone that were written less than this ago", "60")
    .action(async (project, options) =>
      (await import("./commands/compact-command.js")).compactCommand(project, options, terminal),
    );

  command(
    "dashboard",
    "open a store's tables and plots in the browser",
    `ml-tracking dashboard
     ml-tracking dashboard --store /mnt/team/experiments --port 8080
     ml-tracking dashboard --host 0.0.0.0     # for colleagues on this network`,
  )
    .option("--port <number>", "where to listen (default: 7878, or any free port where that is taken)")
    .option("--host <address>", "who can reach it: this machine alone, unless told", "127.0.0.1")
    .option(
      "--token <text>",
      "what everyone who asks must know (default: $ML_TRACKING_TOKEN, else random, which makes one)",
    )
    .option("--token-file <file>", "read the token from a file: --token stands in the list of processes")
    .option("--no-token", "let every user of this machine read it")
    .option("--poll <seconds>", "how often to look for what is new (default: 1, over a bucket 5)")
    .option(
      "--cache-limit <megabytes>",
      "what copies of a bucket's predictions may take on this machine (default: 2048)",
    )
    .action(async (options) =>
      (await import("./commands/dashboard-command.js")).dashboardCommand(options, terminal),
    );

  command(
    "demo",
    "train real models on real data, log them, and show the scores",
    "ml-tracking demo --store /tmp/demo",
  ).action(async (options) => (await import("./commands/demo-command.js")).demoCommand(options, terminal));

  return program;
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

import { writeFile } from "node:fs/promises";

import { compareExperiments, isBetterBy } from "../compare-experiments.js";
import type { Comparison } from "../judge/compare-evaluations.js";
import type { ScoreDifference } from "../judge/judge-difference.js";
import { TrackingError } from "../tracking-error.js";
import { numberFlag } from "./number-flag.js";
import type { Terminal } from "./terminal.js";
import { shortNumber, textTable } from "./text-table.js";

export interface CompareCommandOptions {
  store?: string;
  json?: boolean;
  project?: string;
  score?: string;
  level: string;
  seed: string;
  onSharedSamples?: boolean;
  failIfWorse?: boolean;
  minImprovement?: string;
  output?: string;
}

export async function compareCommand(
  a: string,
  b: string,
  options: CompareCommandOptions,
  terminal: Terminal,
  setStatus: (status: number) => void,
): Promise<void> {
  const { store, project, score, onSharedSamples = false } = options;
  const least =
    options.minImprovement === undefined
      ? undefined
      : numberFlag(options.minImprovement, "--min-improvement");
  const comparison = await compareExperiments(a, b, {
    ...(store === undefined ? {} : { store }),
    ...(project === undefined ? {} : { project }),
    ...(score === undefined ? {} : { score }),
    level: numberFlag(options.level, "--level"),
    seed: numberFlag(options.seed, "--seed"),
    onSharedSamples,
  });
  const json = `${JSON.stringify(comparison)}\n`;
  if (options.output !== undefined) await writeVerdict(options.output, json);
  if (options.json) await terminal.out(json);
  else await terminal.out(comparisonText(comparison));
  const main = mainScore(comparison);
  if (options.failIfWorse && comparison.verdict === "worse") setStatus(1);
  if (least !== undefined && !isBetterBy(comparison, least)) {
    terminal.talk(
      `error: B is not shown to be better by ${least} in ${main.score}: the difference is ${shortNumber(main.difference)}, ${comparison.verdict}`,
    );
    setStatus(1);
  }
}

async function writeVerdict(file: string, json: string): Promise<void> {
  try {
    await writeFile(file, json);
  } catch (cause) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--output is ${JSON.stringify(file)}, which cannot be written: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function mainScore({ scores, score }: Comparison): ScoreDifference {
  return scores.find((each) => each.score === score)!;
}

/** The verdict in words that need no statistics, then the numbers. */
function comparisonText(comparison: Comparison): string {
  const { a, b, n, same_test_set: isSame, effect, level, scores } = comparison;
  const percent = Number((level * 100).toPrecision(6));
  const lines = [
    `A  ${experimentText(a)}`,
    `B  ${experimentText(b)}`,
    `${n} samples${isSame ? ", the same test set" : ` that both have; A has ${a.samples}, B ${b.samples}`}`,
    "",
    comparison.summary,
    `${effect}.`,
  ];
  const rows = scores.map((each) => [
    each.score,
    shortNumber(each.a),
    shortNumber(each.b),
    shortNumber(each.difference),
    each.low === null ? "" : `${shortNumber(each.low)} to ${shortNumber(each.high!)}`,
    each.p === null ? "" : shortNumber(each.p),
    each.verdict,
    each.method ?? `no test: ${each.reason}`,
  ]);
  const table = textTable(
    [
      { title: "score" },
      { title: "A", align: "right" },
      { title: "B", align: "right" },
      { title: "difference", align: "right" },
      { title: `between (${percent} %)`, align: "right" },
      { title: "p", align: "right" },
      { title: "B is" },
      { title: "method" },
    ],
    rows,
  );
  return `${lines.join("\n")}\n\n${table}`;
}

function experimentText({ prediction_id: id, name, model }: Comparison["a"]): string {
  // A name may hold anything; a table's cell takes out what would move the cursor.
  return textTable([{ title: [id, name, model].filter(Boolean).join("  ") }], []).trimEnd();
}

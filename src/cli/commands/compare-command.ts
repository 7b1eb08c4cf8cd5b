import { writeFile } from "node:fs/promises";
import {
  type BaselineComparison,
  compareExperiments,
  compareWithBaseline,
  isBetterBy,
  mainDifference,
} from "../../jobs/compare-experiments.js";
import type { Comparison } from "../../judge/judge-schema.js";

import { findScore } from "../../scores/registry.js";
import { inHome } from "../../store/folder-path.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import { numberFlag } from "../number-flag.js";
import type { Terminal } from "../terminal.js";
import { shortNumber, textTable } from "../text-table.js";

export interface CompareFlags extends StoreFlags {
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
  others: readonly string[],
  options: CompareFlags,
  terminal: Terminal,
  setStatus: (status: number) => void,
): Promise<void> {
  const { store, project, score, onSharedSamples = false } = options;
  const least =
    options.minImprovement === undefined
      ? undefined
      : numberFlag(options.minImprovement, "--min-improvement");
  const settings = {
    ...(store === undefined ? {} : { store }),
    ...(project === undefined ? {} : { project }),
    ...(score === undefined ? {} : { score }),
    level: numberFlag(options.level, "--level"),
    seed: numberFlag(options.seed, "--seed"),
    onSharedSamples,
  };
  const say = async (record: Comparison | BaselineComparison, text: string) => {
    const json = `${JSON.stringify(record)}\n`;
    if (options.output !== undefined) await writeVerdict(options.output, json);
    await terminal.out(options.json ? json : text);
  };
  const [b = a, ...more] = others;
  if (more.length > 0) {
    if (least !== undefined) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `--min-improvement is about two experiments, and ${others.length + 1} are given; leave it out, or compare two`,
      );
    }
    const several = await compareWithBaseline(a, others, settings);
    await say(several, baselineText(several));
    const isAnyWorse = several.comparisons.some(({ verdict_corrected: verdict }) => verdict === "worse");
    if (options.failIfWorse && isAnyWorse) setStatus(1);
    return;
  }
  const comparison = await compareExperiments(a, b, settings);
  await say(comparison, comparisonText(comparison));
  const main = mainDifference(comparison);
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
    await writeFile(inHome(file), json);
  } catch (cause) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--output is ${JSON.stringify(file)}, which cannot be written: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** A line for each experiment that is compared with the baseline. */
function baselineText({ score, level, correction, comparisons }: BaselineComparison): string {
  const first = comparisons[0]!;
  const { a, n, same_test_set: isSame } = first;
  const main = mainDifference(first);
  const ofPositive = findScore(score)?.binaryOnly === true;
  const percent = Number((level * 100).toPrecision(6));
  const rows = comparisons.map((comparison) => {
    const { b, difference, low, high } = mainDifference(comparison);
    return [
      comparison.b.prediction_id,
      comparison.b.name ?? "",
      comparison.b.model,
      ...(ofPositive ? [comparison.b.positive_label ?? ""] : []),
      shortNumber(b),
      shortNumber(difference),
      low === null ? "" : `${shortNumber(low)} to ${shortNumber(high!)}`,
      comparison.p_corrected === null ? "" : shortNumber(comparison.p_corrected),
      comparison.verdict_corrected,
    ];
  });
  const table = textTable(
    [
      { title: "prediction id" },
      { title: "name" },
      { title: "model" },
      ...(ofPositive ? [{ title: "positive label" }] : []),
      { title: score, align: "right" },
      { title: "difference", align: "right" },
      { title: `between (${percent} %)`, align: "right" },
      { title: "p (Holm)", align: "right" },
      { title: "than A it is" },
    ],
    rows,
  );
  const samples = isSame ? `; ${n} samples, the same test set` : "";
  return `A  ${experimentText(a)}\n${score} ${shortNumber(main.a)}${samples}\n\n${table}\n${correction}\n`;
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
  const { nearer } = comparison;
  if (nearer) {
    rows.push([
      "nearer more often",
      shortNumber(nearer.a),
      shortNumber(nearer.b),
      shortNumber(nearer.difference),
      `${shortNumber(nearer.low)} to ${shortNumber(nearer.high)}`,
      shortNumber(nearer.p),
      nearer.verdict,
      nearer.method,
    ]);
  }
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

/** With the class that precision, recall and F1 are about, of two classes. */
function experimentText({
  prediction_id: id,
  name,
  model,
  positive_label: positive,
}: Comparison["a"]): string {
  const about = positive === null ? "" : `positive label ${positive}`;
  // A name may hold anything; a table's cell takes out what would move the cursor.
  return textTable([{ title: [id, name, model, about].filter(Boolean).join("  ") }], []).trimEnd();
}

import { experimentTitle } from "../../experiment/experiment-title.js";
import {
  type BaselineComparison,
  compareExperiments,
  compareWithBaseline,
  mainDifference,
} from "../../jobs/compare-experiments.js";
import type { AddedDifference, Comparison, ScoreDifference } from "../../judge/judge-schema.js";
import type { RunsComparison } from "../../judge/runs/runs-schema.js";
import { findScore } from "../../scores/registry.js";
import { shortNumber } from "../../scores/short-number.js";
import { TrackingError } from "../../tracking-error.js";
import { marginGate } from "../margin-gate.js";
import { numberFlag } from "../number-flag.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";
import { writeOutput } from "../write-output.js";
import type { CompareFlags } from "./compare-flags.js";

export async function compareCommand(
  a: string | undefined,
  others: readonly string[],
  options: CompareFlags,
  terminal: Terminal,
  setStatus: (status: number) => void,
): Promise<void> {
  const { store, project, score, group, order, onSharedSamples = false } = options;
  const say = async (record: Comparison | BaselineComparison | RunsComparison, text: string) => {
    const json = `${JSON.stringify(record)}\n`;
    if (options.output !== undefined) await writeOutput(options.output, json, "--output");
    await terminal.out(options.json ? json : text);
  };
  if (options.runs !== undefined || options.with !== undefined) {
    const { compareRunsOf } = await import("./compare-runs-command.js");
    const { record, text, picture } = await compareRunsOf(a === undefined ? [] : [a, ...others], options);
    if (options.picture !== undefined) await writeOutput(options.picture, picture!, "--picture");
    await say(record, text);
    const isAnyWorse = record.differences.some(({ verdict }) => verdict === "worse");
    if (options.failIfWorse && isAnyWorse) setStatus(1);
    return;
  }
  const [b, ...more] = others;
  if (a === undefined || b === undefined) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      `missing argument: ${a === undefined ? "a" : "b"}; give two prediction ids or more, or --runs and --with`,
    );
  }
  if (options.picture !== undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      "--picture is given without --runs; it shows how models of several runs rank",
    );
  }
  const gate = marginGate(options);
  const settings = {
    ...(store === undefined ? {} : { store }),
    ...(project === undefined ? {} : { project }),
    ...(score === undefined ? {} : { score }),
    ...(gate === undefined ? {} : { margin: gate.margin }),
    ...(group === undefined ? {} : { group }),
    ...(order === undefined ? {} : { order }),
    level: numberFlag(options.level, "--level"),
    seed: numberFlag(options.seed, "--seed"),
    onSharedSamples,
    ...(options.alone ? { alone: true } : {}),
  };
  const comparisons: Comparison[] = [];
  if (more.length > 0) {
    const several = await compareWithBaseline(a, others, settings);
    await say(several, baselineText(several));
    comparisons.push(...several.comparisons);
  } else {
    const comparison = await compareExperiments(a, b, settings);
    await say(comparison, comparisonText(comparison));
    comparisons.push(comparison);
  }
  const missed = comparisons.flatMap(
    (comparison) => gate?.missed(comparison, more.length > 0 ? comparison.b.prediction_id : "B") ?? [],
  );
  for (const why of missed) terminal.talk(`error: ${why}`);
  // Who names a pair as a gate has not picked it among others.
  const worse = comparisons.filter(({ alone: { verdict } }) => verdict === "worse");
  if (options.failIfWorse) {
    for (const { b: other, alone } of worse)
      terminal.talk(
        `error: --fail-if-worse judges each pair alone, and so ${other.prediction_id} is worse than A (p ${shortNumber(alone.p)})`,
      );
  }
  if (missed.length > 0 || (options.failIfWorse && worse.length > 0)) setStatus(1);
}

/** A line for each experiment that is compared with the baseline. */
function baselineText({ score, level, correction, comparisons }: BaselineComparison): string {
  const first = comparisons[0]!;
  const { a, n, same_test_set: isSame } = first;
  const main = mainDifference(first);
  const ofPositive = findScore(score)?.binaryOnly === true;
  const rows = comparisons.map((comparison) => {
    const { b, difference, low, high, reason } = mainDifference(comparison);
    const { verdict, margin } = comparison;
    return [
      comparison.b.prediction_id,
      experimentTitle(comparison.b.name, comparison.b.prediction_id),
      comparison.b.model,
      ...(ofPositive ? [comparison.b.positive_label ?? ""] : []),
      shortNumber(b),
      shortNumber(difference),
      low === null ? "" : `${shortNumber(low)} to ${shortNumber(high)}`,
      shortNumber(comparison.p_corrected),
      verdict === "cannot be tested" ? `${verdict}: ${reason}` : verdict,
      ...(margin ? [margin.conclusion] : []),
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
      { title: `between (${percentOf(first.level)} %)`, align: "right" },
      { title: "p (corrected)", align: "right" },
      { title: "than A it is" },
      ...(first.margin ? [{ title: `within ${shortNumber(first.margin.margin)}` }] : []),
    ],
    rows,
  );
  const samples = [
    ...(isSame ? [`; ${n} samples, the same test set`] : []),
    ...(first.weighted === null ? [] : [`; ${first.weighted}`]),
  ].join("");
  const together = `all together at ${percentOf(level)} %`;
  const asked = `The leaderboard judges each as one of all pairs that were tried, and may tell fewer apart.`;
  return `A  ${experimentText(a)}\n${score} ${shortNumber(main.a)}${samples}\n\n${table}\n${correction}: ${together}. ${asked}\n`;
}

function percentOf(level: number): number {
  return Number((level * 100).toPrecision(4));
}

/** The verdict in words that need no statistics, then the numbers. */
function comparisonText(comparison: Comparison): string {
  const { a, b, n, same_test_set: isSame, effect, level, scores, margin, warnings } = comparison;
  const lines = [
    `A  ${experimentText(a)}`,
    `B  ${experimentText(b)}`,
    `${n} samples${isSame ? ", the same test set" : ` that both have; A has ${a.samples}, B ${b.samples}`}`,
    ...(comparison.weighted === null ? [] : [comparison.weighted]),
    ...(comparison.weighted !== null && comparison.added.length > 0
      ? ["scores of the project are without weights, but where their expressions say sample_weight"]
      : []),
    "",
    comparison.summary,
    ...(margin ? [margin.summary] : []),
    `${effect}.`,
    ...warnings.map((warning) => `Warning: ${warning}.`),
  ];
  const rows = [...scores, ...comparison.added].map((each) => [
    each.score,
    shortNumber(each.a),
    shortNumber(each.b),
    shortNumber(each.difference),
    each.low === null ? "" : `${shortNumber(each.low)} to ${shortNumber(each.high)}`,
    shortNumber(each.p),
    each.verdict,
    methodText(each),
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
      { title: `between (${percentOf(level)} %)`, align: "right" },
      { title: "p", align: "right" },
      { title: "alone, B is" },
      { title: "method" },
    ],
    rows,
  );
  return `${lines.join("\n")}\n\n${table}`;
}

function methodText({ method, p, reason }: ScoreDifference | AddedDifference): string {
  if (p === null) return `no test: ${reason}`;
  return [method, ...(reason === null ? [] : [`no interval: ${reason}`])].join("; ");
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

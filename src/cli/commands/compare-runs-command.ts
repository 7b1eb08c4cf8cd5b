import { compareRuns } from "../../jobs/compare-runs.js";
import { criticalDifferencePicture } from "../../judge/runs/critical-difference-picture.js";
import { letter } from "../../judge/runs/runs-design.js";
import type { ModelRanking, RunsComparison } from "../../judge/runs/runs-schema.js";
import { shortNumber } from "../../scores/short-number.js";
import { TrackingError } from "../../tracking-error.js";
import { numberFlag } from "../number-flag.js";
import { textTable } from "../text-table.js";
import type { CompareFlags } from "./compare-flags.js";

/** Flags of single comparisons that mean nothing for runs. */
const others = ["margin", "maxLoss", "minImprovement", "onSharedSamples"] as const;

/**
 * Compares models of several runs.
 * @returns the record, as text, and its picture where one is asked for
 * @throws TrackingError INVALID_ARGUMENT
 */
export async function compareRunsOf(
  named: readonly string[],
  options: CompareFlags,
): Promise<{ record: RunsComparison; text: string; picture?: string }> {
  const { runs, with: withRuns = [], store, project, score, as, group, order } = options;
  if (named.length > 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${named.join(" ")} is given beside --runs; name every run in --runs A1,A2,... --with B1,B2,...`,
    );
  }
  if (runs === undefined || withRuns.length === 0) {
    const [given, missing] = runs === undefined ? ["--with", "--runs"] : ["--runs", "--with"];
    throw new TrackingError(
      "MISSING_ARGUMENT",
      `${given} is given without ${missing}; give --runs A1,A2,... --with B1,B2,..., once more --with for each further model`,
    );
  }
  const meaningless = others.find((name) => options[name] !== undefined);
  if (meaningless !== undefined) {
    const flag = `--${meaningless.replaceAll(/[A-Z]/g, (upper) => `-${upper.toLowerCase()}`)}`;
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${flag} is about single experiments; leave it out with --runs`,
    );
  }
  const models = [runs, ...withRuns].map((list) => list.split(",").map((id) => id.trim()));
  const record = await compareRuns(models, {
    ...(store === undefined ? {} : { store }),
    ...(project === undefined ? {} : { project }),
    ...(score === undefined ? {} : { score }),
    ...(as === undefined ? {} : { as }),
    ...(group === undefined ? {} : { group }),
    ...(order === undefined ? {} : { order }),
    level: numberFlag(options.level, "--level"),
  });
  const { ranking } = record;
  if (options.picture === undefined) return { record, text: runsText(record) };
  if (ranking === null) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--picture is of three models or more on several data sets, and these are ${models.length} models taken as ${record.design}; leave it out`,
    );
  }
  return { record, text: runsText(record), picture: criticalDifferencePicture(ranking, record) };
}

function runsText(found: RunsComparison): string {
  const { models, score, differences, design, design_reason: why, ranking, level } = found;
  const percent = Number((level * 100).toPrecision(4));
  const rows = models.map(({ model, prediction_ids: ids, mean, standard_deviation: spread }, i) => {
    const difference = differences.find((each) => each.model === i);
    return [
      letter(i),
      model,
      String(ids.length),
      shortNumber(mean),
      shortNumber(spread),
      ...(difference
        ? [
            shortNumber(difference.difference),
            difference.low === null
              ? ""
              : `${shortNumber(difference.low)} to ${shortNumber(difference.high)}`,
            shortNumber(difference.p_corrected),
            difference.verdict,
            difference.method ?? `no test: ${difference.reason}`,
          ]
        : ["", "", "", "", ""]),
    ];
  });
  const table = textTable(
    [
      { title: "" },
      { title: "model" },
      { title: "runs", align: "right" },
      { title: `mean ${score}`, align: "right" },
      { title: "standard deviation", align: "right" },
      { title: "difference", align: "right" },
      { title: `between (${percent} %)`, align: "right" },
      { title: differences.length > 1 ? "p (Holm)" : "p", align: "right" },
      { title: "than A it is" },
      { title: "method" },
    ],
    rows,
  );
  const ranks = ranking ? `\n${rankingText(ranking, found)}` : "";
  return `${found.summary}\n\n${table}\nTaken as ${design}: ${why}.\n${ranks}`;
}

/** A critical-difference diagram in letters: models with a bar in common are not told apart. */
function rankingText(ranking: ModelRanking, { models, test_sets: sets, level }: RunsComparison): string {
  const { mean_ranks: ranks, critical_difference: critical, groups, chi_square: chiSquare, p } = ranking;
  const order = [...ranks.keys()].sort((a, b) => ranks[a]! - ranks[b]!);
  const rows = order.map((i) => [
    shortNumber(ranks[i]),
    letter(i),
    models[i]!.model,
    groups.map((group) => (group.length > 1 && group.includes(i) ? "|" : " ")).join(" "),
  ]);
  const table = textTable(
    [{ title: "mean rank", align: "right" }, { title: "" }, { title: "model" }, { title: "not told apart" }],
    rows,
  );
  const percent = Number((level * 100).toPrecision(4));
  return `${table}\nFriedman's test over ${sets.length} test sets: chi-square ${shortNumber(chiSquare)}, p ${shortNumber(p)}. Mean ranks ${shortNumber(critical)} apart or more differ (Nemenyi, ${percent} %).\n`;
}

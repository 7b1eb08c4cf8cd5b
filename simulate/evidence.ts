import { sampleSizes } from "./cell.js";
import type { ScoreOutcome } from "./run-cell.js";
import type { CellOutcome } from "./simulate.js";

/** What must hold of a cell, in shares; two standard errors of the simulation are allowed on top. */
const limits = { coverage: [0.93, 0.975], wrong: 0.06, contradictions: 0.01 } as const;

/**
 * Where a cell falls short, in words; empty where it holds. Of a difference too wide an interval is none:
 * where two models hardly differ in any sample, it cannot be narrower.
 */
export function shortfalls(outcome: ScoreOutcome): string[] {
  const found: string[] = [];
  const check = (what: string, hits: number, of: number, least: number, most: number) => {
    if (of < outcome.runs / 10) return; // refused nearly always: what is left is no fair sample
    const share = hits / of;
    const spare = (limit: number) => 2 * Math.sqrt((limit * (1 - limit)) / of);
    if (share < least - spare(least) || share > most + spare(most)) found.push(`${what} ${percent(share)} %`);
  };
  const [least, most] = limits.coverage;
  const { covering, intervals, wrong, tested, coveringDifference, differences, contradictions } = outcome;
  check("interval covers", covering, intervals, least, most);
  check("interval of the difference covers", coveringDifference, differences, least, 1);
  // Of all comparisons: a refusal tells nobody apart.
  if (outcome.isEqual && tested > 0) check("equal models told apart", wrong, outcome.runs, 0, limits.wrong);
  check("p and interval disagree", contradictions, differences, 0, limits.contradictions);
  return found;
}

/** One row a score, data and models; one column a number of samples. */
export function evidenceTable(cells: readonly CellOutcome[]): string {
  const rows = new Map<string, string[]>();
  for (const { data, models, samples, outcomes } of cells) {
    for (const outcome of outcomes) {
      const key = `| ${outcome.score} | ${data} | ${models} |`;
      let row = rows.get(key);
      if (!row) rows.set(key, (row = sampleSizes.map(() => "")));
      row[sampleSizes.indexOf(samples as (typeof sampleSizes)[number])] = cellText(outcome);
    }
  }
  const head = `| score | data | models | ${sampleSizes.map((n) => `n ${n}`).join(" | ")} |`;
  const rule = `| --- | --- | --- | ${sampleSizes.map(() => "---").join(" | ")} |`;
  const body = [...rows]
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([key, row]) => `${key} ${row.join(" | ")} |`);
  return [head, rule, ...body].join("\n");
}

/**
 * Coverage of one model's interval, coverage of the difference's, and how often it was called a difference.
 */
function cellText(outcome: ScoreOutcome): string {
  const { covering, intervals, coveringDifference, differences, shown, tested, runs } = outcome;
  const share = (hits: number, of: number) => (of < runs / 10 ? "–" : percent(hits / of));
  const text = `${share(covering, intervals)} / ${share(coveringDifference, differences)} / ${tested < runs / 10 ? "–" : percent(shown / runs)}`;
  return shortfalls(outcome).length > 0 ? `**${text}**` : text;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

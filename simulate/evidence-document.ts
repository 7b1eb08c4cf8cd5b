import { type AddedOutcome, addedSection } from "./added-scores.js";
import { sampleSizes } from "./cell.js";
import { evidenceTable, shortfalls } from "./evidence.js";
import type { PowerOutcome } from "./power.js";
import type { CellOutcome } from "./simulate.js";

/** docs/judging-evidence.md, from what earlier simulations found. */
export function evidenceDocument(found: readonly (CellOutcome | PowerOutcome | AddedOutcome)[]): string {
  const added = found.filter((each): each is AddedOutcome => "addedScore" in each);
  const cells = found.filter((each): each is CellOutcome => "outcomes" in each);
  const powers = found.filter((each): each is PowerOutcome => "known" in each);
  const runs = Math.min(...cells.flatMap(({ outcomes }) => outcomes.map((each) => each.runs)));
  const all = cells.flatMap((cell) => cell.outcomes.map((outcome) => ({ ...cell, outcome })));
  const short = all.filter(({ outcome }) => shortfalls(outcome).length > 0);
  const tested = all.reduce((sum, { outcome }) => sum + outcome.tested, 0);
  const contradictions = all.reduce((sum, { outcome }) => sum + outcome.contradictions, 0);
  return `# How often the judge is right

What \`compare\`, \`leaderboard\` and \`show --intervals\` say was put to the test: models whose true scores are known
were judged on ${runs} test sets or more of each kind below, by \`npm run simulate\`, which does it again. The tables say
how often a 95 % interval holds the truth, and how often two equally good models are told apart.

- **Wanted**: intervals hold the truth in 93 to 97.5 of 100 test sets, equal models are told apart in at most 6, and p
  and interval contradict each other in less than 1; two standard errors of the simulation are allowed.
- **${all.length - short.length} of ${all.length} cells hold**, of a score, a kind of samples, a pair of models and a number of samples; the others
  are listed next. A cell where the product gives no interval, with its reason, counts as held.
- p and interval contradicted each other in ${contradictions} of ${tested} comparisons.

## What falls short

${shortTable(short)}

## Power

How often the better of two models is called better, beside a method that others use, which may err more often (the
randomization finds differences where precisions are equal): one positive in four or normal errors, half of the noise
common.

${powerTable(powers)}

${addedSection(added)}

## Every cell

Each cell: the share of intervals of one model that hold its true score / of intervals of the difference that hold the
true difference / of comparisons that call one model better. A dash: there is no interval or no test in 9 of 10 test
sets. Bold: it falls short of what is wanted. *alike*: both models' errors are drawn alike; *nearly identical*: they differ
on few samples; *different in shape*: equal in some scores, by other predictions; *one better*: the last share should be
large.

### Classification

${evidenceTable(cells.filter(({ kind }) => kind === "classification"))}

### Regression

${evidenceTable(cells.filter(({ kind }) => kind === "regression"))}
`;
}

function shortTable(short: readonly (CellOutcome & { outcome: CellOutcome["outcomes"][number] })[]): string {
  const rows = new Map<string, string[]>();
  for (const { data, models, samples, outcome } of short) {
    const key = `| ${outcome.score} | ${data} | ${models} |`;
    rows.set(key, [...(rows.get(key) ?? []), `n ${samples}: ${shortfalls(outcome).join(", ")}`]);
  }
  const body = [...rows]
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([key, why]) => `${key} ${why.join("; ")} |`);
  return ["| score | samples | models | what |", "| --- | --- | --- | --- |", ...body].join("\n");
}

function powerTable(powers: readonly PowerOutcome[]): string {
  const sizes = sampleSizes.filter((size) => powers.some(({ samples }) => samples === size));
  const rows = new Map<string, string[]>();
  for (const { score, method, ours, known } of powers) {
    const key = `| ${score} | ${method} |`;
    rows.set(key, [...(rows.get(key) ?? []), `${percent(ours)} / ${percent(known)}`]);
  }
  return [
    `| score | known method | ${sizes.map((size) => `n ${size}: here / known`).join(" | ")} |`,
    `| --- | --- | ${sizes.map(() => "---").join(" | ")} |`,
    ...[...rows].map(([key, cells]) => `${key} ${cells.join(" | ")} |`),
  ].join("\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

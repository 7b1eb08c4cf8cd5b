import { judgeDifference } from "../src/judge/difference/judge-difference.js";
import { judgeScores } from "../src/judge/intervals/judge-scores.js";
import { scoreValue } from "../src/judge/score-value.js";
import { type ScoreName, scoreNames } from "../src/scores/registry.js";
import type { Cell } from "./cell.js";
import { randomDraws } from "./random.js";

/** How often what was said of a score was right. */
export interface ScoreOutcome {
  score: ScoreName;
  runs: number;
  /** One model's intervals that were given, and those of them that cover its value in the population. */
  intervals: number;
  covering: number;
  /** Differences that were tested, and those called better or worse. */
  tested: number;
  shown: number;
  /** Of those, the ones that name the model that is worse in the population, or either of two equal ones. */
  wrong: number;
  /** Differences with an interval, and those of them that cover the difference in the population. */
  differences: number;
  coveringDifference: number;
  /** Tested differences with an interval where one says that there is a difference and the other does not. */
  contradictions: number;
  /** Whether both models are equal in this score. */
  isEqual: boolean;
}

export interface RunOptions {
  samples: number;
  runs: number;
  seed: number;
  level?: number;
  scores?: readonly string[];
}

const populationSamples = 1_000_000;

/** Judges the two models of a cell on `runs` test sets. */
export function runCell(
  cell: Cell,
  { samples, runs, seed, level = 0.95, scores }: RunOptions,
): ScoreOutcome[] {
  const population = populationScores(cell, scores);
  const outcomes = new Map<string, ScoreOutcome>();
  const outcome = (score: ScoreName) => {
    let found = outcomes.get(score);
    if (!found) outcomes.set(score, (found = emptyOutcome(score, runs, cell.equal.includes(score))));
    return found;
  };
  const random = randomDraws(seed);
  for (let run = 0; run < runs; run++) {
    const { a, b } = cell.draw(random, samples);
    const options = { level, seed: seed + run, scores };
    for (const { score, low, high } of judgeScores(a, options)) {
      if (low === null || high === null) continue;
      const found = outcome(score);
      found.intervals += 1;
      found.covering += Number(isWithin(population.get(score)![0], low, high));
    }
    for (const { score, low, high, p, verdict, direction } of judgeDifference(a, b, options).scores) {
      const found = outcome(score);
      const [ofA, ofB] = population.get(score)!;
      const isToZero = direction === "zero";
      const truth = found.isEqual ? 0 : isToZero ? Math.abs(ofB) - Math.abs(ofA) : ofB - ofA;
      const isShown = verdict === "better" || verdict === "worse";
      if (p !== null) {
        const isGain = direction === "higher" ? truth > 0 : truth < 0;
        found.tested += 1;
        found.shown += Number(isShown);
        found.wrong += Number(isShown && (found.isEqual || isGain !== (verdict === "better")));
      }
      if (low === null || high === null) continue;
      found.differences += 1;
      found.coveringDifference += Number(isWithin(truth, low, high));
      if (p !== null) found.contradictions += Number(isShown !== (low > 0 || high < 0));
    }
  }
  return [...outcomes.values()];
}

function emptyOutcome(score: ScoreName, runs: number, isEqual: boolean): ScoreOutcome {
  return {
    score,
    runs,
    intervals: 0,
    covering: 0,
    tested: 0,
    shown: 0,
    wrong: 0,
    differences: 0,
    coveringDifference: 0,
    contradictions: 0,
    isEqual,
  };
}

/** Rounding of the population's own value is no miss. */
function isWithin(value: number, low: number, high: number): boolean {
  const rounding = 1e-12 * Math.max(1, Math.abs(value));
  return value >= low - rounding && value <= high + rounding;
}

const populations = new WeakMap<Cell, Map<string, readonly [number, number]>>();

function populationScores(
  cell: Cell,
  scores: readonly string[] | undefined,
): Map<string, readonly [number, number]> {
  let found = populations.get(cell);
  if (!found) {
    found = new Map();
    const { a, b } = cell.draw(randomDraws(0x5eed), populationSamples);
    for (const score of scoreNames(cell.kind)) {
      if (scores && !scores.includes(score)) continue;
      const [ofA, ofB] = [scoreValue(a, score)?.value, scoreValue(b, score)?.value];
      if (ofA !== undefined) found.set(score, cell.truth?.[score] ?? [ofA, ofB!]);
    }
    populations.set(cell, found);
  }
  return found;
}

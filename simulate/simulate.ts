import { type Cell, sampleSizes } from "./cell.js";
import { classificationCells } from "./cells/classification.js";
import { dependentCells } from "./cells/dependent.js";
import { regressionCells } from "./cells/regression.js";
import { weightedCells } from "./cells/weighted.js";
import { runCell, type ScoreOutcome } from "./run-cell.js";

/** What one process does: every `parts`-th of the cells that are asked for. */
export interface SimulationPart {
  part: number;
  parts: number;
  runs: number;
  seed: number;
  /** Texts that a cell's name must all contain, such as "t3" or "n 50". */
  only: readonly string[];
  scores?: readonly string[];
}

/** A line of the evidence: one cell at one number of samples. */
export interface CellOutcome {
  kind: Cell["kind"];
  data: string;
  models: Cell["models"];
  samples: number;
  outcomes: ScoreOutcome[];
}

/** Calls `found` with each cell's outcome as soon as it is there. */
export function simulate(
  { part, parts, runs, seed, only, scores }: SimulationPart,
  found: (outcome: CellOutcome) => void,
): void {
  let place = 0;
  for (const cell of [...classificationCells, ...regressionCells, ...dependentCells, ...weightedCells]) {
    for (const samples of sampleSizes) {
      const { kind, data, models, fewest = 0 } = cell;
      const name = `${kind}, ${data}, ${models}, n ${samples},`;
      if (samples < fewest || !only.every((text) => name.includes(text))) continue;
      if (place++ % parts !== part) continue;
      const options = { samples, runs, seed, ...(scores ? { scores } : {}) };
      found({ kind, data, models, samples, outcomes: runCell(cell, options) });
    }
  }
}

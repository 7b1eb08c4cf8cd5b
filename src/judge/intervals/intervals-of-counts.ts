import { confusionTable } from "../../scores/confusion-table.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { bootstrapMethod, bootstrapScores } from "../bootstrap-scores.js";
import { countCells } from "../count-cells.js";
import { countEstimate, countGradient, influenceOf } from "../count-gradient.js";
import { askedScores, emptyTable, fillTable, mostCells, type NamedCountScore } from "../count-scores.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";
import { type AddInterval, noSpread, spreadInterval } from "./add-interval.js";

/** Of the scores of true and predicted labels. */
export function intervalsOfCounts(
  { labels, yTrue, yPred, positive = labels.length }: JudgedClasses,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: AddInterval,
): void {
  const table = confusionTable({ labels: [...labels.keys()], yTrue, yPred });
  const { samples } = table;
  const share = (part: number, whole: number) => (whole > 0 ? wilsonInterval(part, whole, level) : undefined);
  const others: NamedCountScore[] = [];
  for (const record of askedScores(labels.length, wanted)) {
    if (!record.share) {
      others.push(record);
      continue;
    }
    const interval = share(...record.share(table, positive));
    add(record.name, record.of(table, positive), interval, "Wilson", noSpread);
  }
  if (others.length === 0) return;
  const gradients = others.map((record) => countGradient(record, table, positive));
  const cells = countCells([yTrue, yPred], labels.length, mostCells);
  if (!cells) {
    for (const [i, { name, of }] of others.entries()) {
      const value = of(table, positive);
      if (value === undefined) continue;
      const estimate = countEstimate(value, gradients[i]!, yTrue, yPred);
      add(name, value, spreadInterval(estimate, level), "delta method", noSpread);
    }
    return;
  }
  const [trueCodes, predictedCodes] = cells.codes as [Int32Array, Int32Array];
  const scratch = emptyTable(labels.length);
  const intervals = bootstrapScores(
    cells.counts,
    {
      scoresOf(draw, scores) {
        fillTable(scratch, draw, trueCodes, predictedCodes);
        for (let i = 0; i < others.length; i++) scores[i] = others[i]!.of(scratch, positive) ?? 0;
      },
      influences: gradients.map((gradient) =>
        cells.counts.map((_, cell) =>
          influenceOf(gradient, samples, trueCodes[cell]!, predictedCodes[cell]!),
        ),
      ),
    },
    level,
    seed,
  );
  for (const [i, { name, of }] of others.entries()) {
    add(name, of(table, positive), intervals[i], bootstrapMethod, noSpread);
  }
}

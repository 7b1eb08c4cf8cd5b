import type { PlotDataOf } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { linesOption, type NamedLine } from "../../charts/lines-option.js";

/** A curve of one experiment, ready to be laid over those of others. */
export interface OverlaidLine extends NamedLine {
  /** What its shape comes to, in words; empty where the shape is all. */
  summary: string;
}

type Points = [number, number][];

export function rocLine(name: string, { fpr, tpr, auc }: PlotDataOf<"roc_curve">): OverlaidLine {
  return { name, points: fpr.map((x, i) => [x, tpr[i] ?? 0]), summary: `AUC ${brief(auc)}` };
}

export function precisionRecallLine(
  name: string,
  { recall, precision, average_precision: average }: PlotDataOf<"precision_recall_curve">,
): OverlaidLine {
  return {
    name,
    points: recall.map((x, i) => [x, precision[i] ?? 0]),
    summary: `average precision ${brief(average)}`,
  };
}

export function calibrationLine(name: string, { bins }: PlotDataOf<"calibration">): OverlaidLine {
  const points = bins.flatMap(
    ({ mean_score: score, positive_share: share }): Points =>
      score === null || share === null ? [] : [[score, share]],
  );
  return { name, points, summary: "" };
}

/** A histogram as a density, so that test sets of different sizes compare. */
export function errorLine(
  name: string,
  { edges, counts, samples, mean_error: mean }: PlotDataOf<"residual_histogram">,
): OverlaidLine {
  const points = counts.map((count, i): [number, number] => {
    const [from = 0, to = 0] = [edges[i], edges[i + 1]];
    return [(from + to) / 2, count / samples / (to - from)];
  });
  return { name, points, summary: `mean error ${brief(mean)}` };
}

/** How the curves of a plot are laid over each other. */
export interface Overlay {
  title: string;
  meaning: string;
  fileName: string;
  xName: string;
  yName: string;
  option: (lines: readonly NamedLine[]) => ChartOption;
}

const shareCurves = (
  { points, diagonal }: { points: "shown" | "hovered"; diagonal: boolean },
  [xName, yName]: readonly [string, string],
) => ({
  xName,
  yName,
  option: (lines: readonly NamedLine[]) =>
    linesOption(lines, {
      xName,
      yName,
      isShare: true,
      points,
      diagonal,
      namesAcross: 2,
      tooltip: ([x, y]) => `${xName} ${brief(x)}\n${yName} ${brief(y)}`,
    }),
});

export const rocOverlay: Overlay = {
  title: "ROC curves",
  meaning: "Share of positives found against share of false alarms; further to the upper left is better.",
  fileName: "compared-roc_curve",
  ...shareCurves({ points: "hovered", diagonal: true }, ["False positive rate", "True positive rate"]),
};

export const precisionRecallOverlay: Overlay = {
  title: "Precision-recall curves",
  meaning: "Precision at each recall; further to the upper right is better.",
  fileName: "compared-precision_recall_curve",
  ...shareCurves({ points: "hovered", diagonal: false }, ["Recall", "Precision"]),
};

export const calibrationOverlay: Overlay = {
  title: "Calibration",
  meaning:
    "On the diagonal, a score of 0.8 means that 8 of 10 are positive. Below it the model is overconfident.",
  fileName: "compared-calibration",
  ...shareCurves({ points: "shown", diagonal: true }, ["Mean score", "Share that is positive"]),
};

export const errorsOverlay: Overlay = {
  title: "Error distributions",
  meaning: "The share of samples by error; centred at 0 and narrow is good.",
  fileName: "compared-errors",
  xName: "Predicted - actual",
  yName: "Density",
  option: (lines) =>
    linesOption(lines, {
      xName: "Predicted - actual",
      yName: "Density",
      isShare: false,
      points: "steps",
      diagonal: false,
      namesAcross: 3,
      tooltip: ([x]) => `error ${brief(x)}`,
    }),
};

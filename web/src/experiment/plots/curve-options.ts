import type { PlotDataOf } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { type Curve, curveOption } from "../../charts/curve-option.js";

const diagonal = [
  [0, 0],
  [1, 1],
] as const;

/** The first point of a curve has no threshold: above all scores nothing is called positive. */
const thresholdText = (threshold: number | null | undefined) =>
  `threshold ${threshold === null ? "above all" : brief(threshold)}`;

type Marked = Curve["marked"];

export function rocOption({ fpr, tpr, threshold }: PlotDataOf<"roc_curve">, marked?: Marked): ChartOption {
  return curveOption({
    marked,
    name: "ROC",
    x: fpr,
    y: tpr,
    xName: "False positive rate",
    yName: "True positive rate",
    compare: diagonal,
    tooltip: (i) =>
      `false positive rate ${brief(fpr[i])}\ntrue positive rate ${brief(tpr[i])}\n${thresholdText(threshold[i])}`,
  });
}

export function precisionRecallOption(
  data: PlotDataOf<"precision_recall_curve">,
  marked?: Marked,
): ChartOption {
  const { precision, recall, threshold, positives, samples } = data;
  const share = samples === 0 ? 0 : positives / samples;
  return curveOption({
    marked,
    name: "Precision-recall",
    x: recall,
    y: precision,
    xName: "Recall",
    yName: "Precision",
    step: true,
    compare: [
      [0, share],
      [1, share],
    ],
    tooltip: (i) =>
      `recall ${brief(recall[i])}\nprecision ${brief(precision[i])}\n${thresholdText(threshold[i])}`,
  });
}

export function calibrationOption(data: PlotDataOf<"calibration">, marked?: Marked): ChartOption {
  const bins = filledBins(data);
  return curveOption({
    marked,
    name: "Calibration",
    x: bins.map(({ meanScore }) => meanScore),
    y: bins.map(({ positiveShare }) => positiveShare),
    xName: "Mean score",
    yName: "Share that is positive",
    compare: diagonal,
    tooltip: (i) => {
      const bin = bins[i];
      return bin
        ? `mean score ${brief(bin.meanScore)}\npositive ${brief(bin.positiveShare)}\n${bin.samples} samples`
        : "";
    },
  });
}

/** The bins that have samples, and so a mean score and a share of positives. */
export function filledBins({ bins }: PlotDataOf<"calibration">) {
  return bins.flatMap(({ samples, mean_score: meanScore, positive_share: positiveShare }) =>
    meanScore === null || positiveShare === null ? [] : [{ samples, meanScore, positiveShare }],
  );
}

/** @param isLift the share of positives found over what chance finds, not the share itself */
export function gainOption(data: PlotDataOf<"gain_curve">, isLift: boolean, marked?: Marked): ChartOption {
  const points = data.sample_share.flatMap((share, i) => {
    const [gain = null, lift = null] = [data.gain[i], data.lift[i]];
    const y = isLift ? lift : gain;
    return y === null ? [] : [{ share, y, gain, lift }];
  });
  return curveOption({
    marked,
    name: isLift ? "Lift" : "Gain",
    x: points.map(({ share }) => share),
    y: points.map(({ y }) => y),
    xName: "Share of the samples, highest scores first",
    yName: isLift ? "Lift over chance" : "Share of all positives found",
    isShare: !isLift,
    compare: isLift
      ? [
          [0, 1],
          [1, 1],
        ]
      : diagonal,
    tooltip: (i) => {
      const point = points[i];
      return point
        ? `${brief(point.share * 100)} % of the samples\n${brief((point.gain ?? 0) * 100)} % of the positives\nlift ${brief(point.lift)}`
        : "";
    },
  });
}

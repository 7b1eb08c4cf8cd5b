import type { ClassDifference } from "../judge/judge-schema.js";
import type { PairPictures } from "../judge/pair-pictures.js";
import { shortNumber } from "../scores/short-number.js";
import { confusionCounts } from "./confusion-counts.js";
import { type ConfusionCounts, confusionPicture } from "./pictures/confusion-picture.js";
import { curvesPicture } from "./pictures/curves-picture.js";
import { scatterPicture } from "./pictures/scatter-picture.js";
import type { ReportContent, ReportPart, ReportSection } from "./report-content.js";

/** What both predict: confusion matrices and curves, or predicted against actual values. */
export function differenceSection({ difference, pictures, comparison }: ReportContent): ReportSection {
  if (pictures.kind === "regression")
    return { title: "Predicted against actual", parts: scatterParts(pictures) };
  const parts = confusionParts(difference as ClassDifference);
  return { title: "Predictions", parts: [...parts, ...curveParts(pictures, comparison.scores)] };
}

function confusionParts(difference: ClassDifference): ReportPart[] {
  const both = confusionCounts(difference);
  const captions = both.map((_, i) => `Confusion matrix of ${"AB"[i]!}: each row is a true label`);
  return [
    {
      part: "pictures",
      pictures: both.map((counts, i) => ({
        caption: captions[i]!,
        svg: confusionPicture(captions[i]!, counts),
      })),
      otherwise: both.flatMap((counts, i) => [
        { part: "text", text: `${captions[i]!}, each column a predicted one.` },
        confusionTable(counts),
      ]),
    },
  ];
}

function confusionTable({ labels, counts }: ConfusionCounts): ReportPart {
  return {
    part: "table",
    columns: [{ title: "" }, ...labels.map((title) => ({ title, align: "right" }) as const)],
    rows: counts.map((row, i) => [labels[i]!, ...row.map(String)]),
  };
}

function curveParts(
  { curves }: Extract<PairPictures, { kind: "classification" }>,
  scores: ReportContent["comparison"]["scores"],
): ReportPart[] {
  if (curves === null) return [];
  const areas = (name: string) => {
    const found = scores.find(({ score }) => score === name);
    return found ? `: area ${shortNumber(found.a)} of A, ${shortNumber(found.b)} of B` : "";
  };
  const { positive, roc, precisionRecall, positives, samples } = curves;
  const share = positives / samples;
  const captions = [
    `ROC curve of ${positive}${areas("roc_auc")}`,
    `Precision and recall of ${positive}${areas("average_precision")}`,
  ] as const;
  const chanceOfRoc = [
    [0, 0],
    [1, 1],
  ] as const;
  const chanceOfPrecision = [
    [0, share],
    [1, share],
  ] as const;
  return [
    {
      part: "pictures",
      pictures: [
        {
          caption: captions[0],
          svg: curvesPicture(captions[0], ["false positive rate", "true positive rate"], roc, chanceOfRoc),
        },
        {
          caption: captions[1],
          svg: curvesPicture(captions[1], ["recall", "precision"], precisionRecall, chanceOfPrecision),
        },
      ],
      legend: true,
      otherwise: captions.map((text) => ({ part: "text", text: `${text}.` })),
    },
  ];
}

function scatterParts({ n, truth, a, b }: Extract<PairPictures, { kind: "regression" }>): ReportPart[] {
  const range = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  for (const values of [truth, a, b]) {
    for (const value of values) {
      range.min = Math.min(range.min, value);
      range.max = Math.max(range.max, value);
    }
  }
  const drawn =
    truth.length < n ? `${truth.length.toLocaleString("en")} of ${n.toLocaleString("en")} samples` : "";
  const pictures = [a, b].map((predicted, i) => {
    const caption = [`Predicted against actual of ${"AB"[i]!}`, drawn].filter(Boolean).join(": ");
    return { caption, svg: scatterPicture(caption, truth, predicted, range, i === 0 ? "a" : "b") };
  });
  const text = `Actual values from ${shortNumber(least(truth))} to ${shortNumber(-least(truth.map((value) => -value)))}.`;
  return [{ part: "pictures", pictures, otherwise: [{ part: "text", text }] }];
}

function least(values: readonly number[]): number {
  return values.reduce((found, value) => Math.min(found, value), Number.POSITIVE_INFINITY);
}

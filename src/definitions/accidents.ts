import type { Label } from "../scores/label.js";
import type { ClassificationSample, RegressionSample } from "../scores/sample.js";
import type { DefinedSample } from "./asked-definitions.js";
import { firstBest } from "./classification/best-class.js";

/** A common accident: what was done to the samples before a number was computed of them. */
export interface SampleAccident {
  what: string;
  sample: DefinedSample;
}

/** A common accident: what was done to a number after it was computed. */
export interface NumberAccident {
  what: string;
  of: (value: number) => number;
}

export const numberAccidents: readonly NumberAccident[] = [
  { what: "in percent", of: (value) => 100 * value },
  { what: "subtracted from 1", of: (value) => 1 - value },
  { what: "with its sign turned, as scikit-learn's neg_ scorers do", of: (value) => -value },
  { what: "its square", of: (value) => value * value },
  { what: "its square root", of: (value) => (value < 0 ? Number.NaN : Math.sqrt(value)) },
  { what: "with logarithms to base 2", of: (value) => value / Math.LN2 },
];

/** Every accident that may have happened to these samples and changes them. */
export function sampleAccidents(sample: DefinedSample): SampleAccident[] {
  return sample.kind === "regression" ? ofNumbers(sample) : ofClasses(sample);
}

function ofNumbers({ yTrue, yPred }: RegressionSample): SampleAccident[] {
  const made = (what: string, change: Partial<RegressionSample>): SampleAccident => ({
    what,
    sample: { kind: "regression", yTrue, yPred, ...change },
  });
  const accidents = [made("with y_true and y_pred swapped", { yTrue: yPred, yPred: yTrue })];
  const rounded = yPred.map(Math.round);
  if (rounded.some((value, i) => value !== yPred[i])) {
    accidents.push(made("with y_pred rounded to whole numbers", { yPred: rounded }));
  }
  return accidents;
}

function ofClasses(sample: ClassificationSample): SampleAccident[] {
  const { yTrue, yPred } = sample;
  const made = (what: string, change: Partial<ClassificationSample>): SampleAccident => ({
    what,
    sample: { kind: "classification", ...sample, ...change },
  });
  const { yScore: _, ...labelled } = sample;
  const swapped: SampleAccident = {
    what: "with y_true and y_pred swapped",
    // Without its scores, which would be perfect for the labels that were made of them.
    sample: { kind: "classification", ...labelled, yTrue: yPred, yPred: yTrue },
  };
  const accidents = sample.labels.length > 2 ? ofSeveral(sample, made) : ofTwo(sample, made);
  return [swapped, asScores(sample, made), ...accidents, ...ofOneClass(sample)];
}

/** roc_auc_score(y_true, y_pred): labels, where probabilities were meant. */
function asScores({ labels, yPred, positive = 1 }: ClassificationSample, made: Made): SampleAccident {
  const classes = labels.length;
  const yScore =
    classes <= 2
      ? Float64Array.from(yPred, (code) => Number(code === positive))
      : Float64Array.from({ length: yPred.length * classes }, (_, at) =>
          Number(yPred[Math.floor(at / classes)] === at % classes),
        );
  return made("with y_pred in place of y_score", { yScore });
}

/** More classes have too many rows in a report of each. */
const mostReported = 20;

/** A row of a report of each class: the class against all others. */
function ofOneClass({ labels, yTrue, yPred, yScore }: ClassificationSample): SampleAccident[] {
  const classes = labels.length;
  if (classes < 3 || classes > mostReported) return [];
  return labels.map((label, code) => ({
    what: `of ${shown(label)} against all other classes`,
    sample: {
      kind: "classification",
      labels: [0, 1],
      positive: 1,
      yTrue: yTrue.map((each) => Number(each === code)),
      yPred: yPred.map((each) => Number(each === code)),
      ...(yScore ? { yScore: Float64Array.from(yTrue, (_, row) => yScore[row * classes + code]!) } : {}),
    },
  }));
}

type Made = (what: string, change: Partial<ClassificationSample>) => SampleAccident;

function ofTwo({ labels, positive = 1, yScore, yTrue }: ClassificationSample, made: Made): SampleAccident[] {
  const other = 1 - positive;
  if (labels.length < 2 || positive > 1) return [];
  const opposite = yScore?.map((score) => 1 - score);
  const accidents = [
    made(`with ${shown(labels[other]!)} as the positive class`, {
      positive: other,
      ...(opposite ? { yScore: opposite } : {}),
    }),
  ];
  if (!yScore || !opposite) return accidents;
  accidents.push(made(`with the scores of ${shown(labels[other]!)}`, { yScore: opposite }));
  const share = yTrue.reduce((count, code) => count + (code === positive ? 1 : 0), 0) / yTrue.length;
  const thresholds = [
    ...[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((at) => [at, String(at)] as const),
    [share, `the positives' share, ${share.toPrecision(4)}`] as const,
  ];
  for (const [threshold, name] of thresholds) {
    accidents.push(
      made(`with y_pred made of y_score at the threshold ${name}`, {
        yPred: Int32Array.from(yScore, (score) => (score >= threshold ? positive : other)),
      }),
    );
  }
  return accidents;
}

/** Up to four classes every order of the columns is tried; of more, those that programs make. */
const mostOrdered = 4;

function ofSeveral(sample: ClassificationSample, made: Made): SampleAccident[] {
  const { labels, yScore } = sample;
  if (!yScore) return [];
  const classes = labels.length;
  const accidents = orders(labels).map((order) =>
    made(
      classes <= mostOrdered
        ? `with the columns of y_score in the order ${order.map((code) => shown(labels[code]!)).join(", ")}`
        : `with the columns of y_score in the order of ${order[0] === classes - 1 ? "the labels from the last to the first" : "the labels as texts"}`,
      { yScore: Float64Array.from(yScore, (_, at) => yScore[at - (at % classes) + order[at % classes]!]!) },
    ),
  );
  return [
    ...accidents,
    made("with the class of the highest y_score as y_pred", { yPred: firstBest(sample) }),
  ];
}

function orders(labels: readonly Label[]): number[][] {
  const codes = labels.map((_, code) => code);
  const all =
    labels.length <= mostOrdered
      ? permutations(codes)
      : [codes.toReversed(), codes.toSorted((a, b) => (String(labels[a]) < String(labels[b]) ? -1 : 1))];
  return all.filter((order) => order.some((code, place) => code !== place));
}

function permutations(codes: readonly number[]): number[][] {
  if (codes.length < 2) return [[...codes]];
  return codes.flatMap((first) =>
    permutations(codes.filter((code) => code !== first)).map((rest) => [first, ...rest]),
  );
}

function shown(label: Label): string {
  return typeof label === "string" ? JSON.stringify(label) : String(label);
}

const batchSizes = [8, 16, 32, 64, 128, 256, 512, 1024];

/** The samples as a training loop sees them, batch by batch in their order, where there are several. */
export function batchesOf(sample: DefinedSample): { size: number; batches: DefinedSample[] }[] {
  const samples = sample.yTrue.length;
  return batchSizes
    .filter((size) => size < samples)
    .map((size) => ({
      size,
      batches: Array.from({ length: Math.ceil(samples / size) }, (_, i) =>
        part(sample, i * size, Math.min((i + 1) * size, samples)),
      ),
    }));
}

/** The samples without the batch at their end that is not full. */
export function withoutLastBatch(sample: DefinedSample): SampleAccident[] {
  const samples = sample.yTrue.length;
  return batchSizes
    .filter((size) => size < samples && samples % size > 0)
    .map((size) => {
      const kept = samples - (samples % size);
      return {
        what: `of the first ${kept} samples alone, without the last batch of ${size} that is not full`,
        sample: part(sample, 0, kept),
      };
    });
}

function part(sample: DefinedSample, from: number, to: number): DefinedSample {
  if (sample.kind === "regression") {
    return { kind: "regression", yTrue: sample.yTrue.slice(from, to), yPred: sample.yPred.slice(from, to) };
  }
  const { yScore, yTrue, yPred } = sample;
  const columns = yScore ? yScore.length / yTrue.length : 0;
  return {
    ...sample,
    yTrue: yTrue.slice(from, to),
    yPred: yPred.slice(from, to),
    ...(yScore ? { yScore: yScore.slice(from * columns, to * columns) } : {}),
  };
}

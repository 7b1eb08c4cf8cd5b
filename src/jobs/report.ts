import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { type CompareSettings, checkedSettings } from "../judge/compare-settings.js";
import { judgePair } from "../judge/judge-pair.js";
import { checkComparable } from "../judge/pairing/pair-evaluations.js";
import { type FeatureSource, featureSource } from "../predictions/read/feature-source.js";
import { type ReportFormat, reportFormats, writeReport } from "../report/write-report.js";
import { openStore } from "../store/open-store.js";
import { TrackingError } from "../tracking-error.js";
import { amongThoseTried } from "./among-those-tried.js";
import { comparedScore } from "./compared-score.js";
import { findExperiments, type Place } from "./find-experiments.js";
import { addedScoresOf } from "./project-added-scores.js";
import { readEvaluation } from "./read-evaluation.js";
import { predictionsFile } from "./read-experiments.js";

export interface ReportOptions extends Place, Omit<CompareSettings, "scores" | "added"> {
  /** By default html. */
  format?: ReportFormat | undefined;
  /** Judges the pair by itself, as if no other experiment had been tried. */
  alone?: boolean | undefined;
  /** Told how far the search for slices is. */
  onProgress?: (done: number, total: number) => void;
}

export interface PairReport {
  /** The whole file. */
  text: string;
  /** What it says first. */
  verdict: string;
  summary: string;
}

/**
 * Reports whether experiment `b` is better than `a`, for people who have neither the store nor this program:
 * one HTML page that loads nothing, or Markdown.
 * @throws TrackingError as `compareExperiments`; INVALID_ARGUMENT for an unknown format
 */
export async function report(a: string, b: string, options: ReportOptions = {}): Promise<PairReport> {
  const { format = "html", onProgress, ...settings } = options;
  if (!reportFormats.includes(format)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `format is ${JSON.stringify(format)}; give ${reportFormats.map((name) => JSON.stringify(name)).join(" or ")}`,
    );
  }
  checkedSettings(settings);
  const found = (await findExperiments([a, b], settings)) as [[AnnotatedRecord], [AnnotatedRecord]];
  const records = [found[0][0], found[1][0]] as const;
  checkComparable(...records, settings.onSharedSamples);
  const store = openStore(settings.store, settings.signal);
  const annotations = await readAnnotations(store, records[0].project);
  const score = settings.score ?? comparedScore(records, annotations);
  const asked = { ...settings, score, added: addedScoresOf(annotations) };
  const [first, second] = [await readEvaluation(records[0], asked), await readEvaluation(records[1], asked)];
  const featuresOf = async (record: ExperimentRecord): Promise<FeatureSource> => {
    const file = await predictionsFile(store, record);
    return featureSource((read) => read(file), record.predictions);
  };
  const features = [await featuresOf(records[0]), await featuresOf(records[1])] as const;
  const judged = await judgePair(first, second, features, asked, (done, total) => {
    settings.signal?.throwIfAborted();
    onProgress?.(done, total);
  });
  const comparison = await amongThoseTried(judged.comparison, records, asked);
  const { verdict, summary } = comparison;
  return { text: writeReport({ records, ...judged, comparison }, format), verdict, summary };
}

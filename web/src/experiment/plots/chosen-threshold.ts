import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { plotQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { useExperimentAddress } from "../address.js";
import { type Counts, thresholdScores } from "./threshold-scores.js";
import { countsAt, indexOf, type ThresholdTable } from "./threshold-table.js";

/** The threshold that a reader tries, which every curve of the class marks. */
export interface ChosenThreshold {
  threshold: number;
  /** Undefined until the server has counted. */
  counts: Counts | undefined;
  table: { data: ThresholdTable | undefined; error: Error | null; isPending: boolean };
  /** While the slider is dragged: the address waits. */
  move: (threshold: number) => void;
  /** Undefined: back to 0.5. */
  choose: (threshold: number | undefined) => void;
}

const usual = 0.5;

/** @param positive the class against all others, where one was chosen */
export function useChosenThreshold(experiment: Experiment, positive: string | undefined): ChosenThreshold {
  const id = experiment.prediction_id;
  const { search, change } = useExperimentAddress();
  const table = useQuery(plotQuery(id, "threshold_table", { class: positive }));
  const { data } = table;
  const wanted = search.threshold;
  const inAddress = wanted !== undefined && Number.isFinite(Number(wanted)) ? Number(wanted) : usual;
  const [moving, setMoving] = useState<number | undefined>(undefined);
  useEffect(() => setMoving(undefined), [inAddress]);
  const threshold = moving ?? inAddress;
  const index = data ? indexOf(data, threshold) : 0;
  const isExact = data !== undefined && (data.complete || data.threshold[index] === threshold);
  const asked = useQuery({
    ...plotQuery(id, "threshold_counts", { class: positive, threshold }),
    enabled: data !== undefined && !isExact && moving === undefined,
  });
  return {
    threshold,
    counts: data && (isExact || !asked.data || moving !== undefined ? countsAt(data, index) : asked.data),
    table,
    move: setMoving,
    choose: (value) => {
      setMoving(undefined);
      change({ threshold: value === undefined ? undefined : String(value) }, true);
    },
  };
}

/** Where each curve passes at a threshold; a height that is undefined is left out. */
export function marksOf({ threshold, counts }: Pick<ChosenThreshold, "threshold" | "counts">) {
  if (!counts) return undefined;
  const { true_positives: tp, false_positives: fp, false_negatives: fn, true_negatives: tn } = counts;
  const { precision, recall } = thresholdScores(counts);
  const name = brief(threshold);
  const at = (x: number | undefined, y: number | undefined) =>
    x === undefined || y === undefined ? undefined : { x, y, name };
  const samples = tp + fp + fn + tn;
  const share = samples === 0 ? undefined : (tp + fp) / samples;
  return {
    roc: at(fp + tn === 0 ? undefined : fp / (fp + tn), recall),
    precisionRecall: at(recall, precision),
    gain: at(share, recall),
    lift: at(share, share === 0 || recall === undefined ? undefined : recall / (share ?? 1)),
    score: { x: threshold, name },
  };
}

export type ThresholdMarks = ReturnType<typeof marksOf>;

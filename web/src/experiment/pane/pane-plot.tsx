import type { Experiment } from "../../api/types.js";
import { ConfusionMatrix } from "../plots/confusion-matrix.js";
import { PredictedVsActual } from "../plots/predicted-vs-actual.js";

/** The one plot that tells most. */
export default function PanePlot({ experiment }: { experiment: Experiment }) {
  return experiment.kind === "classification" ? (
    <ConfusionMatrix experiment={experiment} />
  ) : (
    <PredictedVsActual experiment={experiment} />
  );
}

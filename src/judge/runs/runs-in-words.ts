import { letter } from "./runs-design.js";
import type { RunsComparison } from "./runs-schema.js";

/** The verdicts on models of several runs, for people who have never heard of the tests behind them. */
export function runsInWords(found: Omit<RunsComparison, "summary">): string {
  const { score, models, differences, test_sets: sets, design } = found;
  const runs = { seeds: "runs", folds: "folds", "test sets": "test sets" }[design];
  const count = design === "seeds" ? undefined : sets.length;
  const sentences = differences.map(
    ({ model, verdict, p_corrected: p, reason, error_of_samples, error_of_runs }) => {
      const name = letter(model);
      const over = count ?? `${models[0]!.prediction_ids.length} and ${models[model]!.prediction_ids.length}`;
      const values = `${score} is ${short(models[0]!.mean)} for A and ${short(models[model]!.mean)} for ${name}, on average of ${over} ${runs}`;
      if (verdict === "cannot be tested") {
        return `Whether ${name} is better than A cannot be tested: ${reason}. ${values}.`;
      }
      const start =
        verdict === "no evidence"
          ? `No evidence that A or ${name} is better`
          : `${name} is ${verdict} than A`;
      return `${start}: ${values} (p ${short(p!)}).${sources(error_of_samples, error_of_runs)}`;
    },
  );
  return sentences.join(" ");
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Which of the two changes the difference more. */
function sources(ofSamples: number | null, ofRuns: number | null): string {
  if (ofSamples === null || ofRuns === null) return "";
  const [more, less] = ofRuns > ofSamples ? ["runs", "samples"] : ["samples", "runs"];
  const [large, small] = ofRuns > ofSamples ? [ofRuns, ofSamples] : [ofSamples, ofRuns];
  return ` Other ${more} would change the difference more than other ${less}: standard errors ${short(large)} and ${short(small)}.`;
}

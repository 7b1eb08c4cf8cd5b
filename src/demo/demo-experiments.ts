import { carExperiments } from "./car-experiments.js";
import type { DemoExperiment } from "./demo-experiment.js";
import { penguinExperiments } from "./penguin-experiments.js";

/**
 * The arguments of one `logExperiment` call after the other: real models trained on real data, in the
 * projects `penguins` (12 classifiers) and `cars` (8 regressions). Each is trained when it is asked for;
 * apart from the training times they are the same on every run.
 * @param clock gives milliseconds, for the training times
 */
export function* demoExperiments(clock: () => number = () => performance.now()): Generator<DemoExperiment> {
  yield* penguinExperiments(clock);
  yield* carExperiments(clock);
}

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { smallClassification } from "./experiments.js";

/** Speaks as MLflow's clients do to the server at an address. */
export function mlflowWire(address: string) {
  return async (route: string, body: object): Promise<Wire> => {
    const [method = "", path = ""] = route.split(" ");
    const response = await fetch(`${address}/api/2.0/mlflow/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Wire;
    if (!response.ok) throw new Error(`${route}: ${JSON.stringify(answer)}`);
    return answer;
  };
}

// oxlint-disable-next-line typescript/no-explicit-any -- JSON as it comes, looked at by tests alone
type Wire = Record<string, any>;

/** What was made for each version of the model, the first version first. */
export interface RegisteredRun {
  runId: string;
  modelId: string;
  predictionId: string | undefined;
}

/** Twice as many samples as this are in the test set; a version is right on the given share of them. */
const half = 60;

/**
 * Registers a model `pets` with a version for each share of right predictions; each is logged by a run of its
 * own in project `pets`, with an experiment where there is a share.
 */
export async function registerPets(
  address: string,
  store: string,
  shares: readonly (number | undefined)[],
): Promise<RegisteredRun[]> {
  const wire = mlflowWire(address);
  const { experiment_id: experimentId } = await wire("POST experiments/create", { name: "pets" });
  await wire("POST registered-models/create", {
    name: "pets",
    description: "Tells **cats** from dogs.",
    tags: [{ key: "team", value: "vision" }],
  });
  const made: RegisteredRun[] = [];
  for (const [i, share] of shares.entries()) {
    const { run } = await wire("POST runs/create", {
      experiment_id: experimentId,
      run_name: `fit ${i + 1}`,
      start_time: Date.now(),
      tags: [{ key: "mlflow.source.name", value: "fit.py" }],
    });
    const runId = run.info.run_id as string;
    const { model } = await wire("POST logged-models", {
      experiment_id: experimentId,
      name: "forest",
      source_run_id: runId,
      model_type: "sklearn",
      params: [{ key: "depth", value: "3" }],
    });
    const modelId = model.info.model_id as string;
    await wire("POST model-versions/create", {
      name: "pets",
      source: `models:/${modelId}`,
      model_id: modelId,
    });
    const predictionId = share === undefined ? undefined : await evaluated(store, runId, share, i);
    made.push({ runId, modelId, predictionId });
  }
  return made;
}

async function evaluated(store: string, runId: string, share: number, i: number): Promise<string> {
  const yTrue = Array.from({ length: 2 * half }, (_, at) => (at % 2 === 0 ? "cat" : "dog"));
  const yPred = yTrue.map((label, at) => {
    const isRight = (at * 37) % yTrue.length < share * yTrue.length;
    return isRight ? label : label === "cat" ? "dog" : "cat";
  });
  const { parameters } = smallClassification(store);
  const { predictionId } = await logExperiment(
    smallClassification(store, {
      name: `evaluation ${i + 1}`,
      runId,
      parameters: { ...parameters, testSet: yTrue.map((_, at) => at) },
      yTrue,
      yPred,
    }),
  );
  return predictionId;
}

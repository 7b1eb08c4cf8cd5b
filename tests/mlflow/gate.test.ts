import { expect, it } from "vitest";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { ask, type Json, startServer } from "../server/running-server.js";
import { smallClassification } from "../support/experiments.js";
import { mlflowPython, runMlflow } from "../support/mlflow.js";

const samples = 300;
const testSet = Array.from({ length: samples }, (_, i) => i);
const yTrue = testSet.map((i) => (i % 2 === 0 ? "cat" : "dog"));

/** Predictions of which so many are wrong, spread over the samples. */
function withErrors(count: number): string[] {
  return yTrue.map((label, i) => ((i * 7) % samples < count ? (label === "cat" ? "dog" : "cat") : label));
}

/** Sets the alias of each version that is named, and prints what the client says. */
const setAliases = `
import json, sys
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

client = MlflowClient()
said = {}
for version in sys.argv[1:]:
    try:
        client.set_registered_model_alias("pets", "champion", version)
        said[version] = "set"
    except MlflowException as error:
        said[version] = [error.error_code, str(error)]
    if said[version] == "set":
        client.set_registered_model_alias("pets", "shadow", version)
print(json.dumps(said))
`;

it("gives a gated alias to no version that is shown to be worse, and says why", async (context) => {
  const python = mlflowPython(context);
  const server = await startServer();
  const post = async (path: string, body: Json): Promise<Json> => {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await ask(server.address, `/api/2.0/mlflow/${path}`, init);
    expect([path, answer.status, answer.text]).toEqual([path, 200, answer.text]);
    return answer.json;
  };
  const { experiment_id } = await post("experiments/create", { name: "pets" });
  await post("registered-models/create", {
    name: "pets",
    tags: [{ key: "ml_tracking.gate", value: "production, champion" }],
  });
  const ids: string[] = [];
  const runs: string[] = [];
  const logVersion = async (outcome: { yPred: string[]; ids?: number[] } | undefined, hasRun = true) => {
    let run_id = "";
    if (hasRun) {
      const { run } = await post("runs/create", { experiment_id, start_time: 1_700_000_000_000 });
      run_id = run.info.run_id as string;
    }
    runs.push(run_id);
    const source = hasRun ? `runs:/${run_id}/model` : "s3://bucket/model";
    await post("model-versions/create", { name: "pets", source, run_id });
    if (!outcome) return;
    const { yPred, ids: testIds = testSet } = outcome;
    const input = smallClassification(server.root, { yTrue, yPred, runId: run_id });
    const { predictionId } = await logExperiment({
      ...input,
      parameters: { ...input.parameters, testSet: testIds },
    });
    ids.push(predictionId);
  };
  await logVersion({ yPred: withErrors(60) });
  await logVersion({ yPred: withErrors(120) });
  await logVersion({ yPred: withErrors(10) });
  await logVersion({ yPred: withErrors(11) });
  await logVersion({ yPred: withErrors(5), ids: testSet.map((i) => i + 1000) });
  await logVersion(undefined);
  await logVersion(undefined, false);

  const order = ["1", "2", "3", "4", "5", "6", "7", "4"];
  const said = JSON.parse(
    await runMlflow(python, ["-c", setAliases, ...order], { uri: server.address }),
  ) as Record<string, string | [string, string]>;
  // The first one is compared with nothing, a better and a tied one may follow, and what has it may get it again.
  expect([said["1"], said["3"], said["4"]]).toEqual(["set", "set", "set"]);
  const refusal = (holder: number, version: number, why: string) => [
    "INVALID_PARAMETER_VALUE",
    `INVALID_PARAMETER_VALUE: The alias 'champion' of 'pets' stays at version ${holder} and does not go to version ${version}: ${why}. The tag ml_tracking.gate of the model asks for this; to set the alias all the same, delete the alias first, or take it out of the tag.`,
  ];
  const [[code, worse], [, other]] = [said["2"], said["5"]] as [[string, string], [string, string]];
  expect(code).toBe("INVALID_PARAMETER_VALUE");
  expect(worse).toContain(
    `The alias 'champion' of 'pets' stays at version 1 and does not go to version 2: with version 1 (experiment ${ids[0]}) as A, and version 2 (experiment ${ids[1]}) as B, B is worse than A: f1_macro is 0.8 for A and 0.6 for B. If both were equally good, `,
  );
  expect(worse).toMatch(/ \(corrected p [\d.e-]+\)\. The tag ml_tracking\.gate of the model asks for this; /);
  expect(other).toContain(`does not go to version 5: ${ids[4]} and ${ids[3]} cannot be compared: `);
  expect(said["6"]).toEqual(
    refusal(
      4,
      6,
      `version 6 is of run ${runs[5]}, which has no experiment: log one with its predictions and that run_id`,
    ),
  );
  expect(said["7"]).toEqual(
    refusal(
      4,
      7,
      "version 7 is of no run: register a model that a run logged, and log an experiment with that run_id",
    ),
  );

  const { registered_model: model } = (
    await ask(server.address, "/api/2.0/mlflow/registered-models/get?name=pets")
  ).json;
  expect(model.aliases).toEqual([
    { alias: "champion", version: "4" },
    { alias: "shadow", version: "4" },
  ]);
  expect(server.defects).toEqual([]);
});

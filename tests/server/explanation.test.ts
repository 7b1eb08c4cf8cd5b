import { expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { documented } from "./documented.js";
import { apiPath, ask, startServer } from "./running-server.js";

it("says which definition gives a number, and refuses what is no number and names that nobody uses", async () => {
  const root = await temporaryFolder();
  const input = smallClassification(root, {
    yTrue: ["no", "yes", "yes", "no", "yes"],
    yPred: ["yes", "yes", "yes", "no", "yes"],
    yScore: [0.5, 0.5, 0.5, 0.2, 0.9],
    positiveLabel: "yes",
  });
  const { predictionId: id } = await logExperiment(input);
  const { address } = await startServer(root);
  const { expectAsDocumented } = await documented(address);
  const explain = async (query: Record<string, string>) => {
    const path = `${apiPath(["experiments", id, "explanation"])}?${new URLSearchParams(query).toString()}`;
    const answer = await ask(address, path);
    expectAsDocumented("/api/experiments/{id}/explanation", answer);
    return answer;
  };
  const { json } = await explain({ value: "0.8805", name: "aucpr" });
  expect(json).toMatchObject({
    prediction_id: id,
    given: "0.8805",
    certainty: "certain",
    positive_label: "yes",
    ours: [{ score: "average_precision" }],
  });
  expect(json.matches[0]).toMatchObject({ definition: "xgboost:aucpr", library: "XGBoost" });
  const swapped = await explain({ value: "0.5", name: "recall", library: "scikit-learn" });
  expect(swapped.json.accidents).toContainEqual(
    expect.objectContaining({ what: 'with "no" as the positive class', value: 0.5 }),
  );
  for (const query of [
    { value: "much" },
    { value: "0.5", name: "acuracy" },
    { value: "1", library: "xgbost" },
  ]) {
    const refused = await explain(query);
    expect(refused.status).toBe(400);
    expect(refused.json.error.code).toBe("INVALID_ARGUMENT");
  }
});

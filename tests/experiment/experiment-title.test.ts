import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";

import { experimentTitle } from "../../src/experiment/experiment-title.js";
import { modelInShort } from "../../src/experiment/model-in-short.js";
import { newPredictionId } from "../../src/experiment/prediction-id.js";

describe("what an experiment is called", () => {
  it("is its name, or words made from its id, the same at every look", () => {
    expect(experimentTitle("second try", "0mexa3b7kq2z")).toBe("second try");
    for (const none of [undefined, null, "", "  "])
      expect(experimentTitle(none, "0mexa3b7kq2z")).toBe(experimentTitle(undefined, "0mexa3b7kq2z"));
    expect(experimentTitle(undefined, "0mexa3b7kq2z")).toMatch(/^[a-z]+-[a-z]+-q2z$/);
  });

  it("tells a thousand ids of one day apart", () => {
    const ids = Array.from({ length: 1000 }, (_, i) =>
      newPredictionId((count) => createHash("sha256").update(`${i}`).digest().subarray(0, count)),
    );
    expect(new Set(ids.map((id) => experimentTitle(undefined, id))).size).toBe(1000);
  });
});

describe("a model in short", () => {
  it.each([
    ["SVC", {}, "SVC"],
    [
      "Pipeline",
      { steps: ["scale: StandardScaler", "pca: PCA", "svc: SVC"] },
      "SVC after StandardScaler, PCA",
    ],
    ["Pipeline", { steps: '["scale: passthrough","svc: SVC"]' }, "SVC"],
    ["GridSearchCV", { estimator: "SVC", best_estimator: "SVC" }, "SVC by GridSearchCV"],
    [
      "GridSearchCV",
      { best_estimator: "Pipeline", best_estimator__steps: ["scale: MinMaxScaler", "knn: KNN"] },
      "KNN after MinMaxScaler by GridSearchCV",
    ],
    ["Trainer", { steps: 500 }, "Trainer"],
    ["Trainer", { steps: "[1, 2]" }, "Trainer"],
    ["Trainer", { steps: "not a list" }, "Trainer"],
  ])("of %s %j is %s", (model, parameters, short) => {
    expect(modelInShort(model, parameters)).toBe(short);
  });
});

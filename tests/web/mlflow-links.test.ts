import { describe, expect, it } from "vitest";

import { mlflowPage } from "../../web/src/mlflow-links.js";

describe("a link that MLflow's clients print", () => {
  it("is the page of the run, the project, the logged model, the model or its version", () => {
    expect(mlflowPage("#/experiments/1/runs/qd3k9q2m5x1a7v0w")).toBe("runs/qd3k9q2m5x1a7v0w");
    expect(mlflowPage("#/experiments/1/runs/qd3k9q2m5x1a7v0w/artifacts")).toBe("runs/qd3k9q2m5x1a7v0w");
    expect(mlflowPage("#/experiments/409848698165263300")).toBe("mlflow/experiments/409848698165263300");
    expect(mlflowPage("#/experiments/1/traces?selectedEvaluationId=x")).toBe("mlflow/experiments/1");
    expect(mlflowPage("#/experiments/1/models/m-0a")).toBe("logged-models/m-0a");
    expect(mlflowPage("#/models/my%20pets/versions/3")).toBe("models/my%20pets?version=3");
    expect(mlflowPage("#/models/pets/")).toBe("models/pets");
    expect(["#/models", "#/models/", "#/models?searchInput=pets"].map(mlflowPage)).toEqual(
      Array(3).fill("models"),
    );
  });

  it("is no part of a page of ours, and not an incomplete one", () => {
    for (const hash of ["", "#metrics", "#/", "#/experiments/", "#/other/1", "#experiments/1"]) {
      expect(mlflowPage(hash), hash).toBeUndefined();
    }
  });
});

import { expect, it } from "vitest";

import {
  alreadyExists,
  doesNotExist,
  invalidParameter,
  notImplemented,
} from "../../src/mlflow/mlflow-error.js";

it("is answered with the status and the body that MLflow's client expects", () => {
  const errors = [invalidParameter("a"), alreadyExists("b"), doesNotExist("c"), notImplemented("d")];
  expect(errors.map(({ status }) => status)).toEqual([400, 400, 404, 501]);
  expect(errors.map(({ body }) => body)).toEqual([
    { error_code: "INVALID_PARAMETER_VALUE", message: "a" },
    { error_code: "RESOURCE_ALREADY_EXISTS", message: "b" },
    { error_code: "RESOURCE_DOES_NOT_EXIST", message: "c" },
    { error_code: "NOT_IMPLEMENTED", message: "d" },
  ]);
});

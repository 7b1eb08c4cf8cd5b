import { expect, it } from "vitest";

import { offsetOf, pageToken } from "../../../src/mlflow/search/page-token.js";

it("is MLflow's own token, and is read back", () => {
  expect(pageToken(2)).toBe("eyJvZmZzZXQiOiAyfQ==");
  for (const offset of [1, 2, 999, 50_000]) expect(offsetOf(pageToken(offset))).toBe(offset);
});

it("begins at the first item without a token", () => {
  expect([offsetOf(undefined), offsetOf("")]).toEqual([0, 0]);
});

it.each(["garbage!", "abc", "====", "é"])("refuses %s as no base64", (token) => {
  expect(() => offsetOf(token)).toThrow(
    expect.objectContaining({ status: 400, message: "Invalid page token, could not base64-decode" }),
  );
});

it.each([
  "{}",
  '{"offset": -1}',
  '{"offset": 0}',
  '{"offset": 1e3}',
  '{"offset": 99999999999999999}',
  "[]",
  "x",
])("refuses a token that says %s", (text) => {
  expect(() => offsetOf(Buffer.from(text).toString("base64"))).toThrow(
    expect.objectContaining({
      errorCode: "INVALID_PARAMETER_VALUE",
      message: expect.stringMatching(/^Invalid page token, decoded value=/),
    }),
  );
});

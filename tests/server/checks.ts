import { expect } from "vitest";

import { errorCodes } from "../../src/tracking-error.js";
import type { Answer } from "./running-server.js";

/** What every answer has, whatever it answers. */
export function expectSafeHeaders({ headers }: Pick<Answer, "headers">): void {
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).not.toMatch(/unsafe-|\*/);
  const cors = [...headers.keys()].filter((name) => name.startsWith("access-control-"));
  expect(cors).toEqual([]);
}

/** The one shape of an error, and nothing else in it. */
export function expectError(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.json?.error?.code, text: answer.text }).toMatchObject({
    status,
    code,
  });
  expect(answer.headers.get("content-type")).toMatch(/^application\/json\b/);
  expect(Object.keys(answer.json)).toEqual(["error"]);
  expect(Object.keys(answer.json.error).sort()).toEqual(["code", "details", "message"]);
  expect(errorCodes).toContain(answer.json.error.code);
  expect(answer.json.error.message).toMatch(/\S/);
  expect(answer.json.error.message).not.toMatch(/\n\s+at |node_modules|SELECT /);
  expectSafeHeaders(answer);
}

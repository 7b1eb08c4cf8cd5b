import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { TrackingError } from "../../src/tracking-error.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { badInputMessages } from "./bad-input-messages.js";
import { badInputs } from "./bad-inputs.js";

/** Every file of a folder with its content. */
async function content(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.sort().map(async (file) => [file, await readFile(file, "base64")] as const)),
  );
}

describe("a bad input", () => {
  it("comes in more than sixty forms, each with a message of its own", () => {
    expect(Object.keys(badInputs).length).toBeGreaterThan(60);
    expect(Object.keys(badInputMessages).sort()).toEqual(Object.keys(badInputs).sort());
  });

  it.each(Object.entries(badInputs))(
    "is refused before anything is written: %s",
    async (title, makeInput) => {
      const store = await temporaryFolder();
      await logExperiment(smallClassification(store));
      const before = await content(store);
      const input = makeInput() as unknown;
      const isPlain = typeof input === "object" && input !== null && !Array.isArray(input);
      const bad = isPlain && "store" in input && input.store === "" ? { ...input, store } : input;

      const error: unknown = await logExperiment(bad as never).then(
        () => "it was logged",
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(TrackingError);
      const { code, message } = error as TrackingError;
      expect(`${code}: ${message}`).toBe(badInputMessages[title]);
      expect(await content(store)).toEqual(before);
    },
  );
});

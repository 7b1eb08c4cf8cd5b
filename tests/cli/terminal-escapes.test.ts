import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { TrackingError } from "../../src/tracking-error.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Sets the window's title, clears the screen, moves up, turns the direction of text, and ends a line. */
const hostile = "\u001b]0;owned\u0007\u001b[2J\u009b1A\u007f\u202e\u2028\u0085";
// oxlint-disable-next-line no-control-regex -- what must not get through
const speaks = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** A store in which whatever a user of it can edit has terminal escape sequences in it. */
async function hostileStore(): Promise<{ store: string; ids: string[] }> {
  const store = await temporaryFolder();
  const ids: string[] = [];
  for (const name of ["first", "second"]) {
    const logged = await logExperiment(
      smallClassification(store, { name, newCsv: true, extraParameters: { note: "NOTE" } }),
    );
    ids.push(logged.predictionId);
    const log = join(store, logged.paths.trackingLog!);
    const text = (await readFile(log, "utf8"))
      .replace(name, `${name}${hostile}`)
      .replace("NearestNeighbour", `Model${hostile}`)
      .replace("data/pets.csv", `data${hostile}.csv`)
      .replace("NOTE", JSON.stringify(`a${hostile}`).slice(1, -1).replace("\\u2028", "\u2028"));
    await writeFile(log, text);
    if (name === "second")
      await writeFile(`${log.slice(0, -5)}9.csv`, `${text.split("\n")[0]}\n${hostile}torn\n`);
  }
  await writeFile(join(store, "tracking", "pets", `stray${hostile}.txt`), "");
  await mkdir(join(store, "tracking", `odd${hostile}`));
  await mkdir(join(store, "predictions", "pets", `day${hostile}`));
  await writeFile(join(store, "predictions", "pets", `day${hostile}`, `orphan${hostile}.parquet`), hostile);
  return { store, ids };
}

describe("text of a store that would speak to a terminal", () => {
  it("is taken out of whatever a command shows and says", async () => {
    const { store, ids } = await hostileStore();
    const commands = [
      ["projects"],
      ["experiments", "pets"],
      ["show", ids[0]!],
      ["compare", ids[0]!, ids[1]!],
      ["leaderboard", "pets"],
      ["verify", "--grace", "0"],
      ["compact", "--grace", "0"],
      ["experiments", `none${hostile}`],
      ["show", `none${hostile}`],
      [`none${hostile}`],
    ];
    const runs = await Promise.all(
      commands.map(async (command) => ({ command, ...(await mlTracking([...command, "--store", store])) })),
    );
    runs.push({ command: ["copy"], ...(await mlTracking(["copy", store, `${store}${hostile}`])) });
    for (const { command, out, talk } of runs) {
      expect({ command: command[0], found: speaks.exec(`${out}${talk}`) }).toEqual({
        command: command[0],
        found: null,
      });
      expect(out + talk).not.toBe("");
    }
    expect(runs[2]!.out).toContain("Model\ufffd]0;owned");
  });

  it("comes out of --json as escapes that lose nothing, and of an export as it is", async () => {
    const { store, ids } = await hostileStore();
    const shown = await mlTracking(["show", ids[0]!, "--store", store, "--json"]);
    expect(speaks.exec(shown.out)).toBeNull();
    expect(JSON.parse(shown.out)).toMatchObject({ name: `first${hostile}`, model: `Model${hostile}` });
    const exported = await mlTracking(["export", "pets", "--store", store]);
    expect(exported.out).toContain(`first${hostile}`);
  });

  it("is in no error's message, for programs that print it", () => {
    expect(new TrackingError("NOT_FOUND", `no ${hostile}\n\tend`).message).not.toMatch(speaks);
    expect(new TrackingError("NOT_FOUND", "two\nlines\t👩‍🔬 é").message).toBe("two\nlines\t👩‍🔬 é");
  });
});

import { mkdir, readdir, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { compareLogFiles, nextFileName, parseLogFileName } from "../../src/tracking-log/log-file-name.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A store whose one log file has this name. */
async function loggedAs(name: string): Promise<{ store: string; first: string }> {
  const store = await temporaryFolder();
  const { predictionId, paths } = await logExperiment(smallClassification(store));
  const log = join(store, paths.trackingLog!);
  await rename(log, join(log, "..", name));
  return { store, first: predictionId };
}

const idsIn = async (store: string) =>
  (await readExperiments("pets", { store })).experiments.map(({ predictionId }) => predictionId);

describe("names of log files", () => {
  it.each([
    ["2999-12-31_999999999", "pets_3000-01-01_1.csv"],
    ["2999-01-01_99", "pets_2999-01-01_100.csv"],
  ])("go on where the last one is %s, in a file that readers see", async (last, next) => {
    const { store, first } = await loggedAs(`pets_${last}.csv`);
    const { predictionId, paths } = await logExperiment(smallClassification(store, { newCsv: true }));
    expect(paths.trackingLog).toBe(`tracking/pets/${next}`);
    expect(await idsIn(store)).toEqual([first, predictionId]);
  });

  it("end at the last day that a name can hold: then the row is refused, not written where nobody reads", async () => {
    const { store, first } = await loggedAs("pets_9999-12-31_999999999.csv");
    const logged = logExperiment(smallClassification(store, { newCsv: true, strict: true }));
    await expect(logged).rejects.toThrow("there is no later name; give that file an earlier one");
    expect(await idsIn(store)).toEqual([first]);
    expect(await readdir(join(store, "tracking", "pets"))).toEqual(["pets_9999-12-31_999999999.csv"]);
  });

  it.each(["2026-02-30", "2026-99-99", "0000-00-00"])(
    "have no day that is not in the calendar: %s",
    (day) => {
      expect(parseLogFileName("pets", `pets_${day}_1.csv`)).toBeUndefined();
    },
  );

  it("are read by who writes them, and come after all others, whatever lies there", () => {
    const day = fc.date({ min: new Date("1970-01-01"), max: new Date("9998-01-01"), noInvalidDate: true });
    const index = fc.oneof(fc.integer({ min: 1, max: 999_999_999 }), fc.constant(999_999_999));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(day, index), { maxLength: 5 }),
        day,
        fc.nat(300),
        (there, now, skipped) => {
          const files = there
            .flatMap(
              ([time, i]) => parseLogFileName("a", `a_${time.toISOString().slice(0, 10)}_${i}.csv`) ?? [],
            )
            .sort(compareLogFiles);
          const next = parseLogFileName("a", nextFileName("a", files, now, skipped));
          expect(next).toBeDefined();
          for (const file of files) expect(compareLogFiles(file, next!)).toBeLessThan(0);
        },
      ),
    );
  });

  it("leave out those that a folder or a link has", async () => {
    const store = await temporaryFolder();
    const now = new Date().toISOString().slice(0, 10);
    const folder = join(store, "tracking", "pets");
    await mkdir(join(folder, `pets_${now}_1.csv`), { recursive: true });
    await symlink("nowhere", join(folder, `pets_${now}_2.csv`));
    await writeFile(join(folder, "notes.txt"), "");
    const { predictionId } = await logExperiment(smallClassification(store, { strict: true }));
    expect(await idsIn(store)).toEqual([predictionId]);
  });
});

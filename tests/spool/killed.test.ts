import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { projectRoot } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { atEveryChange, killedAt } from "../support/killed-at.js";
import { outage, readAll, rowIds } from "./spool.js";

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const cli = join(projectRoot, "dist", "cli.js");

describe("a process that is killed", () => {
  it("between any two steps of keeping an experiment in the spool has lost none that it was told of", async () => {
    let acknowledged = 0;
    const changes = await atEveryChange(async (change) => {
      const place = await outage();
      await place.fail();
      const run = await killedAt(change, [script("log-one.mjs"), place.store], place.env);
      await place.mend();
      const ids = run.out.split("\n").filter(Boolean);
      acknowledged += ids.length;
      const { remaining } = await place.deliver();
      expect(remaining).toEqual([]);
      const stored = await rowIds(place.store);
      expect(stored.length).toBeLessThanOrEqual(1);
      expect(stored).toEqual(expect.arrayContaining(ids));
      await readAll(place.store, stored);
      expect((await place.spooled()).filter((name) => /waiting|claimed/.test(name))).toEqual([]);
      return run.killed;
    });
    expect(changes).toBeGreaterThan(10);
    expect(acknowledged).toBeGreaterThan(0);
  });

  it("between any two steps of delivering has neither lost nor doubled an experiment", async () => {
    const changes = await atEveryChange(async (change) => {
      const place = await outage();
      const logged = [await place.log(smallClassification)]; // one that is there already: its file is appended to
      await place.fail();
      logged.push(await place.log(smallClassification));
      // Two rows of one project are a file of their own.
      logged.push(await place.log(smallRegression), await place.log(smallRegression));
      await place.mend();
      const run = await killedAt(change, [cli, "sync", "--json"], place.env);
      const { delivered, remaining } = await place.deliver();
      expect(remaining).toEqual([]);
      expect(delivered.length).toBeLessThanOrEqual(3);
      const ids = logged.map(({ predictionId }) => predictionId).sort();
      expect(await rowIds(place.store)).toEqual(ids);
      await readAll(place.store, ids);
      expect((await place.spooled()).filter((name) => /waiting|claimed/.test(name))).toEqual([]);
      return run.killed;
    });
    expect(changes).toBeGreaterThan(30);
  });
});

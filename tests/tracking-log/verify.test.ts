import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { listProjects, readExperiments } from "../../src/jobs/read-experiments.js";
import { copyStore } from "../../src/maintenance/copy-store.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { idKey, keyList, textKey } from "../../src/tracking-log/key-list.js";
import { experiment, header, idOf, lineOf, writeLogFile } from "../catalog/log-rows.js";
import { ask, startServer } from "../server/running-server.js";
import { mlTracking, projectRoot, runNode } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const cli = join(projectRoot, "dist", "cli.js");

describe("verify", () => {
  it("takes 200,000 rows of one project, none of whose predictions is there, in 96 MB of heap", async () => {
    const root = await temporaryFolder();
    for (let file = 0; file < 8; file++) {
      const rows = Array.from({ length: 25_000 }, (_, i) =>
        lineOf(experiment(file * 25_000 + i, { scores: {} })),
      );
      await writeLogFile(root, header + rows.join(""), file + 1);
    }
    await appendFile(join(root, "tracking", "pets", "pets_2026-11-01_8.csv"), lineOf(experiment(7)));
    const run = await runNode([
      "--max-old-space-size=96",
      cli,
      "verify",
      "--quick",
      "--json",
      "--store",
      root,
    ]);
    const report = JSON.parse(run.out) as {
      experiments: number;
      found: number;
      findings: { kind: string }[];
    };
    expect({ ...report, findings: report.findings.length }).toEqual({
      store: root,
      projects: 1,
      experiments: 200_000,
      runs: 0,
      found: 200_001,
      clean: false,
      findings: 200_001,
    });
    expect(report.findings.filter(({ kind }) => kind === "duplicate-row")).toEqual([
      {
        kind: "duplicate-row",
        project: "pets",
        path: "tracking/pets/pets_2026-11-01_1.csv",
        line: 9,
        message: `${idOf(7)} has a row in tracking/pets/pets_2026-11-01_8.csv, too`,
        repaired: false,
      },
    ]);
  });

  it("keeps the first 10,000 findings in its report, and tells of all", async () => {
    const root = await temporaryFolder();
    await writeLogFile(root, header + "torn\n".repeat(10_050));
    let told = 0;
    const report = await verifyStore({ store: root, onFinding: () => void (told += 1) });
    expect({ told, found: report.found, open: report.open, kept: report.findings.length }).toEqual({
      told: 10_050,
      found: 10_050,
      open: 10_050,
      kept: 10_000,
    });
  });

  it("says that two projects have an experiment of the same id, and that a row is of a newer format; show says it, too", async () => {
    const store = await temporaryFolder();
    const { predictionId, paths } = await logExperiment(smallClassification(store));
    const text = await readFile(join(store, paths.trackingLog!), "utf8");
    await mkdir(join(store, "tracking", "zoo"));
    const other = text
      .replaceAll("pets", "zoo")
      .replace("predictions/zoo", "predictions/pets")
      .replace(/,2\n$/, ",3\n");
    await writeFile(join(store, "tracking", "zoo", "zoo_2026-11-01_1.csv"), other);
    const { findings } = await verifyStore({ store });
    expect(findings).toMatchObject([
      { kind: "newer-format", project: "zoo", line: 2, message: expect.stringContaining("is of format 3") },
      {
        kind: "id-in-two-projects",
        project: "zoo",
        line: 2,
        message: expect.stringContaining(`${predictionId} is an experiment of the project pets, too`),
      },
    ]);
    const shown = await mlTracking(["show", predictionId, "--store", store]);
    expect(shown.talk).toContain(`the project zoo has an experiment ${predictionId}, too`);
    const newer = await mlTracking(["show", predictionId, "--project", "zoo", "--store", store]);
    expect(newer.talk).toContain("its row is of format 3, and this version knows 2");
  });

  it("lists a row whose JSON is nested over 200 levels, which hides none of the others from anybody", async () => {
    const root = await temporaryFolder();
    const deep = lineOf(experiment(1)).replace(
      "{}",
      () => `"${`{""a"":`.repeat(6_000)}1${"}".repeat(6_000)}"`,
    );
    await writeLogFile(root, header + deep + lineOf(experiment(2)));
    const reason = expect.stringContaining("model_parameters is nested over 200 levels");
    const { experiments, problems } = await readExperiments("pets", { store: root });
    expect(experiments.map(({ predictionId }) => predictionId)).toEqual([idOf(2)]);
    expect(problems).toMatchObject([{ line: 2, reason }]);
    const { findings } = await verifyStore({ store: root });
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: "unreadable-row", line: 2, message: reason }),
    );
    const exported = await mlTracking(["export", "pets", "--store", root]);
    expect(exported.out.trimEnd().split("\n")).toHaveLength(2);
    expect(exported.talk).toContain("1 line of pets's tracking log cannot be read");
    const shown = await mlTracking(["show", idOf(1), "--store", root]);
    expect(shown.talk).toContain(
      `unknown experiment: the row of ${idOf(1)} cannot be read, in tracking/pets/`,
    );
    expect(shown.talk).toContain("line 2: model_parameters is nested over 200 levels");
  });
});

describe("a folder among the projects that no project can be called", () => {
  const odd = ["CON", "ends.", "a\u001bb", "with_underscore", "aux.log"];

  it("is a listed problem everywhere, and hides none of the projects", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store));
    for (const name of odd) await mkdir(join(store, "tracking", name));
    await writeFile(join(store, "tracking", "notes.txt"), "");
    expect(await listProjects({ store })).toEqual(["pets"]);
    const { projects, findings } = await verifyStore({ store });
    expect(projects).toBe(1);
    expect(findings.filter(({ kind }) => kind === "odd-folder").map(({ path }) => path)).toEqual(
      odd.map((name) => `tracking/${name}`).sort(),
    );
    expect(findings.filter(({ kind }) => kind === "stray-file")).toMatchObject([
      { path: "tracking/notes.txt" },
    ]);

    const listed = await mlTracking(["projects", "--store", store, "--json"]);
    expect(listed.status).toBe(0);
    const { projects: named, problems } = JSON.parse(listed.out) as {
      projects: object[];
      problems: object[];
    };
    expect({ named: named.length, problems: problems.length }).toEqual({ named: 1, problems: odd.length });
    for (const command of ["projects", "compact"]) {
      const { talk } = await mlTracking([command, "--store", store]);
      expect(talk).toContain("warning: tracking/CON is left out: it is no project's folder");
    }

    const to = await temporaryFolder();
    const copied = await copyStore({ from: store, to });
    expect(copied.copied).toBe(1);
    expect(copied.problems.map(({ kind }) => kind)).toEqual(odd.map(() => "odd-folder"));

    const { address } = await startServer(store);
    const status = await ask(address, "/api/status");
    expect(status.json).toMatchObject({ stale: false, experiments: 1, problem_count: odd.length });
    expect((await ask(address, "/api/projects")).json.projects).toHaveLength(1);
  });
});

describe("a list of 64-bit keys", () => {
  it("knows what was added, and what was added twice, as a Map does", () => {
    const key = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffffffff }));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(key, fc.constant<[number, number]>([1, 1])), { maxLength: 200 }),
        (keys) => {
          const list = keyList();
          const counts = new Map<string, number>();
          for (const [high, low] of keys) {
            list.add(high, low);
            counts.set(`${high} ${low}`, (counts.get(`${high} ${low}`) ?? 0) + 1);
          }
          const sorted = list.sorted();
          const repeated = sorted.repeated();
          expect(sorted.size).toBe(counts.size);
          expect(repeated.size).toBe([...counts.values()].filter((count) => count > 1).length);
          for (const [high, low] of keys) {
            expect(sorted.has(high, low)).toBe(true);
            expect(repeated.has(high, low)).toBe(counts.get(`${high} ${low}`)! > 1);
          }
          expect(sorted.has(9, 9)).toBe(false);
        },
      ),
    );
  });

  it("takes other ids and other paths for others", () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => idOf(i));
    expect(new Set(ids.map((id) => idKey(id).join(" "))).size).toBe(ids.length);
    const paths = ids.map((id) => `predictions/pets/2026-11-01/${id}.parquet`);
    expect(new Set(paths.map((path) => textKey(path).join(" "))).size).toBe(ids.length);
  });
});

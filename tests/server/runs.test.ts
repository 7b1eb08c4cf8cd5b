import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { eventLines } from "../../src/history/event.js";
import { foldEvents } from "../../src/history/fold-events.js";
import { historyWriter } from "../../src/history/history-writer.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { folderStore } from "../../src/store/folder-store.js";
import { experiment, writeExperiments } from "../catalog/log-rows.js";
import { run, runIdOf, runningRun, writeRuns } from "../catalog/run-rows.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { expectError, expectSafeHeaders } from "./checks.js";
import { documented } from "./documented.js";
import { openEvents } from "./events.js";
import { hostileNames } from "./hostile-names.js";
import { apiPath, ask, startServer } from "./running-server.js";

/** A server over three runs, one of them under way, with an experiment and a child. */
async function serveRuns() {
  const root = await temporaryFolder();
  const store = folderStore(root);
  const going = runningRun(3, new Date(Date.now() - 3_000), { parentRunId: runIdOf(1), name: undefined });
  await writeRuns(store, [
    run(1, {
      parameters: { lr: 0.1, "a b": [1] },
      tags: { team: "x" },
      metrics: { loss: Number.NaN, acc: 0.5 },
    }),
    run(2, { status: "failed", error: "boom", parameters: { lr: 0.2 }, metrics: { loss: 2 } }),
    going,
  ]);
  await writeExperiments(root, [experiment(1, { runId: runIdOf(1) })]);
  const server = await startServer(root);
  return { ...server, root, store, going };
}

async function writeArtifact(root: string, path: string, bytes: string | Uint8Array): Promise<void> {
  const file = join(root, "artifacts/pets", runIdOf(1), path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

describe("runs of all projects", () => {
  it("are found by all words of their names, ids or parameters, the latest first", async () => {
    const { address } = await serveRuns();
    const { expectAsDocumented } = await documented(address);
    const found = async (text: string) => {
      const answer = await ask(address, apiPath(["runs"], { text, project: "pets", limit: 2 }));
      expectAsDocumented("/api/runs", answer);
      return answer.json.runs;
    };
    expect(await found(runIdOf(3).slice(-6))).toMatchObject([{ run_id: runIdOf(3), project: "pets" }]);
    expect((await found("boom")).map(({ run_id: id }: { run_id: string }) => id)).toEqual([runIdOf(2)]);
    expect(await found("boom 0.1")).toEqual([]);
  });
});

describe("the runs of a project", () => {
  it("are answered as the document says: pages, columns, groups, values, completions, exports", async () => {
    const { address, defects } = await serveRuns();
    const { expectAsDocumented } = await documented(address);
    const of = async (route: string, parameters: Record<string, string | string[] | number> = {}) => {
      const parts = route === "" ? ["projects", "pets", "runs"] : ["projects", "pets", "runs", route];
      const answer = await ask(address, apiPath(parts, parameters));
      expect(answer.status, answer.text).toBe(200);
      expectSafeHeaders(answer);
      expectAsDocumented(`/api/projects/{project}/runs${route && `/${route}`}`, answer);
      return answer.json;
    };
    const { columns } = await of("columns");
    const names = columns.map(({ name }: { name: string }) => name);
    expect(names).toEqual([
      ..."run_id name status started_at ended_at parent_run_id error user host source git_commit".split(" "),
      ..."git_dirty inputs outputs runtime duration last_seen_at lost_contact".split(" "),
      "params.a b",
      "params.lr",
      "tags.team",
      "metrics.acc",
      "metrics.loss",
    ]);
    const page = await of("", { column: names, sort: "metrics.loss:desc", limit: 2 });
    expect(page).toMatchObject({ project: "pets", total: 3, run_ids: [runIdOf(2), runIdOf(1)] });
    expect(page.rows[1].at(-1)).toBe("NaN");
    const rest = await of("", { column: names, sort: "metrics.loss:desc", cursor: page.next });
    expect(rest.run_ids).toEqual([runIdOf(3)]);
    expect(rest.titles[0]).toMatch(/^[a-z]+-[a-z]+-003$/);
    expect((await of("", { filter: "status = 'failed' AND boom" })).run_ids).toEqual([runIdOf(2)]);
    const groups = await of("groups", { by: "status", value: "metrics.acc" });
    expect(groups.groups.map(({ key }: { key: string[] }) => key[0])).toEqual([
      "failed",
      "finished",
      "running",
    ]);
    expect((await of("values", { column: "params.lr" })).values).toEqual([
      { value: 0.1, count: 1 },
      { value: 0.2, count: 1 },
    ]);
    expect((await of("completions", { text: "sta", cursor: 3 })).completions[0].insert).toBe("status");
    const differing = await of("differing-columns");
    expect(differing.columns.map(({ name }: { name: string }) => name)).toContain("status");
    const csv = await ask(
      address,
      apiPath(["projects", "pets", "runs", "export.csv"], {
        column: ["run_id", "error"],
        filter: "error IS NOT NULL",
      }),
    );
    expect(csv.text).toBe(`run_id,error\n${runIdOf(2)},boom\n`);
    expect(defects).toEqual([]);
  });

  it("are refused as experiments are: unknown projects, columns and filters", async () => {
    const { address } = await serveRuns();
    expectError(await ask(address, "/api/projects/birds/runs"), 404, "UNKNOWN_PROJECT");
    expectError(await ask(address, "/api/projects/pets/runs?sort=accuracy"), 400, "UNKNOWN_COLUMN");
    expectError(await ask(address, "/api/projects/pets/runs?filter=status%20%3D"), 400, "INVALID_FILTER");
    expectError(await ask(address, "/api/projects/pets/runs?limits=3"), 400, "INVALID_ARGUMENT");
    expectError(await ask(address, `/api/runs/${runIdOf(9)}`), 404, "UNKNOWN_RUN");
    expectError(await ask(address, "/api/runs/x"), 404, "UNKNOWN_RUN");
  });
});

describe("names of parameters, tags and metrics", () => {
  it("can be anything: each is a column to show, filter and sort by", async () => {
    const root = await temporaryFolder();
    const named = <T>(value: (i: number) => T) =>
      Object.fromEntries(hostileNames.map((name, i) => [name, value(i)]));
    await writeRuns(folderStore(root), [
      run(1, { parameters: named((i) => i), tags: named((i) => `t${i}`), metrics: named((i) => i / 8) }),
      run(2),
    ]);
    const { address, defects } = await startServer(root);
    const { columns } = (await ask(address, "/api/projects/pets/runs/columns")).json;
    for (const prefix of ["params", "tags", "metrics"]) {
      for (const name of hostileNames) {
        const column = columns.find((each: { name: string }) => each.name === `${prefix}.${name}`);
        const parts = ["projects", "pets", "runs"];
        const filter = `${column.filter_name} IS NOT NULL`;
        const answer = await ask(
          address,
          apiPath(parts, { filter, column: column.name, sort: `${column.name}:desc` }),
        );
        expect(answer.json.run_ids, column.name).toEqual([runIdOf(1)]);
      }
    }
    expect(defects).toEqual([]);
  });
});

describe("one run", () => {
  it("comes with its children, experiments, artifacts and last metrics", async () => {
    const { address, root } = await serveRuns();
    const { expectAsDocumented } = await documented(address);
    await writeArtifact(root, "plots/loss.png", "png");
    await writeArtifact(root, "ml-tracking/packages.txt", "numpy 2");
    const answer = await ask(address, `/api/runs/${runIdOf(1)}`);
    expectAsDocumented("/api/runs/{id}", answer);
    expect(answer.json).toMatchObject({
      run_id: runIdOf(1),
      project: "pets",
      title: "run 1",
      status: "finished",
      lost_contact: false,
      last_seen_at: null,
      parameters: { lr: 0.1, "a b": [1] },
      metrics: { loss: "NaN", acc: 0.5 },
      children: [runIdOf(3)],
      experiments: [experiment(1).predictionId],
    });
    expect(
      answer.json.artifacts.map(({ path, bytes }: { path: string; bytes: number }) => [path, bytes]),
    ).toEqual([
      ["ml-tracking/packages.txt", 7],
      ["plots/loss.png", 3],
    ]);
  });

  it("that has not ended has the values of this moment", async () => {
    const { address, store, going } = await serveRuns();
    const writer = historyWriter(store, going, "abcdefgh");
    const before = await ask(address, "/api/status");
    writer.add(eventLines({ kind: "metric", time: Date.now(), step: 4, values: { loss: 0.125 } }));
    await writer.close();
    await expect
      .poll(async () => (await ask(address, `/api/runs/${going.runId}`)).json.metrics)
      .toEqual({ loss: 0.125 });
    const { json } = await ask(address, `/api/runs/${going.runId}`);
    expect(json).toMatchObject({ status: "running", ended_at: null, lost_contact: false });
    expect(Date.parse(json.last_seen_at)).toBeGreaterThan(Date.now() - 60_000);
    const { generation } = (await ask(address, "/api/status")).json;
    expect(generation).toBeGreaterThan(before.json.generation); // those who listen are told
  });
});

it("those who listen are told when a run begins, when it logs and when it ends", async () => {
  const { address, store, going } = await serveRuns();
  const events = await openEvents(address);
  onTestFinished(() => events.close());
  let before = ((await events.next("change")) as { generation: number }).generation;
  const expectWord = async () => {
    const { generation } = (await events.next("change")) as { generation: number };
    expect(generation).toBeGreaterThan(before);
    before = generation;
  };
  await ask(address, "/api/projects"); // so that what was there is known
  await writeRuns(store, [runningRun(5, new Date())]);
  await expectWord();
  const writer = historyWriter(store, going, "abcdefgh");
  writer.add(eventLines({ kind: "metric", time: Date.now(), step: 0, values: { loss: 4 } }));
  await writer.close();
  await expectWord();
  await writeRuns(store, [run(5, { startedAt: new Date() })]);
  await expectWord();
  expect((await ask(address, `/api/runs/${runIdOf(5)}`)).json.status).toBe("finished");
});

describe("histories", () => {
  it("are of the runs that are named, or that a filter selects, as the document says", async () => {
    const { address, store, going } = await serveRuns();
    const { expectAsDocumented } = await documented(address);
    const events = (values: readonly number[]) =>
      values.map((loss, step) =>
        eventLines({ kind: "metric", time: Date.now(), step, values: { loss, acc: 1 } }),
      );
    for (const each of [run(1), run(2), going]) {
      const writer = historyWriter(store, each, "abcdefgh");
      for (const line of events([2, Number.NaN, 1])) writer.add(line);
      await writer.close();
    }
    await foldEvents(store, run(1));
    const get = async (parameters: Record<string, string | string[] | number>) => {
      const answer = await ask(address, apiPath(["projects", "pets", "histories"], parameters));
      expect(answer.status, answer.text).toBe(200);
      expectAsDocumented("/api/projects/{project}/histories", answer);
      return answer.json;
    };
    const ids = ({ series }: { series: { run_id: string }[] }) => series.map((each) => each.run_id);
    const named = await get({
      runs: [going.runId, runIdOf(1), runIdOf(77)].join(","),
      key: ["loss", "none"],
    });
    expect(named).toMatchObject({ project: "pets", x: "step", buckets: 500, problems: [] });
    expect(ids(named)).toEqual([going.runId, runIdOf(1)]);
    expect(named.series[1]).toEqual({
      run_id: runIdOf(1),
      key: "loss",
      n: 3,
      x: [0, 1, 2],
      y: [2, "NaN", 1],
    });
    const filtered = await get({
      filter: "status != 'failed'",
      sort: "started_at",
      key: ["acc", "loss"],
      x: "time",
      buckets: 3,
    });
    expect(ids(filtered)).toEqual([runIdOf(1), runIdOf(1), going.runId, going.runId]);
    expect(ids(await get({ key: "loss", limit: 1 }))).toEqual([going.runId]);
    expect((await get({ key: "loss", runs: runIdOf(2), from: 1, to: 1 })).series[0].y).toEqual(["NaN"]);
    const at = "/api/projects/pets/histories";
    for (const query of [
      "",
      "?key=a&runs=x",
      "?key=a&limit=1001",
      "?key=a&x=epoch",
      "?key=a&buckets=0",
      "?key=a&from=x",
    ]) {
      expectError(await ask(address, at + query), 400, "INVALID_ARGUMENT");
    }
    expectError(await ask(address, "/api/projects/birds/histories?key=a"), 404, "UNKNOWN_PROJECT");
  });
});

describe("the console of a run", () => {
  it("comes page by page, the last one first", async () => {
    const { address, store, going } = await serveRuns();
    const { expectAsDocumented } = await documented(address);
    const writer = historyWriter(store, going, "abcdefgh");
    writer.add(eventLines({ kind: "console", time: Date.now(), key: "stdout", value: "a\nb\nc\n" }));
    await writer.close();
    const get = async (query: string) => {
      const answer = await ask(address, `/api/runs/${going.runId}/console${query}`);
      expectAsDocumented("/api/runs/{id}/console", answer);
      const { total, from, lines } = answer.json;
      return [total, from, lines.map(({ text }: { text: string }) => text)];
    };
    expect(await get("")).toEqual([3, 0, ["a", "b", "c"]]);
    expect(await get("?limit=1")).toEqual([3, 2, ["c"]]);
    expect(await get("?from=1&limit=1")).toEqual([3, 1, ["b"]]);
    expectError(await ask(address, `/api/runs/${runIdOf(9)}/console`), 404, "UNKNOWN_RUN");
    expectError(await ask(address, `/api/runs/${going.runId}/console?from=-1`), 400, "INVALID_ARGUMENT");
  });
});

describe("an artifact", () => {
  it("is given for saving, byte for byte, whatever its name and content", async () => {
    const { address, root } = await serveRuns();
    const large = new Uint8Array(9 * 2 ** 20).map((_, i) => (i * 31) % 251);
    await writeArtifact(root, "big/model.bin", large);
    await writeArtifact(root, "page \u00e9 100%.html", "<script>alert(1)</script>");
    await writeArtifact(root, "empty", "");
    const get = (path: string) => fetch(`${address}/api/runs/${runIdOf(1)}/artifacts/${path}`);
    for (const path of ["big/model.bin", "big%2Fmodel.bin"]) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), Buffer.from(large))).toBe(0);
      expect(answer.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''model.bin");
    }
    const page = await get(encodeURIComponent("page \u00e9 100%.html"));
    expect(await page.text()).toBe("<script>alert(1)</script>");
    expect(page.headers.get("content-type")).toBe("application/octet-stream");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
    expect(page.headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''page%20%C3%A9%20100%25.html",
    );
    expect(await (await get("empty")).text()).toBe("");
    const head = await fetch(`${address}/api/runs/${runIdOf(1)}/artifacts/empty`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("is none where the path leads elsewhere, or nothing is there", async () => {
    const { address, root } = await serveRuns();
    await writeArtifact(root, "plots/loss.png", "png");
    for (const path of [
      "nothing",
      "plots",
      "%2e%2e%2f%2e%2e%2f%2e%2e%2fruns%2fpets",
      "plots%2f%2e%2e%2fplots%2floss.png",
      "%2Fetc%2Fpasswd",
      "plots%5Closs.png",
      "a%00b",
    ]) {
      const answer = await ask(address, `/api/runs/${runIdOf(1)}/artifacts/${path}`);
      expect([answer.status, path]).toEqual([404, path]);
      expectError(answer, 404, "NOT_FOUND");
    }
  });
});

describe("the metrics of an experiment's run", () => {
  it("are held against its predictions", async () => {
    const root = await temporaryFolder();
    const store = folderStore(root);
    await writeRuns(store, [run(1, { metrics: { f1_macro: 1, accuracy: 0.75, train_f1: 1, loss: 2.5 } })]);
    const { predictionId } = await logExperiment(smallClassification(root, { runId: runIdOf(1) }));
    const alone = await logExperiment(smallClassification(root));
    const { address } = await startServer(root);
    const { expectAsDocumented } = await documented(address);
    const answer = await ask(address, `/api/experiments/${predictionId}/metrics-check`);
    expectAsDocumented("/api/experiments/{id}/metrics-check", answer);
    expect(answer.json.metrics).toMatchObject([
      { name: "f1_macro", verdict: "cannot be had" },
      { name: "accuracy", verdict: "matches" },
      { name: "loss", verdict: "cannot be had" },
    ]);
    const refused = await ask(address, `/api/experiments/${alone.predictionId}/metrics-check`);
    expectError(refused, 400, "INVALID_ARGUMENT");
  });
});

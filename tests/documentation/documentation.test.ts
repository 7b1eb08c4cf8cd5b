import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

import { commandLine } from "../../src/cli/run.js";
import { processTerminal } from "../../src/cli/terminal.js";
import { eventKinds } from "../../src/history/event.js";
import { copyProblemKinds } from "../../src/maintenance/copy-problem.js";
import { findingKinds } from "../../src/maintenance/verify-store.js";
import { runColumns } from "../../src/run/run-columns.js";
import { scoreRegistry } from "../../src/scores/registry.js";
import { errorCodes } from "../../src/tracking-error.js";
import { logColumns } from "../../src/tracking-log/columns.js";
import { warehouseFindings } from "../../src/warehouse/check/warehouse-finding.js";
import { reportedViews } from "../../src/warehouse/linking-address.js";
import { mlTracking, projectRoot, runNode } from "../support/built-package.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const doc = (name: string) => readFile(join(projectRoot, name), "utf8");

/** The code blocks of a language in a document. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1]!,
  );
}

/** A folder in which `ml-tracking` is installed. */
async function installedFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "node_modules"));
  await symlink(projectRoot, join(folder, "node_modules", "ml-tracking"), "junction");
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

describe("the documentation", () => {
  it("lists every error code, and none that is not there", async () => {
    const listed = [...(await doc("docs/errors.md")).matchAll(/^\| `([A-Z_]+)` \|/gm)].map(
      (match) => match[1],
    );
    const client = join(projectRoot, "python/ml_tracking");
    const sources = await Promise.all(
      (await readdir(client))
        .filter((name) => name.endsWith(".py"))
        .map((name) => readFile(join(client, name), "utf8")),
    );
    const clientCodes = [...sources.join("").matchAll(/"((?:CORE|NODE)_[A-Z_]+)"/g)].map(([, code]) => code);
    expect(new Set(clientCodes).size).toBe(3);
    expect(new Set(listed)).toEqual(new Set([...errorCodes, ...clientCodes]));
  });

  it("has the errors that src/error-table.ts has, and so has the Python client", async () => {
    expect(await runNode([join(projectRoot, "scripts/error-table.js"), "--check"])).toMatchObject({
      status: 0,
      talk: "",
    });
  });

  it("lists every column of the tracking log, and none that is not there", async () => {
    const table = (await doc("docs/file-format.md")).split("## Predictions")[0]!;
    const listed = [...table.matchAll(/^\| ((?:`[a-z0-9_]+`(?:, )?)+) \|/gm)].flatMap((match) =>
      [...match[1]!.matchAll(/`([a-z0-9_]+)`/g)].map((name) => name[1]),
    );
    expect(listed).toEqual(logColumns.map(({ name }) => name));
  });

  it("lists every column of the run log and every kind of event, and none that is not there", async () => {
    const section = (await doc("docs/file-format.md")).split("\n## Runs\n")[1]!.split("\n## ")[0]!;
    const rows = [...section.matchAll(/^\| ([a-z_]+) \| (.+) \|$/gm)].map((row) => row.slice(1));
    const columns = runColumns.map(({ name, meaning }) => [name, meaning]);
    expect(rows).toEqual([...columns, ["kind", "meaning"], ...Object.entries(eventKinds)]);
  });

  it("lists every score", async () => {
    const text = await doc("docs/scores.md");
    expect(scoreRegistry.filter(({ name }) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it("lists every command and every flag, and none that is not there", async () => {
    const text = await doc("docs/cli.md");
    const sections = new Map(
      text.split(/^## /m).map((section) => [section.split("\n", 1)[0]!, section] as const),
    );
    const general = text.split(/^## /m)[0]!;
    const { commands } = commandLine(processTerminal);
    expect([...sections.keys()].slice(1).sort()).toEqual(commands.map((command) => command.name()).sort());
    for (const command of commands) {
      const section = sections.get(command.name())!;
      const documented = [...section.matchAll(/^\| ((?:`--[a-z-]+`(?:, )?)+) \|/gm)].flatMap((match) =>
        [...match[1]!.matchAll(/--[a-z-]+/g)].map(([flag]) => flag),
      );
      const flags = command.options.map((option) => option.long!);
      const shared = ["--store", "--json"];
      expect(documented.sort()).toEqual(flags.filter((flag) => !shared.includes(flag)).sort());
      for (const flag of ["copy", "definitions"].includes(command.name()) ? ["--json"] : shared) {
        expect(flags).toContain(flag);
        expect(general).toContain(`\`${flag}`);
      }
    }
  });

  it("lists every finding of verify", async () => {
    const text = await doc("docs/cli.md");
    expect(Object.keys(findingKinds).filter((kind) => !text.includes(`| \`${kind}\` |`))).toEqual([]);
  });

  it("lists every finding of warehouse --check", async () => {
    const section = (await doc("docs/cli.md")).split("\n## warehouse\n")[1]!.split("\n## ")[0]!;
    const listed = [...section.matchAll(/^\| `([a-z][a-z-]+)` \|/gm)].map(([, kind]) => kind);
    expect(new Set(listed)).toEqual(new Set(Object.keys(warehouseFindings)));
  });

  it("names columns of the views in docs/data-studio.md that docs/warehouse.md has", async () => {
    const columns = new Map(
      (await doc("docs/warehouse.md")).split("\n### ").map((section) => {
        const cells = [...section.matchAll(/^\| ((?:`[a-z0-9_]+`(?:, )?)+) \|/gm)].map(([, cell]) => cell!);
        return [section.split("\n", 1)[0]!, new Set<string>(cells.join().match(/[a-z0-9_]+/g))] as const;
      }),
    );
    const rows = [
      ...(await doc("docs/data-studio.md")).matchAll(
        /^\| [A-Z][^|]* \| `([a-z]+)` \| ([^|]*) \| ([^|]*)\|/gm,
      ),
    ];
    expect(new Set(rows.map(([, view]) => view))).toEqual(new Set(reportedViews));
    const unknown = rows.flatMap(([, view, fields, settings]) =>
      [...`${fields}${settings}`.matchAll(/`([a-z0-9_]+)`/g)]
        .map(([, name]) => name!)
        .filter((name) => !columns.get(view!)?.has(name)),
    );
    expect(rows.length).toBeGreaterThan(12);
    expect(unknown).toEqual([]);
  });

  it("lists every problem of copy", async () => {
    const text = await doc("docs/cli.md");
    expect(Object.keys(copyProblemKinds).filter((kind) => !text.includes(`| \`${kind}\` |`))).toEqual([]);
  });

  it("has a line for every dependency, with its version in the lock file only", async () => {
    const text = await doc("docs/dependencies.md");
    const { optionalDependencies, devDependencies } = JSON.parse(await doc("package.json")) as Record<
      string,
      Record<string, string>
    >;
    const names = [...Object.keys(optionalDependencies!), ...Object.keys(devDependencies!)];
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
    expect(
      Object.values({ ...optionalDependencies, ...devDependencies }).filter(
        (version) => !/^\d/.test(version),
      ),
    ).toEqual([]);
  });

  it("names files of the code that are there", async () => {
    const decisions = (await readdir(join(projectRoot, "docs/decisions"))).map((name) => `decisions/${name}`);
    for (const name of ["architecture.md", ...decisions]) {
      const text = await doc(`docs/${name}`);
      const named = [...text.matchAll(/`((?:src|web|python|scripts|tests|findings)\/[^` ]*)`/g)];
      const missing = named
        .map(([, path]) => path!)
        .filter((path) => !path.includes("NAME") && !existsSync(join(projectRoot, path)));
      expect(missing, name).toEqual([]);
    }
  });

  it("links to files that are there", async () => {
    const documents = [
      "README.md",
      "CONTRIBUTING.md",
      ...(await readdir(join(projectRoot, "docs"))).map((name) => `docs/${name}`),
    ];
    for (const name of documents.filter((file) => file.endsWith(".md"))) {
      for (const [, target] of (await doc(name)).matchAll(/\]\(([^)#:]+)\)/g)) {
        const folder = name.includes("/") ? "docs" : ".";
        await expect(doc(join(folder, target!))).resolves.toBeDefined();
      }
    }
  });
});

describe("the code in the documentation", () => {
  it("runs: README's first experiment, and reading it back", async () => {
    const folder = await installedFolder();
    const logging = await doc("docs/logging.md");
    const code = [...blocks(await doc("README.md"), "js"), ...blocks(logging, "js")];
    expect(code).toHaveLength(2);
    for (const [i, snippet] of code.entries()) {
      await writeFile(join(folder, `snippet-${i}.js`), snippet);
      const { status, out, talk } = await runNode([`snippet-${i}.js`], { cwd: folder });
      expect(talk).toBe("");
      expect(status).toBe(0);
      expect(out).toMatch(
        i === 0 ? /^[0-9a-z]{12} 0.75 tracking\/first-steps\// : /^MajorityClass 0.428\d* 4 samples/,
      );
    }
    for (const [, command] of blocks(logging, "sh")
      .join("")
      .matchAll(/^npx --no ml-tracking (.*)$/gm)) {
      const { status, talk } = await mlTracking(command!.split(" "), { cwd: folder });
      expect(`${status} ${talk}`).toMatch(/^0 /);
    }
  });

  it("has a README of at most 90 lines, and every document linked from it", async () => {
    const text = await doc("README.md");
    expect(text.split("\n").length).toBeLessThanOrEqual(91);
    const names = (await readdir(join(projectRoot, "docs"))).filter((name) => name.endsWith(".md"));
    const linked = new Set([...text.matchAll(/\(docs\/([a-z-]+\.md)\)/g)].map(([, name]) => name));
    expect(names.filter((name) => !linked.has(name) && name !== "bridge-protocol.md")).toEqual([]);
  });

  it.each(["docs/errors.md", "docs/scores.md"])("runs, and prints what %s says", async (name) => {
    const folder = await installedFolder();
    const [code] = blocks(await doc(name), "js");
    await writeFile(join(folder, "snippet.js"), code!);
    const { out } = await runNode(["snippet.js"], { cwd: folder });
    const promised = [...code!.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
    expect(out.trimEnd().split("\n")).toEqual(promised);
  });

  it("runs: the code of docs/runs.md, and the query of its files", async () => {
    const folder = await installedFolder();
    for (const [i, code] of blocks(await doc("docs/runs.md"), "js").entries()) {
      await writeFile(join(folder, `snippet-${i}.js`), code);
      const { status, out, talk } = await runNode([`snippet-${i}.js`], { cwd: folder });
      expect(`${status} ${talk}`).toBe("0 ");
      expect(out).toMatch(i === 0 ? /^[0-9a-z]{16}$/m : /^200 400 \[\] \[\] \d+$/m);
    }
    const [query] = blocks((await doc("docs/file-format.md")).split("\n## Runs\n")[1]!, "sql");
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const connection = await (await DuckDBInstance.create()).connect();
    const read = await connection.runAndReadAll(query!.replace("ml-tracking/", `${folder}/ml-tracking/`));
    expect(
      read
        .getRowsJS()
        .slice(200, 202)
        .map((row) => [row[0], row[1]]),
    ).toEqual([
      ["loss", 0n],
      ["loss", 1n],
    ]);
  });

  it("runs: the code and the commands of docs/slices.md", async () => {
    const folder = await installedFolder();
    const text = await doc("docs/slices.md");
    for (const [i, code] of blocks(text, "js").entries()) {
      await writeFile(join(folder, `snippet-${i}.js`), code);
      const { status, out, talk } = await runNode([`snippet-${i}.js`], { cwd: folder });
      expect(`${status} ${talk}`).toBe("0 ");
      if (i === 1) expect(out).toMatch(/^0 \[\]\ny_true = Adelie 1 .*\n0 no evidence$/m);
    }
    const commands = `npx() { shift 2; "${process.execPath}" "${join(projectRoot, "dist/cli.js")}" "$@"; }\n${blocks(text, "sh").join("")}`;
    const { stdout } = await promisify(execFile)("bash", ["-ec", commands], { cwd: folder });
    expect(stdout).toContain("1 slice is worse than the rest");
    const { slices } = JSON.parse(await readFile(join(folder, "slices.json"), "utf8")) as {
      slices: unknown[];
    };
    expect(slices.length).toBeGreaterThan(0);
  });

  it("runs: the commands and the code of docs/explain.md", async () => {
    const folder = await installedFolder();
    const text = await doc("docs/explain.md");
    const commands = `npx() { shift 2; "${process.execPath}" "${join(projectRoot, "dist/cli.js")}" "$@"; }\n${blocks(text, "sh").join("")}`;
    await promisify(execFile)("bash", ["-ec", commands], { cwd: folder });
    const explained = JSON.parse(await readFile(join(folder, "explained.json"), "utf8")) as {
      matches: { definition: string }[];
    };
    expect(explained.matches.map(({ definition }) => definition)).toContain("xgboost:aucpr");
    let out = "";
    for (const [i, code] of blocks(text, "js").entries()) {
      await writeFile(join(folder, `explain-${i}.js`), code);
      const ran = await runNode([`explain-${i}.js`], { cwd: folder });
      expect(ran.status).toBe(0);
      out += ran.out;
    }
    expect(out).toContain("f1 matches\naverage_precision another definition\nrecall cannot be had\n");
    expect(out).toMatch(
      /^certain 0\.8805 is XGBoost's eval_metric='aucpr'.* Here average_precision is 0\.8333\.$/m,
    );
  });

  it("says on docs/definitions.md what the catalogue says", async () => {
    expect(await runNode([join(projectRoot, "scripts/definitions-page.js"), "--check"])).toMatchObject({
      status: 0,
    });
  });

  it("runs: the commands and the code of docs/compare.md", async () => {
    const folder = await installedFolder();
    const text = await doc("docs/compare.md");
    const commands = `npx() { shift 2; "${process.execPath}" "${join(projectRoot, "dist/cli.js")}" "$@"; }\n${blocks(text, "sh").join("")}`;
    await promisify(execFile)("bash", ["-ec", commands], { cwd: folder });
    expect(await readFile(join(folder, "report.html"), "utf8")).toContain("<h2>Provenance</h2>");
    const store = { ML_TRACKING_STORE: join(folder, "compare-store") };
    const outs: string[] = [];
    for (const [i, code] of blocks(text, "js").entries()) {
      await writeFile(join(folder, `snippet-${i}.js`), code);
      const { out, talk } = await runNode([`snippet-${i}.js`], { cwd: folder, env: store });
      expect(talk).toBe("");
      outs.push(out);
    }
    expect(outs.at(-1)).toMatch(/^\*\*(Yes|No|There is|It cannot)/);
  });

  it("runs: the commands and the code of docs/annotations.md", async () => {
    const folder = await installedFolder();
    const text = await doc("docs/annotations.md");
    const said: string[] = [];
    for (const [, command] of blocks(text, "sh")
      .join("")
      .matchAll(/^npx --no ml-tracking (.*)$/gm)) {
      const { status, out, talk } = await mlTracking(command!.split(" "), { cwd: folder });
      expect(`${status} ${talk}`).toMatch(/^0 /);
      said.push(out);
    }
    expect(said.join("")).toContain("classification: accuracy (set by ");
    for (const [i, code] of blocks(text, "js").entries()) {
      await writeFile(join(folder, `snippet-${i}.js`), code);
      const { out, talk } = await runNode([`snippet-${i}.js`], { cwd: folder });
      const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
      expect([talk, out.trimEnd().split("\n")]).toEqual(["", promised]);
    }
  });

  it.each(["README.md", "docs/cli.md", "docs/warehouse.md"])("runs: the commands of %s", async (name) => {
    const folder = await installedFolder();
    for (const line of blocks(await doc(name), "sh")
      .join("")
      .split("\n")
      .filter(Boolean)) {
      const written = /^printf '(.*)' > (\S+)$/.exec(line);
      if (written) {
        await writeFile(join(folder, written[2]!), written[1]!.replaceAll("\\n", "\n"));
        continue;
      }
      const command = /^npx --no ml-tracking (.*)$/.exec(line);
      if (!command) throw new Error(`not a command that this test can run: ${line}`);
      const { status, talk } = await mlTracking(command[1]!.split(" "), { cwd: folder });
      expect(`${status} ${talk}`).toMatch(/^0 /);
    }
    await rm(join(folder, "demo-store"), { recursive: true, force: true });
  });
});

import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";

import { type Action, type Annotation, actions } from "../../src/annotations/annotation.js";
import { annotationLine, annotationLog, toAnnotation } from "../../src/annotations/annotation-line.js";
import { appendAnnotations } from "../../src/annotations/append-annotations.js";
import { checkedChange } from "../../src/annotations/check-change.js";
import { foldAnnotations } from "../../src/annotations/fold-annotations.js";
import { readAnnotations } from "../../src/annotations/read-annotations.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { openStore } from "../../src/store/open-store.js";
import { compactLog } from "../../src/tracking-log/compact-log.js";
import { parseRow } from "../../src/tracking-log/row.js";
import { projectRoot } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { atEveryChange, killedAt } from "../support/killed-at.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { everyPlace } from "./every-store.js";

const cli = join(projectRoot, "dist", "cli.js");
const id = "0123456789ab";
const now = new Date("2026-11-28T10:00:00.000Z");

afterEach(() => vi.unstubAllEnvs());

describe.each(everyPlace)("what is said in $name", ({ newStore }) => {
  it("is read back at once, the newest word of each thing", async (context) => {
    const store = await newStore(context);
    const say = (...changes: Parameters<typeof checkedChange>[0][]) =>
      appendAnnotations(store, "pets", changes.map(checkedChange), { author: "ann", now });
    await say({ target: id, action: "name", value: "wider" }, { target: id, action: "tag", key: 'a "b", c' });
    await say({ target: id, action: "note", value: "two\nlines\n" }, { target: id, action: "star" });
    await say(
      { target: id, action: "tag", key: "baseline" },
      { target: id, action: "untag", key: 'a "b", c' },
    );
    await say({ target: id, action: "delete" });
    await say({ target: id, action: "restore" }, { target: id, action: "name", value: null });
    const { experiments, problems } = await readAnnotations(store, "pets");
    expect(problems).toEqual([]);
    expect(experiments.get(id)).toMatchObject({
      name: undefined,
      note: "two\nlines\n",
      tags: ["baseline"],
      starred: true,
      archived: false,
      state: "there",
      stateSaid: { author: "ann" },
    });
  });

  it("is all there when many say something at once", async (context) => {
    const store = await newStore(context);
    const tags = Array.from({ length: 40 }, (_, i) => `tag ${String(i).padStart(2, "0")}`);
    await Promise.all(
      tags.map((key) =>
        appendAnnotations(store, "pets", [{ target: id, action: "tag", key }], { author: "ann", now }),
      ),
    );
    expect((await readAnnotations(store, "pets")).experiments.get(id)?.tags).toEqual(tags);
  });

  it("holds after what was said by a clock ahead, once that was seen", async (context) => {
    const store = await newStore(context);
    const ahead = new Date("2036-01-01T00:00:00.000Z");
    const said = (action: Action, at: Date) =>
      appendAnnotations(store, "pets", [{ target: id, action }], { author: "ann", now: at });
    await said("delete", ahead);
    await said("restore", now);
    const { experiments } = await readAnnotations(store, "pets");
    expect(experiments.get(id)).toMatchObject({
      state: "there",
      lastSaid: { writtenAt: new Date(+ahead + 1) },
    });
  });

  it("stays what it is when its files are folded into one", async (context) => {
    const store = await newStore(context);
    for (let i = 0; i < 6; i++) {
      const line = annotationLine({ ...sayTag(`tag ${i}`), writtenAt: new Date(+now + i) });
      const header = Buffer.from("written_at,author,target,action,key,value\n");
      await store.create(`annotations/pets/pets_2026-11-28_${i + 1}.csv`, [header, Buffer.from(line)]);
    }
    const before = await readAnnotations(store, "pets");
    const done = await compactLog(store, "pets", {
      now: () => new Date(),
      isAtRest: () => true,
      log: annotationLog,
    });
    expect([done.filesBefore, done.filesAfter]).toEqual([6, 1]);
    const { version: _, ...after } = await readAnnotations(store, "pets");
    expect(after).toEqual({ ...before, version: undefined });
    expect(after.experiments.get(id)?.tags).toHaveLength(6);
  });
});

function sayTag(key: string): Annotation {
  return { writtenAt: now, author: "ann", target: id, action: "tag", key, value: null };
}

const anyAnnotation = fc.record<Annotation>({
  writtenAt: fc.integer({ min: 0, max: 3 }).map((i) => new Date(i)),
  author: fc.constantFrom("ann", "bob"),
  target: fc.constantFrom(id, "pets", "0123456789ac"),
  action: fc.constantFrom(...(Object.keys(actions) as Action[])),
  key: fc.constantFrom("", "a", "classification"),
  value: fc.constantFrom(null, "accuracy", "a", { sort: "x" }),
});

describe("the log of what is said", () => {
  it("says the same in whatever order its lines are, and however often one is there", () => {
    fc.assert(
      fc.property(fc.array(anyAnnotation, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (said, random) => {
        const written = said.map((annotation) => ({ annotation, text: annotationLine(annotation) }));
        const shuffled = [...written, ...written.slice(0, 3)]
          .map((each) => ({ each, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        expect(foldAnnotations("pets", shuffled)).toEqual(foldAnnotations("pets", written));
      }),
    );
  });

  it("keeps any text in one line, to the character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (note, author) => {
        const plain = author.replace(/[\p{Cc}]/gu, " ");
        const said: Annotation = { ...sayTag(""), action: "note", author: plain, value: note };
        const line = annotationLine(said);
        expect(line.indexOf("\n")).toBe(line.length - 1);
        const row = parseRow(
          ["written_at", "author", "target", "action", "key", "value"],
          line.slice(0, -1),
          annotationLog,
        );
        expect("cells" in row && toAnnotation(row.cells)).toEqual(said);
      }),
    );
  });

  it("is checked by verify, which mends what a killed writer left", async () => {
    const root = await temporaryFolder();
    await logExperiment(smallClassification(root));
    const store = openStore(root);
    const lines = [
      "written_at,author,target,action,key,value",
      `2026-11-28T10:00:00.000Z,ann,${id},promote,,`,
      `2026-11-28T10:00:00.000Z,ann,${id},star,,`,
      `2026-11-28T10:00:01.000Z,ann,${id},uns`,
    ];
    await store.create("annotations/pets/pets_2026-11-28_1.csv", [Buffer.from(lines.join("\n"))]);
    await store.create("annotations/pets/notes.txt", [Buffer.from("x")]);
    const found = async (repair: boolean) => {
      const { findings } = await verifyStore({ store: root, repair, graceSeconds: 0 });
      return new Set(findings.map(({ kind, repaired }) => `${kind}, ${repaired ? "repaired" : "open"}`));
    };
    const open = ["newer-format, open", "stray-file, open"];
    expect(await found(false)).toEqual(new Set([...open, "torn-line, open"]));
    expect(await found(true)).toEqual(new Set([...open, "torn-line, repaired"]));
    expect(await found(false)).toEqual(new Set(open));
    expect((await readAnnotations(store, "pets")).experiments.get(id)?.starred).toBe(true);
  });

  it("holds what was acknowledged, and takes more, wherever a writer is killed", async () => {
    await atEveryChange(async (change) => {
      const root = await temporaryFolder();
      const { predictionId } = await logExperiment(smallClassification(root));
      const tag = (name: string) => ["tag", predictionId, name, "--store", root];
      const first = await killedAt(0, [cli, ...tag("first")], {});
      const run = await killedAt(change, [cli, ...tag("second")], {});
      await killedAt(0, [cli, ...tag("third")], {});
      const { experiments, problems } = await readAnnotations(openStore(root), "pets");
      const tags = experiments.get(predictionId)!.tags;
      expect([first.killed, problems]).toEqual([false, []]);
      expect(tags).toEqual(expect.arrayContaining(["first", "third"]));
      if (!run.killed || run.out.includes("second")) expect(tags).toContain("second");
      return run.killed;
    });
  });

  it("passes over what a later version says, and names what cannot be read", async () => {
    const store = openStore(await temporaryFolder());
    const lines = [
      "written_at,author,target,action,key,value,more",
      `2026-11-28T10:00:00.000Z,ann,${id},promote,,,x`,
      `2026-11-28T10:00:00.000Z,ann,${id},note,,not json,x`,
      `yesterday,ann,${id},star,,,x`,
      `2026-11-28T10:00:00.000Z,ann,${id},star,,,x`,
      `2026-11-28T10:00:01.000Z,ann,${id},uns`,
    ];
    await store.create("annotations/pets/pets_2026-11-28_1.csv", [Buffer.from(lines.join("\n"))]);
    const { experiments, problems } = await readAnnotations(store, "pets");
    expect(experiments.get(id)?.starred).toBe(true);
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'value is "not json", not JSON'],
      [4, 'written_at is "yesterday", not a time'],
      [6, expect.stringContaining("no line break")],
    ]);
  });

  it.each([
    [{ action: "nam" }, 'action is "nam"; did you mean name?'],
    [{ action: "star", key: "x" }, 'key is "x"; star takes none'],
    [{ action: "star", value: "x" }, 'value is "x"; star takes none'],
    [{ action: "tag" }, "missing argument: tag"],
    [{ action: "tag", key: " " }, "tag is empty"],
    [{ action: "tag", key: "a\nb" }, "control character U+000A"],
    [{ action: "name", value: "x".repeat(501) }, "name is 501 characters long, over 500"],
    [{ action: "note", value: 5 }, "note is 5; give a text, in Markdown"],
    [{ action: "note", value: "\ud800" }, "half of a surrogate pair"],
    [{ action: "primary_score", key: "ranking", value: "f1" }, 'kind is "ranking"'],
    [
      { action: "primary_score", key: "regression", value: "f1" },
      'score is "f1", which is no score of a regression',
    ],
    [{ action: "primary_score", key: "classification", value: "f1makro" }, "did you mean f1_macro?"],
    [{ action: "view", key: "best", value: [] }, "give a mapping"],
  ])("refuses %o, and says what to give", (change, message) => {
    expect(() => checkedChange({ target: id, ...change } as never)).toThrow(message);
  });
});

import { appendFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, type TestContext } from "vitest";

import { folderStore } from "../../src/store/folder-store.js";
import type { Store } from "../../src/store/store.js";
import { type BucketServer, bucketServers } from "../support/bucket-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

interface Place {
  name: string;
  /** Starts what the place needs, once for all tests. */
  start: (context: Pick<TestContext, "skip">) => Promise<() => Promise<Store>>;
}

const places: Place[] = [
  { name: "a folder", start: async () => async () => folderStore(await temporaryFolder()) },
  ...bucketServers.map(({ name, start }) => ({
    name,
    start: async (context: Pick<TestContext, "skip">) => {
      const server: BucketServer = await start(context);
      return async () => server.open(`${await server.newBucket()}/some/where`);
    },
  })),
];

const bytes = (text: string) => Buffer.from(text);
const text = async (store: Store, path: string) =>
  Buffer.from((await store.read(path))?.bytes ?? []).toString();

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

for (const place of places) {
  describe(`a store in ${place.name}`, () => {
    let opening: Promise<() => Promise<Store>> | undefined;
    let open: () => Promise<Store>;
    beforeEach(async (context) => {
      opening ??= place.start(context);
      open = await opening;
    });

    it("gives back what was created, whole and by range", async () => {
      const store = await open();
      expect(await store.create("a/b/c.bin", [bytes("hello "), bytes("world")])).toBe("created");
      expect(await text(store, "a/b/c.bin")).toBe("hello world");
      expect(Buffer.from(await store.readRange("a/b/c.bin", 3, 8)).toString()).toBe("lo wo");
      expect(Buffer.from(await store.readRange("a/b/c.bin", 8, 800)).toString()).toBe("rld");
      expect((await store.stat("a/b/c.bin"))?.size).toBe(11);
    });

    it("creates a name once and leaves the first content", async () => {
      const store = await open();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, i) => store.create("one", [bytes(`writer ${i}`)])),
      );
      expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(1);
      expect(await text(store, "one")).toBe(`writer ${outcomes.indexOf("created")}`);
    });

    it("puts a file in the place of another where it is told to, and makes one where there is none", async () => {
      const store = await open();
      const replacing = { replacing: true };
      const long = Buffer.alloc(9 * 2 ** 20, "long ");
      for (const content of ["first", "second", "", long.toString(), "third"]) {
        expect(await store.create("one", [bytes(content)], replacing)).toBe("created");
        expect(await text(store, "one")).toBe(content);
      }
      expect(await store.create("one", [bytes("fourth")])).toBe("exists");
      expect(await text(store, "one")).toBe("third");
    });

    it.each([1, 9 * 2 ** 20])(
      "leaves the former file when its successor breaks off after %i bytes",
      async (size) => {
        const store = await open();
        await store.create("one", [bytes("former")]);
        async function* broken() {
          yield Buffer.alloc(size, "x");
          throw new Error("the source broke");
        }
        for (const path of ["one", "new"]) {
          const creating = store.create(path, broken(), { replacing: true });
          await expect(creating).rejects.toThrow("the source broke");
        }
        expect(await text(store, "one")).toBe("former");
        expect(await store.stat("new")).toBeUndefined();
      },
    );

    it("lists the children of a folder, and none of a folder that is not there", async () => {
      const store = await open();
      await store.create("x/one.csv", [bytes("1")]);
      await store.create("x/deep/two.csv", [bytes("2")]);
      expect((await store.list("x")).sort((a, b) => a.name.localeCompare(b.name))).toEqual([
        { name: "deep", kind: "folder" },
        { name: "one.csv", kind: "file" },
      ]);
      expect(await store.list("nowhere")).toEqual([]);
    });

    it("lists every file below a folder, however deep, with the size and version that a look at it gives", async () => {
      const store = await open();
      await store.create("x/one.csv", [bytes("1")]);
      await store.create("x/deep/er/two.csv", [bytes("two")]);
      await store.create("xx/three.csv", [bytes("3")]);
      const files = await collect(store.listFiles("x"));
      expect(new Map(files.map(({ path, size }) => [path, size]))).toEqual(
        new Map([
          ["x/deep/er/two.csv", 3],
          ["x/one.csv", 1],
        ]),
      );
      for (const { path, ...file } of files) expect(await store.stat(path)).toEqual(file);
      expect(await collect(store.listFiles("nowhere"))).toEqual([]);
    });

    it("takes its chunks from a source that waits for each", async () => {
      const store = await open();
      async function* slowly() {
        for (const part of ["one ", "by ", "one"]) {
          await new Promise(setImmediate);
          yield bytes(part);
        }
      }
      await store.create("slow", slowly());
      expect(await text(store, "slow")).toBe("one by one");
    });

    it("has no file, no version and nothing to append to under an unknown name", async () => {
      const store = await open();
      expect(await store.stat("no")).toBeUndefined();
      expect(await store.read("no")).toBeUndefined();
      expect(await store.append("no", bytes("x\n"))).toBe("missing");
      expect(await store.removeIfUnchanged("no", "1")).toBe("missing");
    });

    it("keeps every line when many append at once", async () => {
      const store = await open();
      await store.create("log", [bytes("head\n")]);
      const lines = Array.from({ length: 200 }, (_, i) => `line ${i}${"x".repeat(i * 40)}\n`);
      const outcomes = await Promise.all(lines.map((line) => store.append("log", bytes(line))));
      // In a bucket some lose the race for the file again and again; these lines have to go elsewhere.
      const expected = store.appendsByRewriting ? ["appended", "busy"] : ["appended"];
      expect(new Set(outcomes)).toEqual(new Set(expected));
      const appended = lines.filter((_, i) => outcomes[i] === "appended").map((line) => line.trimEnd());
      expect((await text(store, "log")).split("\n").filter(Boolean).sort()).toEqual(
        ["head", ...appended].sort(),
      );
    });

    it("does not append behind a line without an end", async () => {
      const store = await open();
      await store.create("log", [bytes("head\ntorn")]);
      expect(await store.append("log", bytes("row\n"))).toBe("torn");
      expect(await text(store, "log")).toBe("head\ntorn");
    });

    it("does not append to a file of another header, nor to one that has reached the size cap", async () => {
      const store = await open();
      await store.create("log", [bytes("head\n")]);
      expect(await store.append("log", bytes("row\n"), { header: bytes("other\n") })).toBe("unfit");
      expect(await store.append("log", bytes("row\n"), { header: bytes("head\n") })).toBe("appended");
      await store.create("full", [bytes(`head\n${"x".repeat(store.sizeCap - 6)}\n`)]);
      expect(await store.append("full", bytes("row\n"), { header: bytes("head\n") })).toBe("unfit");
      expect((await store.stat("full"))?.size).toBe(store.sizeCap);
    });

    it("removes a file only in the version that was read", async () => {
      const store = await open();
      await store.create("log", [bytes("head\n")]);
      const before = await store.read("log");
      await store.append("log", bytes("row\n"));
      expect(await store.removeIfUnchanged("log", before?.version ?? "")).toBe("changed");
      expect(await text(store, "log")).toBe("head\nrow\n");
      const after = await store.stat("log");
      expect(await store.removeIfUnchanged("log", after?.version ?? "")).toBe("removed");
      expect(await store.stat("log")).toBeUndefined();
    });

    it("loses no acknowledged line while files are taken away under the writers", async () => {
      const store = await open();
      await store.create("log", [bytes("head\n")]);
      const removed: string[] = [];
      const acknowledged: string[] = [];
      const work = { writing: true };
      const remover = async () => {
        while (work.writing) {
          const file = await store.read("log");
          if (!file) continue;
          const outcome = await store.removeIfUnchanged("log", file.version);
          if (outcome !== "removed") continue;
          removed.push(Buffer.from(file.bytes).toString());
          await store.create("log", [bytes("head\n")]);
        }
      };
      const writer = async (name: number) => {
        for (let i = 0; i < 60; i++) {
          const line = `${name}-${i}`;
          while ((await store.append("log", bytes(`${line}\n`))) !== "appended");
          acknowledged.push(line);
        }
      };
      const removing = remover();
      await Promise.all([1, 2, 3, 4].map(writer));
      work.writing = false;
      await removing;
      const kept = [...removed, await text(store, "log")].join("").split("\n");
      expect(removed.length).toBeGreaterThan(0);
      expect(acknowledged.filter((line) => !kept.includes(line))).toEqual([]);
    });

    it("ends every call whose signal is aborted with its reason", async () => {
      const store = await open();
      await store.create("log", [bytes("head\n")]);
      const reason = new Error("enough");
      const options = { signal: AbortSignal.abort(reason) };
      const calls = [
        () => store.read("log", options),
        () => store.stat("log", options),
        () => store.list("x", options),
        () => collect(store.listFiles("x", options)),
        () => store.readRange("log", 0, 1, options),
        () => store.create("new", [bytes("x")], options),
        () => store.append("log", bytes("x\n"), options),
        () => store.removeIfUnchanged("log", "1", options),
      ];
      for (const call of calls) await expect(call()).rejects.toBe(reason);
      expect(await text(store, "log")).toBe("head\n");
      expect(await store.stat("new")).toBeUndefined();
    });

    const outside = [
      "../out",
      "a/../../out",
      "..\\out",
      "/etc/passwd",
      "a//b",
      "./a",
      "a/.",
      "",
      "C:/windows",
      "a\0b",
      "\\\\server\\share",
      "a/..",
    ];
    it.each(outside)("refuses the path %j in every call", async (path) => {
      const store = await open();
      await store.create("inside", [bytes("x")]);
      const calls = [
        () => store.read(path),
        () => store.stat(path),
        () => store.list(path),
        () => collect(store.listFiles(path)),
        () => store.readRange(path, 0, 1),
        () => store.create(path, [bytes("x")]),
        () => store.append(path, bytes("x\n")),
        () => store.removeIfUnchanged(path, "1"),
      ];
      for (const call of calls) {
        await expect(call()).rejects.toMatchObject({
          name: "TrackingError",
          message: expect.stringContaining("not a path inside"),
        });
      }
    });
  });
}

function* failing() {
  yield bytes("half");
  throw new Error("the source broke");
}

describe("a store in a folder", () => {
  it("refuses a symbolic link that leads out of it, for reading and for writing", async () => {
    const folder = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    await writeFile(join(elsewhere, "secret"), "secret\n");
    await symlink(join(elsewhere, "secret"), join(folder, "link"));
    await symlink(elsewhere, join(folder, "linked-folder"));
    const store = folderStore(folder);
    const leadsOut = { message: expect.stringContaining("leads out of the store") };
    await expect(store.read("link")).rejects.toMatchObject(leadsOut);
    await expect(store.read("linked-folder/secret")).rejects.toMatchObject(leadsOut);
    await expect(store.append("link", bytes("row\n"))).rejects.toMatchObject(leadsOut);
    await expect(store.create("linked-folder/new", [bytes("x")])).rejects.toMatchObject(leadsOut);
    expect(await readFile(join(elsewhere, "secret"), "utf8")).toBe("secret\n");
    expect(await readdir(elsewhere)).toEqual(["secret"]);
  });

  it("may itself be reached through a symbolic link", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "real"));
    await symlink(join(folder, "real"), join(folder, "link"));
    const store = folderStore(join(folder, "link"));
    await store.create("a/b", [bytes("x")]);
    expect(await text(store, "a/b")).toBe("x");
  });

  it("says that a line has to go elsewhere when its file was moved away while it was written", async () => {
    const folder = await temporaryFolder();
    const store = folderStore(folder);
    await store.create("log", [bytes("head\n")]);
    const moving = rename(join(folder, "log"), join(folder, "moved"));
    const outcome = await store.append("log", bytes("row\n"));
    await moving;
    const kept = await readFile(join(folder, "moved"), "utf8");
    // Whichever came first: an acknowledged line was there before the move.
    expect(outcome === "missing" || kept === "head\nrow\n").toBe(true);
  });

  it("does not acknowledge a line that another program glued to a torn one", async () => {
    const folder = await temporaryFolder();
    const store = folderStore(folder);
    await store.create("log", [bytes("head\n")]);
    const outcomes: string[] = [];
    for (let i = 0; i < 300; i++) {
      const appending = store.append("log", bytes(`row${i}\n`));
      // At any moment: before the look at the tail, between it and the write, after the write.
      for (let turn = 0; turn < i % 40; turn++) await new Promise(setImmediate);
      appendFileSync(join(folder, "log"), `torn${i}`);
      outcomes.push(await appending);
      appendFileSync(join(folder, "log"), "\n");
    }
    const lines = (await text(store, "log")).split("\n");
    const acknowledged = outcomes.flatMap((outcome, i) => (outcome === "appended" ? [`row${i}`] : []));
    expect(lines).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(outcomes)).toEqual(new Set(["appended", "torn"]));
  });

  it("leaves nothing behind of a file that could not be written", async () => {
    const folder = await temporaryFolder();
    const store = folderStore(folder);
    await expect(store.create("a/file", failing())).rejects.toThrow("the source broke");
    expect(await readdir(join(folder, ".incoming"))).toEqual([]);
    expect(await store.stat("a/file")).toBeUndefined();
  });
});

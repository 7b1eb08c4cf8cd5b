import { beforeEach, describe, expect, it, type TestContext } from "vitest";

import type { Store } from "../../src/store/store.js";
import { type BucketServer, bucketServers } from "../support/bucket-server.js";
import { type Faults, testProxy } from "../support/fault-proxy.js";

const bytes = (text: string) => Buffer.from(text);
const text = async (store: Store, path: string) =>
  Buffer.from((await store.read(path))?.bytes ?? []).toString();
const hasty = { deadline: 3000, firstWait: 5, longestWait: 50, oneRequest: 1000 };

for (const { name: place, start } of bucketServers) {
  describe(`a bucket in ${place}`, () => {
    let starting: Promise<BucketServer> | undefined;
    let server: BucketServer;
    beforeEach(async (context: TestContext) => {
      starting ??= start(context);
      server = await starting;
    });

    /** A bucket, a store over it through a proxy with faults, and one without. */
    const through = async (faults: Faults, seed?: number) => {
      const address = await server.newBucket();
      const proxy = await testProxy(server.url, {}, seed);
      const store = server.open(address, { url: proxy.url, patience: hasty });
      await store.create("log", [bytes("head\n")]); // the probe is over, too
      proxy.faults = faults;
      return { address, proxy, store, direct: server.open(address) };
    };

    it("honours conditions: of many writers that race for a version, one wins", async () => {
      const address = await server.newBucket();
      const stores = Array.from({ length: 20 }, () => server.open(address));
      const created = await Promise.all(
        stores.map((store, i) => store.create("one", [bytes(`head ${i}\n`)])),
      );
      expect(created.filter((outcome) => outcome === "created")).toHaveLength(1);
      const outcomes = await Promise.all(stores.map((store, i) => store.append("one", bytes(`row ${i}\n`))));
      const stored = (await text(stores[0]!, "one")).split("\n").slice(1, -1);
      const appended = stores.flatMap((_, i) => (outcomes[i] === "appended" ? [`row ${i}`] : []));
      expect(stored.sort()).toEqual(appended.sort());
      expect(new Set(outcomes)).toEqual(new Set(["appended", "busy"]));
    });

    it("has a row once whose answers were lost after the server wrote it", async () => {
      const { store, proxy, direct } = await through({ dropAfterCommit: 1 });
      expect(await store.append("log", bytes("row\n"), { header: bytes("head\n") })).toBe("appended");
      expect(await store.create("new", [bytes("head\nfirst\n")])).toBe("created");
      expect(proxy.requests.dropped).toBe(2);
      expect(await text(direct, "log")).toBe("head\nrow\n");
      expect(await text(direct, "new")).toBe("head\nfirst\n");
      expect(await store.create("new", [bytes("another\n")])).toBe("exists");
    });

    it("removes a file once whose removal's answers were lost, and not the one that came after", async () => {
      const { store, direct } = await through({ dropAfterCommit: 1 });
      const file = await direct.read("log");
      expect(await store.removeIfUnchanged("log", file?.version ?? "")).toBe("removed");
      expect(await direct.read("log")).toBeUndefined();
      expect(await direct.stat("log")).toBeUndefined();
    });

    it("goes on through lost answers, unavailability and cut bodies, with every line once", async () => {
      const { store, direct, proxy } = await through(
        { dropAfterCommit: 0.2, unavailable: 0.1, truncate: 0.2 },
        7,
      );
      const lines = Array.from({ length: 60 }, (_, i) => `line ${i} ${"x".repeat(i * 50)}\n`);
      for (const line of lines) expect(await store.append("log", bytes(line))).toBe("appended");
      expect(await text(store, "log")).toBe(`head\n${lines.join("")}`);
      expect(await text(direct, "log")).toBe(`head\n${lines.join("")}`);
      expect(proxy.requests.dropped).toBeGreaterThan(3);
    });

    it("says that a file is busy where the place takes no more writes of its name", async () => {
      const { store } = await through({ oneWriteASecond: true });
      expect(await store.append("log", bytes("row 1\n"))).toBe("appended");
      expect(await store.append("log", bytes("row 2\n"))).toBe("busy");
      expect(await store.create("log 2", [bytes("head\nrow 2\n")])).toBe("created");
    });

    it("refuses a server that ignores conditions, before anything is written", async () => {
      const address = await server.newBucket();
      const proxy = await testProxy(server.url, { stripConditions: true });
      const store = server.open(address, { url: proxy.url, patience: hasty });
      for (const call of [
        () => store.create("tracking/a", [bytes("x\n")]),
        () => store.append("tracking/a", bytes("x\n")),
        () => store.removeIfUnchanged("tracking/a", "1"),
      ]) {
        await expect(call()).rejects.toMatchObject({
          code: "STORE_NOT_SAFE",
          message: expect.stringContaining("only if there is no object of that name"),
        });
      }
      expect(await server.open(address).list("tracking")).toEqual([]);
    });

    it("reads without a probe, so that credentials for reading are enough", async () => {
      const { address } = await through({});
      const proxy = await testProxy(server.url, {
        answer: ({ method }) => (method === "GET" || method === "HEAD" ? undefined : { status: 403 }),
      });
      const store = server.open(address, { url: proxy.url, patience: hasty });
      expect(await text(store, "log")).toBe("head\n");
      expect(await store.list("nowhere")).toEqual([]);
      expect((await store.stat("log"))?.size).toBe(5);
      expect(proxy.requests.writes).toBe(0);
      await expect(store.create("new", [bytes("x")])).rejects.toMatchObject({
        code: "STORE_NOT_WRITABLE",
        message: expect.stringMatching(/permission denied .*ask for (storage\.objects\.create|s3:PutObject)/),
      });
    });

    it("probes with two requests, once", async () => {
      const { address } = await through({});
      const proxy = await testProxy(server.url, {});
      const store = server.open(address, { url: proxy.url });
      await store.create("a", [bytes("x\n")]);
      expect(proxy.requests.total).toBe(3);
      // The store knows what it wrote: one request a line.
      await store.append("a", bytes("y\n"));
      await store.append("a", bytes("z\n"));
      expect(proxy.requests.total).toBe(5);
    });

    it("lists files of any number of folders with one request", async () => {
      const { store, proxy } = await through({});
      for (let i = 0; i < 12; i++) await store.create(`predictions/p${i % 3}/d${i}/x`, [bytes("x")]);
      const before = proxy.requests.total;
      let files = 0;
      for await (const file of store.listFiles("predictions")) files += file.size;
      expect(files).toBe(12);
      expect(proxy.requests.total - before).toBe(1);
    });

    it("names what is missing: the bucket, the server, time", async () => {
      await expect(
        server.open(`${await server.newBucket()}-not-there`).list("tracking"),
      ).rejects.toMatchObject({
        code: "STORE_NOT_READABLE",
        message: expect.stringContaining("there is no such bucket"),
      });
      const nobody = server.open(await server.newBucket(), {
        url: "http://127.0.0.1:9",
        patience: { ...hasty, deadline: 100 },
      });
      await expect(nobody.list("tracking")).rejects.toMatchObject({
        code: "STORE_NOT_READABLE",
        message: expect.stringMatching(/it was tried again and again, but .*ECONNREFUSED|127\.0\.0\.1:9/),
      });
      const { store, proxy } = await through({});
      proxy.faults = { unavailable: 1 };
      const begin = performance.now();
      await expect(store.create("new", [bytes("x")])).rejects.toMatchObject({ code: "STORE_NOT_WRITABLE" });
      expect(performance.now() - begin).toBeLessThan(10_000);
    });

    it("ends every call at once when its signal is aborted, whatever it waits for", async () => {
      const { store, proxy } = await through({});
      const version = (await store.stat("log"))?.version ?? "";
      proxy.faults = { delay: 20_000 };
      const calls: ((signal: AbortSignal) => Promise<unknown>)[] = [
        (signal) => store.read("log", { signal }),
        (signal) => store.stat("log", { signal }),
        (signal) => store.list("x", { signal }),
        (signal) => store.listFiles("x", { signal })[Symbol.asyncIterator]().next(),
        (signal) => store.readRange("log", 0, 2, { signal }),
        (signal) => store.create("new", [bytes("x")], { signal }),
        (signal) => store.create("large", [Buffer.alloc(9 * 2 ** 20)], { signal }),
        (signal) => store.append("log", bytes("row\n"), { signal }),
        (signal) => store.removeIfUnchanged("log", version, { signal }),
      ];
      const reason = new Error("enough");
      const begin = performance.now();
      await Promise.all(
        calls.map(async (call) => {
          const end = new AbortController();
          setTimeout(() => end.abort(reason), 200);
          await expect(call(end.signal)).rejects.toBe(reason);
        }),
      );
      expect(performance.now() - begin).toBeLessThan(5000);
    });

    it("keeps names with spaces, other scripts and signs, whole", async () => {
      const { store } = await through({});
      const names = ["a b", "ünï-çødé", "日本語", "#1?", "50% [a]*", "a+b=c&d", "it's", "~(x)!", "😀"];
      for (const name of names) await store.create(`tracking/${name}/${name}_1.csv`, [bytes(`${name}\n`)]);
      expect((await store.list("tracking")).map((entry) => entry.name).sort()).toEqual(names.sort());
      for (const name of names) {
        expect(await store.list(`tracking/${name}`)).toEqual([{ name: `${name}_1.csv`, kind: "file" }]);
        expect(await text(store, `tracking/${name}/${name}_1.csv`)).toBe(`${name}\n`);
        expect(await store.append(`tracking/${name}/${name}_1.csv`, bytes("row\n"))).toBe("appended");
      }
    });

    it("creates a large file in parts, once, and gives it back whole", async () => {
      const { store } = await through({});
      const chunk = Buffer.alloc(2 ** 20 + 7, "0123456789abcdef");
      const chunks = function* () {
        for (let i = 0; i < 20; i++) yield chunk;
      };
      expect(await store.create("large", chunks())).toBe("created");
      expect(await store.create("large", chunks())).toBe("exists");
      const found = await store.read("large");
      expect(Buffer.from(found?.bytes ?? []).equals(Buffer.concat([...chunks()]))).toBe(true);
      const exactly = Buffer.alloc(16 * 2 ** 20, 7);
      expect(await store.create("exact", [exactly])).toBe("created");
      expect((await store.stat("exact"))?.size).toBe(exactly.length);
    });
  });
}

import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { serve } from "../../src/server/serve.js";
import { openStore } from "../../src/store/open-store.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { expectError, expectSafeHeaders } from "./checks.js";
import { rawRequest, request } from "./raw-request.js";
import { apiPath, ask, startServer } from "./running-server.js";

const secret = "the-secret-beside-the-store";

/** A server over a store that lies beside a file nobody may read through it. */
async function besideASecret() {
  const folder = await temporaryFolder();
  const root = join(folder, "store");
  await writeFile(join(folder, "secret.txt"), secret);
  await writeFile(join(folder, "secret.js"), secret);
  const { predictionId, paths } = await logExperiment(smallClassification(root));
  return { folder, predictionId, place: paths.predictions, ...(await startServer(root)) };
}

const ups = [
  "../secret.txt",
  "..\\secret.txt",
  "../../../../../../../../etc/passwd",
  "..%2f..%2f..%2fsecret.txt",
  "%2e%2e%2fsecret.txt",
  "%2e%2e/secret.txt",
  "%252e%252e%252fsecret.txt",
  "..%5csecret.txt",
  "..%c0%afsecret.txt",
  "%c0%ae%c0%ae%c0%afsecret.txt",
  "..%00/secret.txt",
  "secret.txt%00.js",
  "%2fetc%2fpasswd",
  "/etc/passwd",
  "//etc/passwd",
  "C:%5cWindows%5cwin.ini",
  "C:/Windows/win.ini",
  "%5c%5chost%5cshare%5csecret.txt",
  "file:%2f%2f%2fetc%2fpasswd",
  "file:///etc/passwd",
  "....//secret.txt",
  "..;/secret.txt",
  "%ff%fe",
  "%",
  "%zz",
  ".",
  "..",
];

describe("a path that leads elsewhere", () => {
  it("finds nothing, whatever it stands for: a project, an id, a plot or an asset", async () => {
    const { port, predictionId, defects } = await besideASecret();
    const places = (up: string) => [
      `/${up}`,
      `/assets/${up}`,
      `/api/${up}`,
      `/api/projects/${up}/experiments`,
      `/api/projects/${up}/columns`,
      `/api/projects/${up}/export.csv`,
      `/api/experiments/${up}`,
      `/api/experiments/${up}/samples`,
      `/api/experiments/${up}/plots/confusion_matrix`,
      `/api/experiments/${predictionId}/plots/${up}`,
      `/api/experiments/${predictionId}?project=${up}`,
    ];
    for (const up of ups) {
      for (const path of places(up)) {
        const answer = await rawRequest(port, request(`GET ${path} HTTP/1.1`, { Host: `127.0.0.1:${port}` }));
        expect(answer.text, path).not.toContain(secret);
        expect(answer.text, path).not.toContain("root:x:");
        expectSafeHeaders(answer);
        if (answer.status === 200) expect(answer.text, path).toMatch(/^<!doctype html>/i);
        else expectError(answer, answer.status, answer.json?.error?.code);
        expect([200, 400, 404], path).toContain(answer.status);
        if (path.startsWith("/api/projects/") && !/\.\.?$|\/\/|^\/|\.\.\//.test(up)) {
          expect(answer.status, path).not.toBe(200);
        }
      }
    }
    expect(defects).toEqual([]);
  });

  it("in a tracking log's row is refused before any file is read", async () => {
    const { root, folder, address, predictionId } = await besideASecret();
    const [log] = await logFiles(root);
    const text = await readFile(log!, "utf8");
    const lines = [
      "../secret.txt",
      join(folder, "secret.txt"),
      "..\\\\secret.txt",
      "C:/secret.txt",
      "file:///etc/passwd",
    ];
    const row = text.split("\n")[1]!;
    const ids = lines.map((_, i) => `0000000000a${i}`);
    const rows = lines.map((line, i) =>
      row.replace(/predictions\/pets\/[^,]+/, line).replace(predictionId, ids[i]!),
    );
    await writeFile(log!, `${text}${rows.join("\n")}\n`);
    for (const id of ids) {
      const answer = await ask(address, apiPath(["experiments", id, "plots", "confusion_matrix"]));
      expect([422, 503]).toContain(answer.status);
      expectError(answer, answer.status, answer.json.error.code);
      expect(answer.text).not.toContain(secret);
    }
  });

  it("through a symbolic link out of the store is refused", async () => {
    const { root, folder, address, predictionId, place } = await besideASecret();
    const other = await logExperiment(smallClassification(join(folder, "elsewhere")));
    const linked = join(root, "predictions", "pets", "linked.parquet");
    await symlink(join(folder, "elsewhere", other.paths.predictions), linked);
    const [log] = await logFiles(root);
    const text = await readFile(log!, "utf8");
    const row = text
      .split("\n")[1]!
      .replace(place, "predictions/pets/linked.parquet")
      .replace(predictionId, "0000000000aa");
    await writeFile(log!, `${text}${row}\n`);
    const answer = await ask(address, apiPath(["experiments", "0000000000aa", "plots", "confusion_matrix"]));
    expectError(answer, 422, "PREDICTIONS_NOT_READABLE");
    expect(answer.json.error.message).toContain("symbolic link");
  });
});

async function logFiles(root: string): Promise<string[]> {
  const { readdir } = await import("node:fs/promises");
  const folder = join(root, "tracking", "pets");
  return (await readdir(folder)).map((name) => join(folder, name));
}

describe("the Host header", () => {
  const allowed = (port: number) => [
    `127.0.0.1:${port}`,
    `localhost:${port}`,
    `[::1]:${port}`,
    `LOCALHOST:${port}`,
    "localhost",
    "127.0.0.1",
    "[::1]",
    `localhost:${port + 1}`, // through a tunnel
    "127.0.0.1:80",
  ];
  const refused = (port: number) => [
    "evil.com",
    `evil.com:${port}`,
    `127.0.0.1.evil.com:${port}`,
    `localhost.evil.com:${port}`,
    `localhost.:${port}`,
    `127.0.0.1:${port}@evil.com`,
    `evil.com/127.0.0.1:${port}`,
    `evil.com#127.0.0.1:${port}`,
    `127.0.0.2:${port}`,
    `2130706433:${port}`,
    `0x7f.1:${port}`,
    `0.0.0.0:${port}`,
    `127.0.0.1:${port}, evil.com`,
    `[::ffff:127.0.0.1]:${port}`,
    "",
  ];

  it("that names this server is answered, with and without port, in any case", async () => {
    const { port } = await startServer();
    for (const host of allowed(port)) {
      const answer = await rawRequest(port, request("GET /api/status HTTP/1.1", { Host: host }));
      expect(answer.status, host).toBe(200);
    }
  });

  it("that names another server is refused, for data and for pages", async () => {
    const { port } = await startServer();
    for (const host of refused(port)) {
      for (const path of ["/api/status", "/", "/assets/x.js"]) {
        const answer = await rawRequest(port, request(`GET ${path} HTTP/1.1`, { Host: host }));
        expect([400, 403], `${host} ${path}`).toContain(answer.status);
        expectError(answer, answer.status, answer.status === 403 ? "FORBIDDEN" : "INVALID_ARGUMENT");
      }
    }
  });

  it("that is missing or given twice is refused", async () => {
    const { port } = await startServer();
    for (const bytes of [
      request("GET /api/status HTTP/1.1", {}),
      request("GET /api/status HTTP/1.0", {}),
      request("GET http://evil.com/api/status HTTP/1.1", {}),
      request("GET /api/status HTTP/1.1", { Host: [`127.0.0.1:${port}`, "evil.com"] }),
      request("GET /api/status HTTP/1.1", { Host: ["evil.com", `127.0.0.1:${port}`] }),
    ]) {
      const answer = await rawRequest(port, bytes);
      expect([400, 403], bytes).toContain(answer.status);
      expectError(answer, answer.status, answer.json.error.code);
    }
  });
});

describe("a request from another site", () => {
  it("is refused by its Origin", async () => {
    const { port, address } = await startServer();
    for (const origin of [
      "http://evil.com",
      "null",
      `ftp://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      `http://localhost:${port + 1}`,
      "http://127.0.0.1",
      `http://127.0.0.1:${port}.evil.com`,
      `http://localhost.evil.com:${port}`,
      "file://",
      "",
    ]) {
      const answer = await rawRequest(
        port,
        request("GET /api/projects HTTP/1.1", { Host: `127.0.0.1:${port}`, Origin: origin }),
      );
      expectError(answer, 403, "FORBIDDEN");
    }
    for (const origin of [address, `http://localhost:${port}`, `HTTP://LOCALHOST:${port}`]) {
      const answer = await rawRequest(
        port,
        request("GET /api/projects HTTP/1.1", { Host: `127.0.0.1:${port}`, Origin: origin }),
      );
      expect(answer.status, origin).toBe(200);
    }
  });

  it("is not refused where a proxy of this machine has another port, if the browser says that it is none", async () => {
    const { port } = await startServer();
    const from = (origin: string, site: string) =>
      rawRequest(
        port,
        request("GET /api/projects HTTP/1.1", {
          Host: `127.0.0.1:${port}`,
          Origin: origin,
          "Sec-Fetch-Site": site,
        }),
      );
    expect((await from(`http://localhost:${port + 1}`, "same-origin")).status).toBe(200);
    expectError(await from(`http://localhost:${port + 1}`, "same-site"), 403, "FORBIDDEN");
    expectError(await from("http://evil.com", "same-origin"), 403, "FORBIDDEN");
  });

  it("for data is refused by Sec-Fetch-Site, while a link to a page is followed", async () => {
    const { port } = await startServer();
    const from = (path: string, site: string, mode: string) =>
      rawRequest(
        port,
        request(`GET ${path} HTTP/1.1`, {
          Host: `127.0.0.1:${port}`,
          "Sec-Fetch-Site": site,
          "Sec-Fetch-Mode": mode,
        }),
      );
    for (const site of ["cross-site", "same-site", "anything"]) {
      for (const mode of ["navigate", "no-cors", "cors"]) {
        for (const path of ["/api/projects", "/%61pi/projects", "/api/events", "/api/openapi.json"]) {
          expectError(await from(path, site, mode), 403, "FORBIDDEN");
        }
      }
      expectError(await from("/assets/x.js", site, "no-cors"), 403, "FORBIDDEN");
      expectError(await from("/", site, "no-cors"), 403, "FORBIDDEN");
      expect((await from("/projects/pets", site, "navigate")).status).toBe(200);
    }
    for (const site of ["same-origin", "none"]) {
      expect((await from("/api/projects", site, "cors")).status).toBe(200);
    }
  });

  it("cannot ask beforehand whether it may, nor read an answer", async () => {
    const { port } = await startServer();
    const preflight = await rawRequest(
      port,
      request("OPTIONS /api/projects HTTP/1.1", {
        Host: `127.0.0.1:${port}`,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Private-Network": "true",
      }),
    );
    expectError(preflight, 405, "METHOD_NOT_ALLOWED");
  });
});

describe("methods", () => {
  it("other than GET and HEAD are refused everywhere", async () => {
    const { port, defects } = await startServer();
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "SEARCH"]) {
      for (const path of [
        "/",
        "/api/projects",
        "/api/projects/pets/experiments",
        "/assets/x.js",
        "/api/nothing",
      ]) {
        const answer = await rawRequest(
          port,
          request(`${method} ${path} HTTP/1.1`, { Host: `127.0.0.1:${port}`, "Content-Length": "2" }) + "{}",
        );
        expectError(answer, 405, "METHOD_NOT_ALLOWED");
      }
    }
    const tunnel = await rawRequest(
      port,
      request("CONNECT evil.com:80 HTTP/1.1", { Host: `127.0.0.1:${port}` }),
    );
    expect([0, 400, 403, 405]).toContain(tunnel.status);
    expect(defects).toEqual([]);
  });

  it("that pretend to be another one by a header stay what they are", async () => {
    const { port } = await startServer();
    const answer = await rawRequest(
      port,
      request("POST /api/projects HTTP/1.1", {
        Host: `127.0.0.1:${port}`,
        "X-HTTP-Method-Override": "GET",
        "Content-Length": "0",
      }),
    );
    expectError(answer, 405, "METHOD_NOT_ALLOWED");
  });

  it("HEAD answers as GET does, without a body", async () => {
    const { address, port } = await besideASecret();
    for (const path of [
      "/",
      "/api/projects",
      "/api/projects/pets/export.csv",
      "/api/projects/none/columns",
    ]) {
      const head = await rawRequest(port, request(`HEAD ${path} HTTP/1.1`, { Host: `127.0.0.1:${port}` }));
      const get = await ask(address, path);
      expect(head.status, path).toBe(get.status);
      expect(head.headers.get("content-type"), path).toBe(get.headers.get("content-type"));
      expect(head.text, path).toBe("");
      expectSafeHeaders(head);
    }
  });

  it("an upgrade to another protocol is not made", async () => {
    const { port } = await startServer();
    const answer = await rawRequest(
      port,
      request("GET /api/status HTTP/1.1", {
        Host: `127.0.0.1:${port}`,
        Connection: "Upgrade, close",
        Upgrade: "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
      }),
    );
    expect(answer.status).toBe(200);
  });
});

describe("requests beyond measure", () => {
  it("a request line of 100 kB and headers of 100 kB are answered with 431", async () => {
    const { port } = await startServer();
    const host = { Host: `127.0.0.1:${port}` };
    const line = await rawRequest(port, request(`GET /api/projects?x=${"a".repeat(100_000)} HTTP/1.1`, host));
    expectError(line, 431, "INVALID_ARGUMENT");
    const header = await rawRequest(
      port,
      request("GET /api/projects HTTP/1.1", { ...host, "X-Large": "a".repeat(100_000) }),
    );
    expectError(header, 431, "INVALID_ARGUMENT");
    const many = Object.fromEntries(Array.from({ length: 9000 }, (_, i) => [`X-Header-${i}`, "1"]));
    expectError(
      await rawRequest(port, request("GET /api/projects HTTP/1.1", { ...host, ...many })),
      431,
      "INVALID_ARGUMENT",
    );
    expect((await rawRequest(port, request("GET /api/projects HTTP/1.1", host))).status).toBe(200);
  });

  it("what is no HTTP is answered with 400 in the one error shape", async () => {
    const { port } = await startServer();
    for (const bytes of [
      "hello\r\n\r\n",
      "GET /api/status HTTP/9.9\r\n\r\n",
      "GET\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
      `GET /api/status HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nBad Header: x\r\n\r\n`,
      `GET /api/status HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      request("GET file:///etc/passwd HTTP/1.1", { Host: `127.0.0.1:${port}` }),
      request("GET /api/status\\..\\x HTTP/1.1", { Host: `127.0.0.1:${port}` }),
    ]) {
      expectError(await rawRequest(port, Buffer.from(bytes, "latin1")), 400, "INVALID_ARGUMENT");
    }
  });

  it("a body is not read: 200 MB that are announced or sent change nothing", async () => {
    const { port, address } = await startServer();
    const announced = await rawRequest(
      port,
      request("POST /api/projects HTTP/1.1", {
        Host: `127.0.0.1:${port}`,
        "Content-Length": "200000000",
        "Content-Type": "application/json",
      }),
    );
    expectError(announced, 405, "METHOD_NOT_ALLOWED");
    const before = process.memoryUsage().rss;
    await new Promise<void>((resolve) => {
      const upload = httpRequest({ port, host: "127.0.0.1", method: "POST", path: "/api/projects" });
      upload.on("error", () => resolve()); // cut, as it should be
      upload.on("response", (response) => response.resume().on("close", () => resolve()));
      const block = Buffer.alloc(1 << 20, "x");
      let sent = 0;
      const send = () => {
        if (sent++ < 200 && !upload.destroyed) upload.write(block, () => setImmediate(send));
        else upload.end();
      };
      send();
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
    expect((await ask(address, "/api/status")).status).toBe(200);
  });
});

describe("filter bombs", () => {
  const bombs: [string, string][] = [
    ["10,000 parentheses", "(".repeat(4_999) + "accuracy > 0" + ")".repeat(4_988)],
    ["10,000 NOTs", `${"NOT ".repeat(2_490)}accuracy > 0`],
    ["more than 500 conditions", Array(600).fill("k=1").join(" OR ")],
    ["a quote without end", `name = '${"a".repeat(9_000)}`],
    ["10,001 characters", `name = '${"a".repeat(9_993)}'`],
    ["digits without end", `accuracy > ${"9".repeat(9_900)}`],
    ["a name of 9,000 dots", `params${".a".repeat(4_500)} = 1`],
    ["white space alone, then a mistake", `${" ".repeat(9_990)}=`],
    ["an operator alone", "=".repeat(9_999)],
    ["backslashes in quotes", `name = "${"\\".repeat(9_001)}`],
    ["statements of SQL", "accuracy > 0; DROP TABLE experiments; --"],
    ["a function call", "read_text('/etc/passwd') = 'x'"],
    ["a subquery", "name = (SELECT content FROM read_text('/etc/passwd'))"],
    ["a comment", "accuracy > 0 /* x */"],
    ["JavaScript", "constructor.constructor('return process')()"],
    ["1e400", "accuracy < 1e400"],
  ];

  it.each(bombs)("%s are refused at once", async (_, filter) => {
    const { address, defects } = await besideASecret();
    await ask(address, "/api/projects");
    for (const route of ["experiments", "differing-columns", "export.csv", "groups", "values"]) {
      const more = route === "groups" ? { by: "model" } : route === "values" ? { column: "model" } : {};
      const start = performance.now();
      const answer = await ask(address, apiPath(["projects", "pets", route], { filter, ...more }));
      expect(performance.now() - start, route).toBeLessThan(1_000);
      expectError(answer, 400, "INVALID_FILTER");
      const { offset, length } = answer.json.error.details;
      expect(offset + length).toBeLessThanOrEqual(filter.length);
    }
    expect(defects).toEqual([]);
  });

  it("a filter of 1 MB does not reach the parser", async () => {
    const { port } = await besideASecret();
    const answer = await rawRequest(
      port,
      request(`GET /api/projects/pets/experiments?filter=${"a".repeat(1_000_000)} HTTP/1.1`, {
        Host: `127.0.0.1:${port}`,
      }),
    );
    expect([0, 431]).toContain(answer.status); // 0: cut while we still sent
  });

  it("patterns that would make a naive matcher try everything end quickly", async () => {
    const { root, address } = await startServer();
    await logExperiment(smallClassification(root, { name: "a".repeat(500) }));
    for (const pattern of [
      `${"%a".repeat(2_000)}%b`,
      `${"_%".repeat(2_000)}b`,
      `${"%_a".repeat(1_500)}b`,
      "%".repeat(9_000),
      `${"(a+)+".repeat(1_000)}$`,
    ]) {
      for (const operator of ["LIKE", "ILIKE", "NOT LIKE"]) {
        const start = performance.now();
        const answer = await ask(
          address,
          apiPath(["projects", "pets", "experiments"], { filter: `name ${operator} '${pattern}'` }),
        );
        expect(performance.now() - start, `${operator} ${pattern.slice(0, 20)}`).toBeLessThan(3_000);
        expect([200, 400]).toContain(answer.status);
      }
    }
  });
});

describe("keys that are names of JavaScript's own", () => {
  it("as query parameters change nothing", async () => {
    const { address, defects } = await besideASecret();
    const path = "/api/projects/pets/experiments";
    const plain = await ask(address, path);
    for (const key of [
      "__proto__",
      "constructor",
      "prototype",
      "toString",
      "hasOwnProperty",
      "__proto__[limit]",
    ]) {
      for (const value of ["1", '{"limit":0}']) {
        const answer = await ask(address, `${path}?${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
        if (answer.status === 200) expect(answer.json).toEqual(plain.json);
        else expectError(answer, 400, "INVALID_ARGUMENT");
      }
    }
    expect(({} as Record<string, unknown>)["limit"]).toBeUndefined();
    expect((await ask(address, path)).json).toEqual(plain.json);
    expect(defects).toEqual([]);
  });

  it("as projects, ids, plots, columns and completions are names like any other", async () => {
    const { address, predictionId, defects } = await besideASecret();
    for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      expectError(await ask(address, apiPath(["projects", key, "columns"])), 404, "UNKNOWN_PROJECT");
      expectError(await ask(address, apiPath(["experiments", key])), 404, "UNKNOWN_EXPERIMENT");
      expectError(
        await ask(address, apiPath(["experiments", predictionId, "plots", key])),
        400,
        "INVALID_ARGUMENT",
      );
      for (const parameters of [{ column: key }, { sort: key }]) {
        expectError(
          await ask(address, apiPath(["projects", "pets", "experiments"], parameters)),
          400,
          "UNKNOWN_COLUMN",
        );
      }
      expectError(
        await ask(address, apiPath(["projects", "pets", "experiments"], { filter: `${key} = 1` })),
        400,
        "INVALID_FILTER",
      );
      const completions = await ask(
        address,
        apiPath(["projects", "pets", "completions"], { text: `${key} `, cursor: key.length + 1 }),
      );
      // It is a word that is searched for, and may be followed by another condition.
      const labels = completions.json.completions.map(({ label }: { label: string }) => label);
      expect(labels.sort()).toEqual(["AND", "OR"]);
      expect((await ask(address, `/assets/x.${key}`)).status).toBe(404);
    }
    expect(defects).toEqual([]);
  });
});

describe("pages", () => {
  it("carry a fresh nonce in their policy and no script of their own", async () => {
    const { address } = await startServer();
    const nonces = new Set<string>();
    for (const path of ["/", "/projects/pets", "/anything/at/all", "/index.html"]) {
      const answer = await ask(address, path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expectSafeHeaders(answer);
      const nonce = /'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy")!)![1]!;
      expect(Buffer.from(nonce, "base64").length).toBeGreaterThanOrEqual(16);
      expect(answer.text).toContain(`content="${nonce}"`);
      expect(answer.text).not.toContain("__NONCE__");
      nonces.add(nonce);
      for (const [, attributes, content] of answer.text.matchAll(/<script\b([^>]*)>([^<]*)<\/script>/gi)) {
        expect(attributes).toMatch(/src="\.\/assets\//);
        expect(content!.trim()).toBe("");
      }
      expect(answer.text).not.toMatch(/<[^>]*\s(on\w+|style)\s*=|javascript:|<style/i);
    }
    expect(nonces.size).toBe(4);
  });

  it("load assets that say what they are and are kept", async () => {
    const { address } = await startServer();
    const page = await ask(address, "/");
    const paths = [...page.text.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) {
      const asset = await ask(address, path);
      expect(asset.status, path).toBe(200);
      const type = { js: "text/javascript", css: "text/css", svg: "image/svg+xml" }[path.split(".").at(-1)!];
      expect(asset.headers.get("content-type"), path).toContain(type);
      expect(asset.headers.get("cache-control")).toContain("immutable");
      expectSafeHeaders(asset);
    }
    for (const path of ["/assets/none.js", "/assets/", "/assets/a/b.js", "/assets/index.html"]) {
      expectError(await ask(address, path), 404, "NOT_FOUND");
    }
  });

  it("do not hold what their address says", async () => {
    const { address } = await startServer();
    const answer = await ask(
      address,
      `/projects/${encodeURIComponent("<script>alert(1)</script>")}?x=<svg/onload=1>`,
    );
    expect(answer.text).not.toContain("alert(1)");
    expect(answer.text).not.toContain("onload");
  });
});

describe("answers of the API", () => {
  it("are never kept by a browser, and never anything but JSON, CSV or events", async () => {
    const { address, predictionId } = await besideASecret();
    for (const path of [
      "/api/status",
      "/api/projects",
      "/api/openapi.json",
      "/api/projects/pets/experiments",
      "/api/projects/pets/export.csv",
      `/api/experiments/${predictionId}`,
      "/api/<script>alert(1)</script>",
      "/api/projects/<script>alert(1)</script>/columns",
    ]) {
      const answer = await ask(address, path);
      expect(answer.headers.get("content-type"), path).toMatch(/^(application\/json|text\/csv)\b/);
      expect(answer.headers.get("cache-control"), path).toBe("no-store");
      expectSafeHeaders(answer);
    }
  });

  it("have a 404 in the error's shape for what is not there", async () => {
    const { address } = await startServer();
    for (const path of [
      "/api",
      "/api/",
      "/api/nothing",
      "/api/projects/pets",
      "/api/projects/pets/nothing",
    ]) {
      expectError(await ask(address, path), 404, "NOT_FOUND");
    }
  });
});

const calls = vi.hoisted(() => ({ timingSafeEqual: 0 }));
vi.mock("node:crypto", async (importOriginal) => {
  const crypto = await importOriginal<typeof import("node:crypto")>();
  return {
    ...crypto,
    timingSafeEqual(a: NodeJS.ArrayBufferView, b: NodeJS.ArrayBufferView) {
      calls.timingSafeEqual += 1;
      return crypto.timingSafeEqual(a, b);
    },
  };
});

describe("a server that other machines can reach", () => {
  const start = async (options: { host?: string; token?: string }) => {
    const server = await serve({
      store: openStore(await temporaryFolder()),
      cacheFolder: await temporaryFolder(),
      ...options,
    });
    await server.close();
  };

  it("does not start without a token, nor with an empty or short one", async () => {
    for (const host of [
      "0.0.0.0",
      "::",
      "192.168.1.5",
      "my-machine",
      "",
      "127.0.0.2",
      "127.0.0.1.evil.com",
    ]) {
      await expect(start({ host })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    }
    await expect(start({ host: "0.0.0.0", token: "" })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(start({ host: "0.0.0.0", token: "short" })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
    await expect(start({ token: "" })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  it("answers under the machine's own addresses, and no other name", async () => {
    const { url, port } = await startServer(undefined, { host: "0.0.0.0", token: "random" });
    const { hostname } = new URL(url);
    const token = new URL(url).searchParams.get("token")!;
    expect(token.length).toBeGreaterThanOrEqual(20);
    const under = (host: string) =>
      rawRequest(port, request("GET /api/status HTTP/1.1", { Host: host, Authorization: `Bearer ${token}` }));
    expect((await under(`${hostname}:${port}`)).status).toBe(200);
    expect((await under(`localhost:${port}`)).status).toBe(200);
    expectError(await under(`evil.com:${port}`), 403, "FORBIDDEN");
    expectError(await under(`0.0.0.0:${port}`), 403, "FORBIDDEN");
  });
});

describe("a server with a token", () => {
  const token = "open&se=same #1";

  it("answers nothing without it: data, pages, assets, events", async () => {
    const { address } = await startServer(undefined, { token });
    for (const path of [
      "/",
      "/api/status",
      "/api/projects",
      "/api/events",
      "/api/openapi.json",
      "/assets/x.js",
      "/api/x",
    ]) {
      expectError(await ask(address, path), 401, "FORBIDDEN");
    }
    for (const wrong of ["", token.slice(0, -1), `${token}1`, token.toUpperCase(), "undefined", "null"]) {
      expectError(await ask(address, `/?token=${encodeURIComponent(wrong)}`), 401, "FORBIDDEN");
      const headers = { authorization: `Bearer ${wrong}` };
      expectError(await ask(address, "/api/status", { headers }), 401, "FORBIDDEN");
      const cookie = `ml_tracking_token_${new URL(address).port}=${encodeURIComponent(wrong)}`;
      expectError(await ask(address, "/api/status", { headers: { cookie } }), 401, "FORBIDDEN");
    }
    expect(
      (await ask(address, "/api/status", { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(200);
  });

  it("sets the cookie once, takes the token out of the address, and is content with the cookie", async () => {
    const { address, url, port } = await startServer(undefined, { token });
    const sent = await ask(address, `/projects/pets${new URL(url).search}&filter=k%3D1`);
    expect(sent.status).toBe(302);
    expect(sent.headers.getSetCookie()).toEqual([]); // a cookie belongs to where it is set and below
    const top = new URL(sent.headers.get("location")!, `${address}/projects/pets`);
    expect(top.pathname).toBe("/");
    const entered = await ask(address, `${top.pathname}${top.search}`);
    expect(entered.status).toBe(302);
    expect(entered.headers.get("location")).toBe("./projects/pets?filter=k%3D1");
    expect(entered.headers.get("referrer-policy")).toBe("no-referrer");
    const [set, ...others] = entered.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(set).toMatch(new RegExp(`^ml_tracking_token_${port}=[^;]+; HttpOnly; SameSite=Lax$`));
    const cookie = set!.split(";")[0]!;
    const page = await ask(address, "/projects/pets?filter=k%3D1", { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.headers.getSetCookie()).toEqual([]);
    expect((await ask(address, "/api/status", { headers: { cookie } })).status).toBe(200);
    const again = await ask(address, `/${new URL(url).search}`, { headers: { cookie } });
    expect(again.status).toBe(302);
    expect(again.headers.get("location")).toBe("./");
  });

  it("never sends anyone to another host", async () => {
    const { port, url } = await startServer(undefined, { token });
    for (const path of ["//evil.com/", "/\\evil.com/", "///evil.com", "/%2f/evil.com", "/.//evil.com"]) {
      const answer = await rawRequest(
        port,
        request(`GET ${path}${new URL(url).search} HTTP/1.1`, { Host: `127.0.0.1:${port}` }),
      );
      if (answer.status === 400) continue;
      expect(answer.status, path).toBe(302);
      const there = new URL(answer.headers.get("location")!, `http://127.0.0.1:${port}`);
      expect(there.host, path).toBe(`127.0.0.1:${port}`);
    }
  });

  it("leads on to a page without what a header cannot hold", async () => {
    const { address, url } = await startServer(undefined, { token });
    const page = encodeURIComponent("/projects/pets\r\nX-Evil: 1?filter=k");
    const entered = await ask(address, `/${new URL(url).search}&page=${page}`);
    expect(entered.status).toBe(302);
    expect(entered.headers.get("location")).toBe("./projects/petsX-Evil:%201?filter=k");
    expect(entered.headers.get("x-evil")).toBeNull();
  });

  it("takes it from a form of its own page alone, sets the cookie, and leads to the page that was asked for", async () => {
    const { address, defects } = await startServer(undefined, { token });
    const asked = await ask(address, "/projects/pets?filter=k%3D1&token=wrong", {
      headers: { accept: "text/html" },
    });
    expect(asked.status).toBe(401);
    expect(asked.text).toContain('action="../token"');
    expect(asked.text).toContain('name="page" value="/projects/pets?filter=k%3D1"');
    const type = (body: Record<string, string>, headers: Record<string, string> = {}) =>
      ask(address, "/token", { method: "POST", body: new URLSearchParams(body), headers });
    const entered = await type({ token: ` ${token} `, page: "/projects/pets?filter=k%3D1" });
    expect(entered.status).toBe(303);
    expect(entered.headers.get("location")).toBe("./projects/pets?filter=k%3D1");
    const [set] = entered.headers.getSetCookie();
    expect(set).toMatch(/^ml_tracking_token_\d+=[^;]+; HttpOnly; SameSite=Lax$/);
    const headers = { cookie: set!.split(";")[0]! };
    expect((await ask(address, "/api/status", { headers })).status).toBe(200);

    const markup = '"><script>alert(1)</script>';
    const wrong = await type({ token: "another", page: markup });
    expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([401, []]);
    expect(wrong.text).toContain("That is not this server");
    expect(wrong.text).not.toContain("<script>alert");
    for (const page of [
      "//evil.com/x",
      "http://evil.com/x",
      "\\\\evil.com",
      "javascript:alert(1)",
      "http://[",
      "a\r\nb: c",
    ]) {
      const { headers: answered } = await type({ token, page });
      expect(new URL(answered.get("location")!, `${address}/token`).origin, page).toBe(address);
    }
    expectError(await type({ token }, { origin: "http://evil.com" }), 403, "FORBIDDEN");
    expectError(await type({ token }, { origin: "null" }), 403, "FORBIDDEN");
    expectError(await type({ token }, { "sec-fetch-site": "cross-site" }), 403, "FORBIDDEN");
    const long = { token: "x".repeat(9_000) };
    expectError(await type(long), 400, "INVALID_ARGUMENT");
    expectError(await ask(address, "/token", { method: "POST", body: "{}" }), 400, "INVALID_ARGUMENT");
    expect(defects).toEqual([]);
    const { address: open } = await startServer();
    expect((await ask(open, "/token", { method: "POST", body: new URLSearchParams({ token }) })).status).toBe(
      405,
    );
  });

  it("compares in constant time, whatever the length of what is given", async () => {
    const { address } = await startServer(undefined, { token });
    for (const given of ["x", token, `${token}${"y".repeat(1000)}`]) {
      calls.timingSafeEqual = 0;
      await ask(address, "/api/status", { headers: { authorization: `Bearer ${given}` } });
      expect(calls.timingSafeEqual).toBeGreaterThan(0);
    }
  });

  it("checks the Host and the Origin all the same", async () => {
    const { port } = await startServer(undefined, { token });
    const authorization = `Bearer ${token}`;
    for (const headers of [{ Host: "evil.com" }, { Host: `127.0.0.1:${port}`, Origin: "http://evil.com" }]) {
      expectError(
        await rawRequest(
          port,
          request("GET /api/status HTTP/1.1", { ...headers, Authorization: authorization }),
        ),
        403,
        "FORBIDDEN",
      );
    }
  });
});

it("a port that is taken is refused with the way out, and leaves nothing open", async () => {
  const { port } = await startServer();
  const cacheFolder = await temporaryFolder();
  const root = await temporaryFolder();
  const taken = serve({ store: openStore(root), cacheFolder, port });
  await expect(taken).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    message: expect.stringContaining("--port"),
  });
  const { readdir } = await import("node:fs/promises");
  const left = await readdir(cacheFolder);
  expect(left.filter((name) => name.startsWith("plots-"))).toEqual([]);
  await mkdir(join(root, "tracking"), { recursive: true });
  const { address } = await startServer(root, { cacheFolder });
  expect((await ask(address, "/api/status")).json.stale).toBe(false);
});

import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { mlTracking, projectRoot } from "../support/built-package.js";
import { temporaryFolder } from "../support/temporary-folder.js";

interface Started {
  url: string;
  token: string | null;
  pid: number;
  talk: () => string;
  end: (signal: NodeJS.Signals) => Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts the dashboard over an empty store, as a user would. */
async function dashboard(flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Started> {
  const folder = await temporaryFolder();
  const args = ["dashboard", "--store", join(folder, "store"), "--port", "0", "--json", ...flags];
  const child = spawn(process.execPath, [join(projectRoot, "dist", "cli.js"), ...args], {
    env: { ...process.env, ML_TRACKING_TOKEN: "", ML_TRACKING_CACHE: join(folder, "cache"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await closed;
  });
  let talk = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (talk += text));
  const first = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (data: Buffer) => resolve(data.toString()));
    child.on("close", () => reject(new Error(`it ended: ${talk}`)));
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return closed;
  };
  return {
    ...(JSON.parse(first) as { url: string; token: string | null }),
    pid: child.pid!,
    talk: () => talk,
    end,
  };
}

/** What the server says to a person until it runs. */
async function served(flags: readonly string[]): Promise<{ said: string }> {
  const args = [join(projectRoot, "dist", "cli.js"), "server", "--port", "0", ...flags];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  await expect.poll(() => said, { timeout: 60_000 }).toContain("Ctrl-C ends it.");
  return { said };
}

const status = async (url: string, path: string, headers: Record<string, string> = {}) =>
  (await fetch(new URL(path, url), { headers, redirect: "manual" })).status;

describe("ml-tracking dashboard", () => {
  it("lets in who opens the address that it prints, and nobody else of this machine", async () => {
    const { url, token } = await dashboard();
    expect(new URL(url).searchParams.get("token")).toBe(token);
    expect(token!.length).toBeGreaterThanOrEqual(20);
    expect(await status(url, "/api/status")).toBe(401);
    const page = await fetch(new URL("/", url), { headers: { accept: "text/html" } });
    expect(page.status).toBe(401);
    expect(await page.text()).toContain("This server asks for its token");
    const opened = await fetch(url, { redirect: "manual" });
    expect(opened.headers.get("location")).toBe("./");
    const cookie = opened.headers.get("set-cookie")!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(await status(url, "/api/status", { cookie: cookie.split(";")[0]! })).toBe(200);
    expect(await status(url, "/api/status", { authorization: `Bearer ${token}` })).toBe(200);
  });

  it("makes another token at every start", async () => {
    const [one, other] = await Promise.all([dashboard(), dashboard()]);
    expect(one.token).not.toBe(other.token);
  });

  it("takes a token from the environment or a file, so that it is not in the list of processes", async () => {
    const secret = "kept from the others".replaceAll(" ", "-");
    const file = join(await temporaryFolder(), "token");
    await writeFile(file, `${secret}\n`);
    const started = await Promise.all([
      dashboard([], { ML_TRACKING_TOKEN: secret }),
      dashboard(["--token-file", file]),
    ]);
    expect(started.map(({ url }) => new URL(url).search)).toEqual([`?token=${secret}`, ""]);
    for (const { url, token, pid } of started) {
      expect(token).toBe(secret);
      expect(await status(url, "/api/status", { authorization: `Bearer ${secret}` })).toBe(200);
      if (process.platform === "linux")
        expect(await readFile(`/proc/${pid}/cmdline`, "utf8")).not.toContain(secret);
    }
    const { talk } = await dashboard(["--token", secret]);
    await expect.poll(talk).toContain("Other users can see --token in the list of processes");
  });

  it("prints no token that a file holds, but where it is", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "the token");
    await writeFile(file, "kept-from-the-others");
    const { said } = await served(["--token-file", file, "--store", join(folder, "store")]);
    expect(said).toContain(`The token is in ${file}.`);
    expect(said).toContain(`MLFLOW_TRACKING_TOKEN="$(cat '${file}')"`);
    expect(said).not.toContain("kept-from-the-others");
    const { said: other } = await served(["--token", "kept-from-nobody", "--store", join(folder, "store")]);
    expect(other).toContain("MLFLOW_TRACKING_TOKEN=kept-from-nobody");
  });

  it("asks nobody with --no-token, and says so", async () => {
    const { url, token, talk } = await dashboard(["--no-token"], { ML_TRACKING_TOKEN: "of the environment" });
    expect(token).toBeNull();
    expect(await status(url, "/api/status")).toBe(200);
    await expect.poll(talk).toContain("Every user of this machine can read and write it");
  });

  it.each([
    [["--no-token", "--host", "0.0.0.0"], "give a token that they must know"],
    [["--no-token", "--token-file", "f"], "--no-token and --token-file contradict each other"],
    [["--token", "long enough", "--token-file", "f"], "--token and --token-file contradict each other"],
    [["--token-file", "no such file"], "--token-file: cannot read no such file"],
    [["--token-file", "/dev/null"], "--token-file: /dev/null holds nothing"],
    [["--port", "65536"], '--port is "65536"; give a whole number from 0 to 65535'],
    [["--poll", "3000000"], '--poll is "3000000"; give a whole number from 1 to 604800'],
    [["--token", "short"], "--token has 5 characters; give at least 8"],
    [
      ["--read-only", "--store", "/no/such/store"],
      "there is no folder /no/such/store, and --read-only makes none",
    ],
  ])("refuses %j", async (flags, message) => {
    const { status: code, talk } = await mlTracking(["dashboard", "--port", "0", ...flags]);
    expect({ code, talk }).toEqual({ code: 2, talk: expect.stringContaining(message) });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends with %s", async (signal) => {
    const { end } = await dashboard();
    expect(await end(signal)).toEqual({ code: 0, signal: null });
  });
});

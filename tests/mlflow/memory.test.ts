import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { expect, it } from "vitest";
import { projectRoot } from "../support/built-package.js";
import { startedPrograms } from "../support/started-programs.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const megabyte = 2 ** 20;
const size = 256 * megabyte;

/** The most memory that a process has had, in bytes. */
async function mostMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
}

async function upload(url: string, bytes: number): Promise<number> {
  const block = Buffer.alloc(megabyte, "x");
  const blocks = function* () {
    for (let sent = 0; sent < bytes; sent += block.length) yield block;
  };
  const asked = request(url, { method: "PUT", headers: { "content-length": bytes } });
  const answered = once(asked, "response");
  await pipeline(Readable.from(blocks()), asked);
  const [response] = (await answered) as [{ statusCode: number; resume: () => void }];
  response.resume();
  return response.statusCode;
}

async function download(url: string): Promise<number> {
  let received = 0;
  for await (const part of (await fetch(url)).body!) received += part.length;
  return received;
}

it.runIf(process.platform === "linux")("streams a large artifact in and out with little memory", async () => {
  const args = ["server", "--store", await temporaryFolder(), "--port", "0", "--json"];
  const child = spawn(process.execPath, [join(projectRoot, "dist/cli.js"), ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  startedPrograms.push(child);
  let said = "";
  for await (const text of child.stdout.setEncoding("utf8")) {
    said += text as string;
    if (said.includes("\n")) break;
  }
  const { url } = JSON.parse(said) as { url: string };
  const api = new URL("api/2.0/", url).href;
  const post = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${api}mlflow/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const { experiment_id: experiment } = await post("experiments/create", { name: "large" });
  const { run } = (await post("runs/create", { experiment_id: experiment, start_time: 1 })) as unknown as {
    run: { info: { run_id: string } };
  };
  const artifact = `${api}mlflow-artifacts/artifacts/${experiment}/${run.info.run_id}/artifacts/weights.bin`;
  await upload(artifact, 2 * megabyte);
  await download(artifact);
  const idle = await mostMemory(child.pid!);
  expect(await upload(artifact, size)).toBe(200);
  expect(await download(artifact)).toBe(size);
  expect((await mostMemory(child.pid!)) - idle).toBeLessThan(64 * megabyte);
});

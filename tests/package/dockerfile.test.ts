import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { freePort } from "../support/bucket-server.js";
import { projectRoot } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { packPackage } from "./packed-package.js";

const run = promisify(execFile);

/** The steps that follow a word of the Dockerfile. */
const steps = (text: string, word: string) =>
  [...text.matchAll(new RegExp(`^${word} (.+)$`, "gm"))].map(([, rest]) => rest!);

it("the Dockerfile's steps give a dashboard that answers at the port that Docker publishes", async () => {
  const text = await readFile(join(projectRoot, "examples/Dockerfile"), "utf8");
  const root = await temporaryFolder();
  /** A path of the container, here. */
  const inside = (line: string) => line.replaceAll(/(?<=[\s=]|^)\/(?=tmp\/|store|cache)/g, `${root}/`);
  await mkdir(join(root, "tmp"));
  const packed = await packPackage();
  onTestFinished(packed.remove);
  const [copied] = steps(text, "COPY");
  expect(copied).toBe("ml-tracking-*.tgz /tmp/");
  expect(basename(packed.tarball)).toMatch(/^ml-tracking-.+\.tgz$/);
  await copyFile(packed.tarball, join(root, "tmp", basename(packed.tarball)));

  const settings = steps(text, "ENV").flatMap((line) => line.split(" "));
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...Object.fromEntries(settings.map((each) => inside(each).split("=") as [string, string])),
    npm_config_prefix: join(root, "usr"),
    npm_config_prefer_offline: "true",
    PATH: `${join(root, "usr/bin")}:${process.env["PATH"]}`,
    ML_TRACKING_TOKEN: "a token of the container",
  };
  const commands = steps(text, "RUN").map((line) => line.replace(/ && chown .*/, ""));
  expect(commands).toHaveLength(2);
  for (const command of commands) await run("sh", ["-c", inside(command)], { env: environment, cwd: root });
  await logExperiment(smallClassification(join(root, "store")));

  const [entry] = steps(text, "ENTRYPOINT");
  const [program, ...args] = JSON.parse(entry!) as [string, ...string[]];
  const port = await freePort();
  const child = spawn(program, [...args, "--port", String(port)], {
    env: environment,
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(async () => {
    child.kill();
    await once(child, "close");
  });
  await once(child.stdout, "data");
  const { stdout } = await run("curl", [
    "-sS",
    "-H",
    "Host: localhost:8080",
    "-H",
    `Authorization: Bearer ${environment["ML_TRACKING_TOKEN"]}`,
    `http://127.0.0.1:${port}/api/projects`,
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ projects: [{ project: "pets" }] });
}, 300_000);

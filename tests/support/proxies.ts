import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { onTestFinished, type TestContext } from "vitest";

import { freePort, skipOrThrow } from "./bucket-server.js";
import { temporaryFolder } from "./temporary-folder.js";

const run = promisify(execFile);
type Skip = Pick<TestContext, "skip">;

/** A real nginx with one server, until the test is over. @returns its port */
export async function startNginx(
  context: Skip,
  server: (port: number, folder: string) => string,
): Promise<number> {
  const program = programAt(context, "/usr/sbin/nginx", "nginx-light");
  const folder = await temporaryFolder();
  const port = await freePort();
  const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (each) => `${each}_temp_path ${folder}/${each};`,
  );
  await writeFile(
    join(folder, "nginx.conf"),
    `daemon off; pid ${folder}/pid; error_log ${folder}/errors warn; worker_processes 1;
     events { worker_connections 512; }
     http { access_log off; gzip on; gzip_types *; gzip_proxied any; ${kept.join(" ")}
       server { server_name _; ${server(port, folder)} } }`,
  );
  await runUntilTestEnds(program, ["-p", folder, "-c", join(folder, "nginx.conf")], port);
  return port;
}

/** A certificate that signed itself, as a company's proxy may have. @returns nginx's words for it */
export async function selfSigned(name: string): Promise<string> {
  const folder = await temporaryFolder();
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const to = ["-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", `/CN=${name}`];
  await run("openssl", ["req", "-x509", "-days", "1", ...to]);
  return `ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
}

/** A real `ssh -L` through a real sshd of this test's own. @returns the port at this end */
export async function startSshTunnel(context: Skip, to: number): Promise<number> {
  const sshd = programAt(context, "/usr/sbin/sshd", "openssh-server");
  const ssh = programAt(context, "/usr/bin/ssh", "openssh-client");
  const folder = await temporaryFolder();
  const [hostKey, key] = [join(folder, "host"), join(folder, "key")];
  for (const file of [hostKey, key]) await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]);
  if (process.getuid?.() === 0) await mkdir("/run/sshd", { recursive: true });
  const [sshPort, port] = [await freePort(), await freePort()];
  const settings = {
    Port: sshPort,
    ListenAddress: "127.0.0.1",
    HostKey: hostKey,
    AuthorizedKeysFile: `${key}.pub`,
    StrictModes: "no",
    UsePAM: "no",
    PidFile: "none",
  };
  const text = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  await writeFile(join(folder, "sshd_config"), text.join(""));
  await runUntilTestEnds(sshd, ["-D", "-e", "-f", join(folder, "sshd_config")], sshPort);
  const unasked = [
    "-o",
    "StrictHostKeyChecking=no",
    "-o",
    "UserKnownHostsFile=/dev/null",
    "-o",
    "BatchMode=yes",
  ];
  const tunnel = ["-N", "-L", `127.0.0.1:${port}:127.0.0.1:${to}`, "-p", String(sshPort), "-i", key];
  await runUntilTestEnds(ssh, [...tunnel, ...unasked, `${userInfo().username}@127.0.0.1`], port);
  return port;
}

function programAt(context: Skip, path: string, debianPackage: string): string {
  if (existsSync(path)) return path;
  return skipOrThrow(
    context,
    new Error(`install ${path} (Debian: apt-get install ${debianPackage}) to test the dashboard behind it`),
  );
}

/** Starts a program, waits until its port answers, and ends it with the test. */
export async function runUntilTestEnds(
  program: string,
  args: readonly string[],
  port: number,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: environment });
  let talk = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (talk = (talk + text).slice(-5000)));
  }
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      hasEnded = true;
      resolve();
    });
  });
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  for (let tries = 0; tries < 1200; tries++) {
    if (hasEnded) throw new Error(`${program} ended: ${talk}`);
    if (await answers(port)) return;
    await sleep(100);
  }
  throw new Error(`${program} does not answer at ${port}: ${talk}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

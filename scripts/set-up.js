// Makes a fresh clone ready: installs the locked packages when they are not the ones installed, then builds.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`ml-tracking needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
const stamp = "node_modules/.ml-tracking-lock";
const installed = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
if (installed !== lock) {
  console.error("Installing packages (once) ...");
  // Not `npm ci`: a lock file names the native packages of the system that it was made on, and ci refuses any
  // other.
  execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, npm_config_dry_run: "false" }, // `npm pack --dry-run` says it to all that it starts
    shell: process.platform === "win32",
  });
  mkdirSync("node_modules", { recursive: true });
  writeFileSync(stamp, lock);
}
await import("./build.js");

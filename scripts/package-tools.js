// What holds the packed package: compilers, bundlers, test runners and package managers, in exact versions
// installed into .cache/ once for each version of tests/package/tools.json.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * The folder whose node_modules has a group of tools, or the reason why there is none.
 * @param {string} group a member of tests/package/tools.json
 * @returns {{ folder: string } | { missing: string }}
 */
export function packageTools(group) {
  const { overrides, ...dependencies } = JSON.parse(
    readFileSync(join(root, "tests/package/tools.json"), "utf8"),
  )[group];
  const wanted = JSON.stringify({ private: true, dependencies, overrides });
  const version = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  const folder = resolve(root, ".cache", `package-${group}-${version}`);
  if (existsSync(folder)) return { folder };
  const making = `${folder}.${process.pid}`;
  try {
    console.error(`Installing the ${group} that the package is tested with (once) ...`);
    mkdirSync(making, { recursive: true });
    writeFileSync(join(making, "package.json"), wanted);
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], {
      cwd: making,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    });
    renameSync(making, folder);
    return { folder };
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    const reason = error.message.split("\n")[0];
    return {
      missing: `a connection to npm's registry is needed, for the ${group} of tools.json (${reason})`,
    };
  }
}

import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Builds another commit of the project at `root`, to measure beside this one.
 * @param work a folder to build in
 * @returns the folder of that tree
 */
export function builtAt(commit, root, work) {
  const folder = join(work, "then");
  mkdirSync(folder);
  const archive = execFileSync("git", ["archive", commit], { cwd: root, maxBuffer: 2 ** 28 });
  execFileSync("tar", ["-x", "-C", folder], { input: archive });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, ".cache"));
  execFileSync(process.execPath, ["scripts/build.js"], { cwd: folder, stdio: "ignore" });
  return folder;
}

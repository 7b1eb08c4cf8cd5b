// The Pythons of the test oracles and of the wheel's build: virtual environments in .cache/, made once for
// each version of their requirements.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];

/**
 * Path of a Python with the packages of a file of requirements, or the reason why there is none.
 * @param options.complete the file names every package, so that pip is not to look for what they need
 * @returns {{ python: string } | { missing: string }}
 */
export function pythonEnvironment(root, file = "tests/python/requirements.txt", { complete = false } = {}) {
  const requirements = join(root, file);
  const version = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = resolve(root, ".cache", `python-${version}`);
  const python =
    process.platform === "win32" ? join(folder, "Scripts/python.exe") : join(folder, "bin/python");
  const ready = join(folder, "ready");
  if (existsSync(ready)) return { python };
  try {
    console.error(`Installing the Python packages of ${file} (once) ...`);
    rmSync(folder, { recursive: true, force: true });
    execFileSync("python3", ["-m", "venv", folder], { stdio: ["ignore", 2, 2] });
    execFileSync(python, [...pip, ...(complete ? ["--no-deps"] : []), "-r", requirements], {
      stdio: ["ignore", 2, 2],
    });
    writeFileSync(`${ready}.new`, "");
    renameSync(`${ready}.new`, ready);
    return { python };
  } catch (error) {
    return {
      missing: `install Python 3.11 or newer with venv and pip, and a connection to PyPI, for what ${file} names (${error.message.split("\n")[0]})`,
    };
  }
}

import { execFileSync } from "node:child_process";
import { onTestFinished, type TestContext } from "vitest";

/**
 * Puts a disk of one megabyte where the folder is, until the test ends. Skips the test where that cannot be
 * done.
 */
export function smallDisk(folder: string, context: Pick<TestContext, "skip">): void {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "pipe" });
  } catch (error) {
    const reason = `run as root on Linux to test a full disk: mounting a small tmpfs failed (${(error as Error).message.split("\n")[0]})`;
    if (process.env["ML_TRACKING_TEST_ALL"]) throw new Error(reason, { cause: error });
    context.skip(reason);
  }
  onTestFinished(() => {
    execFileSync("umount", [folder]);
  });
}

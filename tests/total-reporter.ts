import type { Reporter, TestCase } from "vitest/node";

/** Prints the plain total as the run's last line: `N passed, N failed, N skipped`. */
export default class TotalReporter implements Reporter {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  #reasons = new Set<string>();

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === "passed") this.#passed += 1;
    else if (result.state === "failed") this.#failed += 1;
    else {
      this.#skipped += 1;
      if (result.state === "skipped" && result.note) this.#reasons.add(result.note);
    }
  }

  onTestRunEnd(modules: readonly { state(): string }[], errors: readonly unknown[]): void {
    // A file that fails before its tests are collected has no test case of its own.
    const brokenFiles =
      this.#failed === 0 ? modules.filter((module) => module.state() === "failed").length : 0;
    const failed = this.#failed + brokenFiles + errors.length;
    const report = () => {
      for (const reason of this.#reasons) process.stdout.write(`skipped: ${reason}\n`);
      process.stdout.write(`${this.#passed} passed, ${failed} failed, ${this.#skipped} skipped\n`);
    };
    process.once("exit", report);
  }
}

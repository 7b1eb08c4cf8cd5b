import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files that take longest, by their seconds on two cores: begun last, one of them would go on alone while the
 * other worker has nothing left. How long a file is says little of it.
 */
const longest = [
  "tests/python-client/python-client.test.ts", // 210
  "tests/dashboard/pages.test.ts", // 80
  "tests/dashboard/every-page.test.ts", // 75
  "tests/dashboard/workbench.test.ts", // 65
  "tests/dashboard/annotations.test.ts", // 50
  "tests/mlflow/documented-code.test.ts", // 60
  "tests/mlflow/real-client.test.ts", // 50
  "tests/warehouse/warehouse-views.test.ts", // 50
  "tests/dashboard/experiment-parts.test.ts", // 50
  "tests/package/matrix.test.ts", // 45
  "tests/plots/large.test.ts", // 45
  "tests/dashboard/comparison.test.ts", // 40
  "tests/catalog/bulk-reading.test.ts", // 40
  "tests/tracking-log/many-writers.test.ts", // 40
  "tests/jobs/large-store.test.ts", // 35
  "tests/maintenance/former-format.test.ts", // 35
  "tests/server/routes.test.ts", // 35
  "tests/server/survival.test.ts", // 30
];

/** Begins with the files that take longest, so that the workers end together. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((file) => moduleId.endsWith(file));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

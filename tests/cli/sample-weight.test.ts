import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

import { mlTracking } from "../support/built-package.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("weighs scores by a column that is named, and tells of one that is not read", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "predictions.csv");
  await writeFile(file, "sample_id,y_true,y_pred,sample_weight\na,1,1,1\nb,2,4,3\nc,3,3,0\n");
  const log = (...more: string[]) => {
    const about = ["--kind", "regression", "--project", "p", "--dataset-uri", "d", "--target-column", "t"];
    return mlTracking(["log", file, ...about, "--model", "M", "--store", join(folder, "store"), ...more]);
  };
  const weighted = await log("--sample-weight", "sample_weight", "--json");
  expect(weighted.talk).toBe("");
  const logged = JSON.parse(weighted.out) as { prediction_id: string; scores: Record<string, number> };
  expect(logged).toMatchObject({
    scores: { mean_absolute_error: 1.5 },
    sample_weight: { sum: 4, effective_samples: 1.6 },
    warnings: [],
  });
  const shown = await mlTracking(["show", logged.prediction_id, "--store", join(folder, "store")]);
  expect(shown.out).toContain("weighted by sample_weight: 3 samples count as 1.6");
  expect((await log()).talk).toContain("--sample-weight sample_weight weighs the scores by it");
}, 60_000);

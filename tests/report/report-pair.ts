import { type LoggedExperiment, logExperiment } from "../../src/jobs/log-experiment.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";

/** Names as somebody would choose them who wants a report to run, load or break something. */
export const hostileNames = [
  `"><script>document.title = "run"</script><img src=//evil.example/x onerror=alert(1)>`,
  "| A | ![x](http://evil.example/x) <b>**bold**</b> @octocat www.evil.example",
] as const;

/**
 * Two classifiers with probabilities, the second one better on one country, under hostile names, parameters,
 * labels and features.
 */
export async function hostilePair(store: string): Promise<[LoggedExperiment, LoggedExperiment]> {
  const random = seededRandom(3);
  const yTrue = Array.from({ length: 600 }, () => (random() < 0.4 ? "<i>spam</i>" : "ham"));
  const country = yTrue.map((_, i) => ["de", "</table><u>fr</u>", "us"][i % 3]!);
  const logged: LoggedExperiment[] = [];
  for (const [which, name] of hostileNames.entries()) {
    const yScore = yTrue.map((label, i) => {
      const isEasy = which === 1 && country[i] !== "us";
      const centre = label === "ham" ? 0.35 : 0.65;
      return Math.min(0.99, Math.max(0.01, centre + (random() - 0.5) * (isEasy ? 0.3 : 1)));
    });
    logged.push(
      await logExperiment({
        kind: "classification",
        project: "mail",
        name,
        parameters: {
          datasetUri: "https://data.example/<mail>",
          targetColumn: "label|x",
          testSet: yTrue.map((_, i) => i),
          model: { name: "Forest<style>", parameters: { trees: 10 + which, "`depth`": "*" } },
        },
        yTrue,
        yPred: yScore.map((score) => (score >= 0.5 ? "<i>spam</i>" : "ham")),
        yScore,
        positiveLabel: "<i>spam</i>",
        sampleFeatures: { "<s>country": country },
        extraParameters: { note: ["a|b", "<svg onload=alert(1)>"][which] },
        store,
      }),
    );
  }
  return logged as [LoggedExperiment, LoggedExperiment];
}

import { logExperiment } from "../../src/jobs/log-experiment.js";

/**
 * Names that have broken somebody: as markup, as a path, as a key of JavaScript's own, as SQL, as an address.
 */
export const hostileNames = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "__proto__",
  "constructor",
  "toString",
  "a/b?c#d%2e%2e",
  "../../secret",
  `it's "quoted" \`so\``,
  "'; DROP TABLE experiments; --",
  "a,b;c=d&e+f",
  "🦊 fox",
  "שלום עולם",
  "e\u0301 is é",
  "params.k:desc",
  "100%",
  "x".repeat(100),
];

/** Those of them, or what is left of them, that may name a project. */
export const hostileProjects = [
  "constructor",
  "a&b#c%2e%2e=d+e",
  "it's `so`; DROP TABLE x; --y",
  "🦊 fox",
  "שלום עולם",
];

export interface LoggedExperiment {
  project: string;
  id: string;
  kind: "binary" | "multiclass" | "regression";
}

/** Values by hostile names, as JSON gives them: `__proto__` is a key like any other. */
export function underHostileNames(value: (name: string, i: number) => unknown): object {
  return JSON.parse(
    `{${hostileNames.map((name, i) => `${JSON.stringify(name)}:${JSON.stringify(value(name, i))}`).join(",")}}`,
  ) as object;
}

/** Experiments of every kind, every name in them hostile. */
export async function logHostile(store: string): Promise<LoggedExperiment[]> {
  const logged: LoggedExperiment[] = [];
  const samples = hostileNames.length * 2;
  const nameAt = (i: number) => hostileNames[i % hostileNames.length]!;
  const ids = Array.from({ length: samples }, (_, i) => `${nameAt(i)} ${i}`);
  const log = async (kind: LoggedExperiment["kind"], project: string, outcome: object, i: number) => {
    const name = nameAt(i);
    const { predictionId, project: stored } = await logExperiment({
      kind: kind === "regression" ? "regression" : "classification",
      project,
      name,
      parameters: {
        datasetUri: name,
        targetColumn: name,
        testSet: ids,
        model: { name, parameters: underHostileNames((each, at) => (at % 3 === 0 ? each : at)) },
      },
      extraParameters: underHostileNames((each) => ({ [each]: each })),
      source: name,
      store,
      ...outcome,
    } as unknown as Parameters<typeof logExperiment>[0]);
    logged.push({ project: stored, id: predictionId, kind });
  };
  for (const [i, project] of hostileProjects.entries()) {
    const labels = [nameAt(i), nameAt(i + 1)];
    await log(
      "binary",
      project,
      {
        yTrue: ids.map((_, at) => labels[at % 2]),
        yPred: ids.map((_, at) => labels[at % 3 === 0 ? 0 : 1]),
        yScore: ids.map((_, at) => ((at * 7) % 10) / 10),
      },
      i,
    );
    await log(
      "multiclass",
      project,
      {
        yTrue: ids.map((_, at) => nameAt(at)),
        yPred: ids.map((_, at) => nameAt(at + (at % 5 === 0 ? 1 : 0))),
        yScore: ids.map((_, at) =>
          Array.from({ length: hostileNames.length }, (__, c) => (c === at % 16 ? 0.25 : 0.05)),
        ),
        sampleFeatures: underHostileNames((_, column) =>
          ids.map((__, at) => (at % 7 === 6 ? null : column % 2 === 0 ? nameAt(at + column) : at * column)),
        ),
      },
      i + 5,
    );
    await log(
      "regression",
      project,
      { yTrue: ids.map((_, at) => at), yPred: ids.map((_, at) => at + (at % 3) - 1) },
      i + 10,
    );
  }
  return logged;
}

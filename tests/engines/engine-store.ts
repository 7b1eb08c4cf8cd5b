import { join } from "node:path";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { openStore } from "../../src/store/open-store.js";
import { logLines } from "../../src/tracking-log/read-log.js";
import { smallClassification, smallRegression } from "../support/experiments.js";

/** A sample of an experiment whose labels are text. */
export interface TextSample {
  id: string;
  sampleId: string | undefined;
  yTrue: string;
  yPred: string;
  yScore: number | undefined;
}

export interface EngineStore {
  /** The folder that the store `ml-tracking` lies in. */
  folder: string;
  /** Every row of the log as its cells. */
  rows: ReadonlyMap<string, string>[];
  samples: TextSample[];
}

const hyperparameters = {
  k: 3,
  metric: 'the "best", of all',
  path: "C:\\new\\table",
  list: [1, 2],
  none: null,
};

/**
 * A store as programs get it wrong: both kinds in a project, two log files, names that look like no text,
 * JSON with commas, quotes and backslashes, predictions of the four types, with and without scores, features
 * and ids. The predictions with scores come after some without, in the order of their names.
 */
export async function engineStore(folder: string): Promise<EngineStore> {
  const store = join(folder, "ml-tracking");
  const log = async (
    predictionId: string,
    input: ReturnType<typeof smallClassification>,
    testSet = input.parameters.testSet,
  ) => {
    const parameters = { ...input.parameters, testSet };
    await logExperiment({ ...input, project: "mixed", parameters }, { predictionId });
    return predictionId;
  };
  const model = { name: "Neighbours", parameters: hyperparameters };
  const extraParameters = { note: "a\nline, 'and' more", fold: 1 };
  const features = { age: [1, 2, null, 4], island: ["x", null, "y", "z"], "bill (mm)": [1.5, 2, 3, 4] };
  const { parameters } = smallClassification(store);

  const withScores = smallClassification(store, {
    name: "NA",
    yScore: [0.1, 0.7, 0.2, 0.9],
    sampleFeatures: features,
    extraParameters,
    parameters: { ...parameters, model },
  });
  const ids = [await log("m12345678901", withScores, ["a", "b", "c", "d"])];
  await log("r00000000007", smallRegression(store, { name: "007" }));
  await log(
    "k00000000002",
    smallClassification(store, { name: "null", yTrue: [1, 2, 1, 3], yPred: [1, 2, 2, 3] }),
  );
  const large = [9007199254740993n, 2n, 3n, 4n];
  await log(
    "b00000000003",
    smallClassification(store, {
      newCsv: true,
      yTrue: [true, false, true, false],
      yPred: [true, true, true, false],
    }),
    large,
  );
  const regression = smallRegression(store, { name: "1e5", yTrue: [1, 2.5, 3], yPred: [1, 2, 4] });
  await log("r1e500000000", regression, ["fewer"]);
  ids.push(await log("a12345678e99", smallClassification(store, { name: "größe, true" }), large));
  ids.push(
    await log(
      "z00000000004",
      smallClassification(store, { extraParameters, parameters: { ...parameters, model } }),
      ["fewer"],
    ),
  );

  const rows: ReadonlyMap<string, string>[] = [];
  for await (const line of logLines(openStore(store), "mixed")) {
    if ("broken" in line) throw new Error(line.broken);
    rows.push(line.cells);
  }
  const samples: TextSample[] = [];
  for (const id of ids) samples.push(...(await textSamples(store, id)));
  return { folder, rows, samples };
}

async function textSamples(store: string, id: string): Promise<TextSample[]> {
  const { predictions } = await readExperiment(id, { store });
  const valuesOf = (name: string): unknown[] | undefined => {
    const column = predictions.columns.find((one) => one.name === name);
    if (!column) return undefined;
    if ("codes" in column) return Array.from(column.codes, (code) => column.dictionary[code]);
    return Array.from(column.values as ArrayLike<unknown>);
  };
  const [ids, yTrue, yPred, yScore] = ["sample_id", "y_true", "y_pred", "y_score"].map(valuesOf);
  return Array.from({ length: predictions.rows }, (_, i) => ({
    id,
    sampleId: ids && String(ids[i]),
    yTrue: yTrue![i] as string,
    yPred: yPred![i] as string,
    yScore: yScore?.[i] as number | undefined,
  }));
}

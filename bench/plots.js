// How long the data of each plot takes: `node bench/plots.js [samples]`, 10,000,000 by default. "Cold":
// nothing of the file was read before but by the operating system; "warm": another plot of the same
// experiment was asked for first; "again": this one was. "cpu" is the processor time of "cold", all threads
// together: on a busy machine the better figure.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { rolldown } from "rolldown";

const samplesCount = Number(process.argv[2] ?? 10_000_000);
const rounds = 5;
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".cache/bench-plots");
mkdirSync(folder, { recursive: true });

const { parquetChunks, openPredictions, ...plots } = await bundled({
  parquetChunks: "src/predictions/write/write-predictions.ts",
  openPredictions: "src/plots/open-predictions.ts",
  confusionMatrix: "src/plots/confusion-matrix.ts",
  perClass: "src/plots/per-class.ts",
  rocCurve: "src/plots/roc-curve.ts",
  precisionRecallCurve: "src/plots/precision-recall-curve.ts",
  calibration: "src/plots/calibration.ts",
  scoreDistribution: "src/plots/score-distribution.ts",
  gainCurve: "src/plots/gain-curve.ts",
  thresholdTable: "src/plots/threshold-table.ts",
  thresholdCounts: "src/plots/threshold-table.ts",
  predictedVsActual: "src/plots/predicted-vs-actual.ts",
  residuals: "src/plots/residuals.ts",
  residualHistogram: "src/plots/residual-histogram.ts",
  normalQq: "src/plots/normal-qq.ts",
  errorByDecile: "src/plots/error-by-decile.ts",
  worstSamples: "src/plots/worst-samples.ts",
  samples: "src/plots/samples.ts",
});
const database = await DuckDBInstance.create(":memory:", { memory_limit: "2GB", temp_directory: folder });

console.log(`${samplesCount} samples, ${availableParallelism()} cores, medians of ${rounds} in ms`);
await measure("binary, y_score", binaryTable, (p) => plots.thresholdCounts(p, { threshold: 0.5 }), {
  "confusion matrix": (p) => plots.confusionMatrix(p),
  "per class": (p) => plots.perClass(p),
  "ROC curve": (p) => plots.rocCurve(p),
  "precision-recall curve": (p) => plots.precisionRecallCurve(p),
  "calibration, uniform": (p) => plots.calibration(p),
  "calibration, quantile": (p) => plots.calibration(p, { strategy: "quantile" }),
  "score distribution": (p) => plots.scoreDistribution(p),
  "gain curve": (p) => plots.gainCurve(p),
  "threshold table": (p) => plots.thresholdTable(p),
  "counts at a threshold": (p) => plots.thresholdCounts(p, { threshold: 0.3 }),
  "samples of a cell": (p) =>
    plots.samples(p, { filter: { true_label: "yes", predicted_label: "no" }, order: "y_score" }),
});
await measure("10 classes", tenClassesTable, (p) => plots.thresholdCounts(p, { threshold: 0.5 }), {
  "confusion matrix": (p) => plots.confusionMatrix(p),
  "ROC curve of a class": (p) => plots.rocCurve(p),
  "gain curve of a class": (p) => plots.gainCurve(p),
  "samples of a cell": (p) =>
    plots.samples(p, { filter: { true_label: "class 1", predicted_label: "class 2" } }),
});
await measure("regression", regressionTable, (p) => plots.residualHistogram(p, { bins: 3 }), {
  "predicted vs actual": (p) => plots.predictedVsActual(p),
  residuals: (p) => plots.residuals(p),
  "residual histogram": (p) => plots.residualHistogram(p),
  "normal Q-Q": (p) => plots.normalQq(p),
  "error by decile": (p) => plots.errorByDecile(p),
  "worst samples": (p) => plots.worstSamples(p),
  "samples of a bin": (p) => plots.samples(p, { filter: { error: { min: 10, max: 11 } } }),
});

async function measure(name, makeTable, other, plotsOfKind) {
  const path = join(folder, `${name.replaceAll(/\W+/g, "-")}-${samplesCount}.parquet`);
  if (!existsSync(path)) write(path, makeTable());
  console.log(
    `\n${name.padEnd(26)}${"cold".padStart(8)}${"cpu".padStart(8)}${"warm".padStart(8)}${"again".padStart(8)}`,
  );
  for (const [plot, ask] of Object.entries(plotsOfKind)) {
    const times = { cold: [], cpu: [], warm: [], again: [] };
    for (let round = 0; round < rounds; round++) {
      const fresh = await open(path);
      const before = process.cpuUsage();
      times.cold.push(await milliseconds(() => ask(fresh)));
      const used = process.cpuUsage(before);
      times.cpu.push((used.user + used.system) / 1000);
      const warmed = await open(path);
      await other(warmed);
      times.warm.push(await milliseconds(() => ask(warmed)));
      times.again.push(await milliseconds(() => ask(warmed)));
    }
    console.log(
      plot.padEnd(26) +
        Object.values(times)
          .map((all) => median(all).toFixed(0).padStart(8))
          .join(""),
    );
  }
}

function open(path) {
  return openPredictions({ path, connect: () => database.connect() });
}

async function milliseconds(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** The named export of each module, bundled: Node.js does not run TypeScript. */
async function bundled(exportsOf) {
  const out = join(folder, "modules");
  rmSync(out, { recursive: true, force: true });
  const input = Object.fromEntries(Object.entries(exportsOf).map(([name, file]) => [name, join(root, file)]));
  const bundle = await rolldown({ input, platform: "node", external: [/^@duckdb\//] });
  await bundle.write({ dir: out, format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "[hash].mjs" });
  await bundle.close();
  const found = {};
  for (const name of Object.keys(exportsOf)) {
    found[name] = (await import(pathToFileURL(join(out, `${name}.mjs`)).href))[name];
  }
  return found;
}

function write(path, { columns, metadata }) {
  const file = openSync(`${path}.new`, "w");
  for (const chunk of parquetChunks({ rows: samplesCount, columns, metadata })) writeSync(file, chunk);
  closeSync(file);
  renameSync(`${path}.new`, path);
}

function sampleId() {
  return {
    name: "sample_id",
    type: "integer",
    values: Int32Array.from({ length: samplesCount }, (_, i) => i),
  };
}

function binaryTable() {
  const { uniform, normal } = generator();
  const yTrue = new Int32Array(samplesCount);
  const yScore = new Float64Array(samplesCount);
  for (let i = 0; i < samplesCount; i++) {
    yTrue[i] = uniform() < 0.3 ? 1 : 0;
    yScore[i] = 1 / (1 + Math.exp(-(normal() * 1.5 + (yTrue[i] ? 1 : -1))));
  }
  const labels = ["no", "yes"];
  return {
    columns: [
      sampleId(),
      { name: "y_true", type: "string", dictionary: labels, codes: yTrue },
      {
        name: "y_pred",
        type: "string",
        dictionary: labels,
        codes: Int32Array.from(yScore, (score) => (score >= 0.5 ? 1 : 0)),
      },
      { name: "y_score", type: "double", values: yScore },
    ],
    metadata: {
      "ml_tracking.kind": "classification",
      "ml_tracking.labels": JSON.stringify(labels),
      "ml_tracking.positive_label": '"yes"',
    },
  };
}

function tenClassesTable() {
  const { uniform } = generator();
  const labels = Array.from({ length: 10 }, (_, i) => `class ${i}`);
  const yTrue = new Int32Array(samplesCount);
  const yPred = new Int32Array(samplesCount);
  const yScore = new Float64Array(samplesCount * 10);
  for (let i = 0; i < samplesCount; i++) {
    yTrue[i] = Math.floor(uniform() * 10);
    const row = yScore.subarray(10 * i, 10 * i + 10);
    let sum = 0;
    for (let c = 0; c < 10; c++) {
      row[c] = -Math.log(uniform()) * (c === yTrue[i] ? 4 : 1);
      sum += row[c];
      if (row[c] > row[yPred[i]]) yPred[i] = c;
    }
    for (let c = 0; c < 10; c++) row[c] /= sum;
  }
  return {
    columns: [
      sampleId(),
      { name: "y_true", type: "string", dictionary: labels, codes: yTrue },
      { name: "y_pred", type: "string", dictionary: labels, codes: yPred },
      ...labels.map((_, c) => ({
        name: `y_score_${c}`,
        type: "double",
        values: yScore,
        offset: c,
        stride: 10,
      })),
    ],
    metadata: { "ml_tracking.kind": "classification", "ml_tracking.labels": JSON.stringify(labels) },
  };
}

function regressionTable() {
  const { uniform, normal } = generator();
  const yTrue = Float64Array.from({ length: samplesCount }, () => 100 * Math.exp(normal()));
  // One error in a hundred is far out, as they are.
  const yPred = yTrue.map((truth) => truth + 10 * normal() + (uniform() < 0.01 ? 200 * normal() : 0));
  return {
    columns: [
      sampleId(),
      { name: "y_true", type: "double", values: yTrue },
      { name: "y_pred", type: "double", values: yPred },
    ],
    metadata: { "ml_tracking.kind": "regression" },
  };
}

function generator() {
  let state = 12_345;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

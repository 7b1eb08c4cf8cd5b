import { callWire } from "./wire.js";

const text = (length: number) => "x".repeat(length);
const many = (length: number, make: (i: number) => object) => Array.from({ length }, (_, i) => make(i));
const metric = (i: number) => ({ key: `m${i}`, value: i, timestamp: 1, step: 0 });
const pair = (i: number) => ({ key: `k${i}`, value: "v" });

/** Requests that a server refuses, or takes though they look wrong; RUN, GONE and EXPERIMENT stand for ids. */
const requests: readonly (readonly [route: string, body: object | string])[] = [
  ["runs/log-metric", { run_id: "RUN", key: "a", value: "NaN", timestamp: "1", step: "5" }],
  ["runs/log-metric", { run_uuid: "RUN", key: "a", value: "-Infinity", timestamp: 1 }],
  ["runs/log-metric", { run_id: "RUN", key: "a", value: "word", timestamp: 1 }],
  ["runs/log-metric", { run_id: "RUN", key: "a", value: 1 }],
  ["runs/log-metric", { run_id: "RUN", key: "a", timestamp: 1 }],
  ["runs/log-metric", { run_id: "RUN", value: 1, timestamp: 1 }],
  ["runs/log-metric", { key: "a", value: 1, timestamp: 1 }],
  ["runs/log-metric", { run_id: "RUN", key: text(251), value: 1, timestamp: 1 }],
  ["runs/log-metric", { run_id: "GONE", key: "a", value: 1, timestamp: 1 }],
  ["runs/log-metric", { run_id: text(32), key: "a", value: 1, timestamp: 1 }],
  ["runs/log-metric", "no JSON"],
  ["runs/log-parameter", { run_id: "RUN", key: "p", value: "1" }],
  ["runs/log-parameter", { run_id: "RUN", key: "p", value: "1" }],
  ["runs/log-parameter", { run_id: "RUN", key: "p", value: "2" }],
  ["runs/log-parameter", { run_id: "RUN", key: "number", value: 2 }],
  ["runs/log-parameter", { run_id: "RUN", key: "long", value: text(7000) }],
  ["runs/log-parameter", { run_id: "GONE", key: "p", value: "1" }],
  ["runs/log-batch", { run_id: "RUN", metrics: many(1000, metric) }],
  ["runs/log-batch", { run_id: "RUN", metrics: many(1001, metric) }],
  ["runs/log-batch", { run_id: "RUN", params: many(100, pair) }],
  ["runs/log-batch", { run_id: "RUN", params: many(101, pair) }],
  ["runs/log-batch", { run_id: "RUN", tags: many(101, pair) }],
  ["runs/log-batch", { run_id: "RUN", metrics: many(950, metric), tags: many(100, pair) }],
  ["runs/log-batch", { run_id: "RUN", params: [pair(500), pair(500)] }],
  [
    "runs/log-batch",
    { run_id: "RUN", params: [{ key: "p", value: "3" }], tags: [{ key: "kept?", value: "no" }] },
  ],
  ["runs/log-batch", { run_id: "RUN", metrics: [{ key: "a", value: 1, step: 0 }] }],
  ["runs/log-batch", { run_id: "RUN" }],
  ["runs/log-batch", { run_id: "GONE", metrics: [metric(0)] }],
  ["runs/log-batch", { metrics: [] }],
  ["runs/log-batch", { run_id: "RUN", metrics: { key: "a" } }],
  ["runs/set-tag", { run_id: "RUN", key: "t", value: text(9000) }],
  ["runs/set-tag", { run_id: "RUN", value: "v" }],
  ["runs/set-tag", { run_id: "RUN", key: text(251), value: "v" }],
  ["runs/delete-tag", { run_id: "RUN", key: "none" }],
  ["runs/update", { run_id: "GONE", status: "FINISHED" }],
  ["runs/update", { status: "FINISHED" }],
  ["runs/create", { experiment_id: "99" }],
  ["runs/create", { experiment_id: 0 }],
  ["runs/create", { experiment_id: "EXPERIMENT", tags: [{ key: "a" }] }],
  ["runs/delete", { run_id: text(32) }],
  ["runs/delete", { run_id: "GONE" }],
  ["runs/restore", { run_id: "RUN" }],
  ["runs/search", { experiment_ids: ["EXPERIMENT"], max_results: 0 }],
  ["runs/search", { experiment_ids: ["EXPERIMENT"], max_results: 50_001 }],
  ["runs/search", { experiment_ids: ["EXPERIMENT"], page_token: "none" }],
  ["runs/search", { experiment_ids: ["EXPERIMENT"], order_by: ["nothing.a"] }],
  ["runs/search", { experiment_ids: ["EXPERIMENT"], run_view_type: "NONE" }],
  ["runs/search", { experiment_ids: ["99"] }],
  ["runs/search", {}],
  ["runs/log-inputs", { run_id: "RUN" }],
  ["experiments/create", { name: "refused" }],
  ["experiments/create", { name: "refused" }],
  ["experiments/create", { name: "" }],
  ["experiments/create", { name: 5 }],
  ["experiments/create", {}],
  ["experiments/create", { name: text(501) }],
  ["experiments/create", { name: "tagged", tags: [{ key: text(251), value: "v" }] }],
  ["experiments/create", { name: "tagged", tags: [{ key: "a", value: text(20_001) }] }],
  ["experiments/update", { experiment_id: "EXPERIMENT" }],
  ["experiments/update", { experiment_id: "99", new_name: "other" }],
  ["experiments/delete", { experiment_id: "99" }],
  ["experiments/restore", { experiment_id: "EXPERIMENT" }],
  ["experiments/set-experiment-tag", { experiment_id: "EXPERIMENT", value: "v" }],
  ["experiments/set-experiment-tag", { experiment_id: "99", key: "a", value: "v" }],
  ["experiments/delete-experiment-tag", { experiment_id: "EXPERIMENT", key: "none" }],
  ["experiments/search", { max_results: 0 }],
  ["experiments/search", { max_results: 5, filter: "name > 'a'" }],
  ["experiments/search", { max_results: 5, view_type: "NONE" }],
];

/** What MLflow's own server takes, and keeps otherwise than it was meant. */
const refusedHereAlone: typeof requests = [
  ["runs/log-metric", { run_id: "RUN", key: "a", value: 1, timestamp: 1, step: 1.5 }],
  ["runs/update", { run_id: "RUN", status: "DONE" }],
  ["runs/log-inputs", { run_id: "RUN", datasets: [{ dataset: { name: "a" } }] }],
];

/** Queries of what is not there. */
const queries = [
  "runs/get",
  `runs/get?run_id=${text(32)}`,
  "experiments/get",
  "experiments/get?experiment_id=99",
  "experiments/get-by-name?experiment_name=none",
  "metrics/get-history?run_id=RUN",
  "metrics/get-history?metric_key=a",
  "metrics/get-history?run_id=RUN&metric_key=a&page_token=none",
  "metrics/get-history-bulk-interval?run_ids=RUN",
  "artifacts/list",
  `artifacts/list?run_id=${text(32)}`,
  "artifacts/list?run_id=RUN&path=../..",
];

/** Status and code of the answer to each request. */
export async function wireErrors(uri: string): Promise<{ said: string[]; saidHereAlone: string[] }> {
  const { experiment_id: experiment } = await callWire(uri, "POST experiments/create", { name: "errors" });
  const [run, gone] = await Promise.all(
    [0, 1].map(
      async () => (await callWire(uri, "POST runs/create", { experiment_id: experiment })).run.info.run_id,
    ),
  );
  await callWire(uri, "POST runs/delete", { run_id: gone });
  const filled = (template: string) =>
    template.replaceAll("RUN", run).replaceAll("GONE", gone).replaceAll("EXPERIMENT", experiment);
  const ask = async (path: string, shown = "", init?: RequestInit) => {
    const response = await fetch(`${uri}/api/2.0/mlflow/${filled(path)}`, init);
    const answer = (await response.json()) as { error_code?: string };
    return `${path} ${shown}: ${response.status} ${answer.error_code ?? ""}`;
  };
  const askAll = async (some: typeof requests) => {
    const said: string[] = [];
    for (const [route, body] of some) {
      const json = typeof body === "string" ? body : JSON.stringify(body);
      const headers = { "Content-Type": "application/json" };
      said.push(await ask(route, json.slice(0, 120), { method: "POST", headers, body: filled(json) }));
    }
    return said;
  };
  const said = await askAll(requests);
  for (const query of queries) said.push(await ask(query));
  return { said, saidHereAlone: await askAll(refusedHereAlone) };
}

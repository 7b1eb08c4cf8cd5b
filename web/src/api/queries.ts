import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { fetchAnswer, fetchPair, fetchPlot, type PairPath, type Parameters } from "./fetch-json.js";
import type { PlotName } from "./types.js";

/**
 * Every query's key starts with `store` where its answer changes with what is logged, so that one word from
 * the server makes all of them fresh; an experiment's plots never change.
 */
const store = "store";

export const statusQuery = () =>
  queryOptions({
    queryKey: [store, "status"],
    queryFn: ({ signal }) => fetchAnswer("/api/status", {}, {}, signal),
  });

export const projectsQuery = () =>
  queryOptions({
    queryKey: [store, "projects"],
    queryFn: ({ signal }) => fetchAnswer("/api/projects", {}, {}, signal),
  });

export const scoresQuery = () =>
  queryOptions({
    queryKey: ["scores"],
    queryFn: async ({ signal }) => (await fetchAnswer("/api/scores", {}, {}, signal)).scores,
    staleTime: Infinity,
  });

export const columnsQuery = (project: string) =>
  queryOptions({
    queryKey: [store, "columns", project],
    queryFn: ({ signal }) => fetchAnswer("/api/projects/{project}/columns", { project }, {}, signal),
  });

export const differingColumnsQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "differing-columns", project, parameters],
    queryFn: ({ signal }) =>
      fetchAnswer("/api/projects/{project}/differing-columns", { project }, parameters, signal),
    placeholderData: keepPreviousData,
  });

export const experimentsQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "experiments", project, parameters],
    queryFn: ({ signal }) =>
      fetchAnswer("/api/projects/{project}/experiments", { project }, parameters, signal),
    placeholderData: keepPreviousData,
  });

export const foundExperimentsQuery = (text: string, project: string | undefined) =>
  queryOptions({
    queryKey: [store, "found-experiments", text, project],
    queryFn: async ({ signal }) =>
      (await fetchAnswer("/api/experiments", {}, { text, project, limit: 12 }, signal)).experiments,
    placeholderData: keepPreviousData,
  });

export const foundRunsQuery = (text: string, project: string | undefined) =>
  queryOptions({
    queryKey: [store, "found-runs", text, project],
    queryFn: async ({ signal }) =>
      (await fetchAnswer("/api/runs", {}, { text, project, limit: 8 }, signal)).runs,
    placeholderData: keepPreviousData,
  });

export const groupsQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "groups", project, parameters],
    queryFn: ({ signal }) => fetchAnswer("/api/projects/{project}/groups", { project }, parameters, signal),
    placeholderData: keepPreviousData,
  });

export const tagsQuery = (project: string) =>
  queryOptions({
    queryKey: [store, "tags", project],
    queryFn: async ({ signal }) =>
      (await fetchAnswer("/api/projects/{project}/tags", { project }, {}, signal)).tags,
  });

export const viewsQuery = (project: string) =>
  queryOptions({
    queryKey: [store, "views", project],
    queryFn: ({ signal }) => fetchAnswer("/api/projects/{project}/views", { project }, {}, signal),
  });

export const addedScoresQuery = (project: string) =>
  queryOptions({
    queryKey: [store, "added-scores", project],
    queryFn: async ({ signal }) =>
      (await fetchAnswer("/api/projects/{project}/added-scores", { project }, {}, signal)).added_scores,
  });

export const addedValueQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "added-value", project, parameters],
    queryFn: ({ signal }) =>
      fetchAnswer("/api/projects/{project}/added-value", { project }, parameters, signal),
    retry: false,
  });

export const definitionsQuery = (parameters: Parameters) =>
  queryOptions({
    queryKey: ["definitions", parameters],
    queryFn: ({ signal }) => fetchAnswer("/api/definitions", {}, parameters, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const trashQuery = (parameters: { limit: number; offset: number }) =>
  queryOptions({
    queryKey: [store, "trash", parameters],
    queryFn: ({ signal }) => fetchAnswer("/api/trash", {}, parameters, signal),
    placeholderData: keepPreviousData,
  });

export const experimentQuery = (id: string) =>
  queryOptions({
    queryKey: [store, "experiment", id],
    queryFn: ({ signal }) => fetchAnswer("/api/experiments/{id}", { id }, {}, signal),
  });

export const runsQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "runs", project, parameters],
    queryFn: ({ signal }) => fetchAnswer("/api/projects/{project}/runs", { project }, parameters, signal),
    placeholderData: keepPreviousData,
  });

export const runColumnsQuery = (project: string) =>
  queryOptions({
    queryKey: [store, "run-columns", project],
    queryFn: ({ signal }) => fetchAnswer("/api/projects/{project}/runs/columns", { project }, {}, signal),
  });

export const runGroupsQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "run-groups", project, parameters],
    queryFn: ({ signal }) =>
      fetchAnswer("/api/projects/{project}/runs/groups", { project }, parameters, signal),
    placeholderData: keepPreviousData,
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [store, "run", id],
    queryFn: ({ signal }) => fetchAnswer("/api/runs/{id}", { id }, {}, signal),
  });

/** How often models are looked at again, in milliseconds: of what is registered no page is told. */
const modelsAgainAfter = 10_000;

export const modelsQuery = () =>
  queryOptions({
    queryKey: [store, "models"],
    queryFn: async ({ signal }) => (await fetchAnswer("/api/models", {}, {}, signal)).models,
    refetchInterval: modelsAgainAfter,
  });

export const modelQuery = (name: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "model", name, parameters],
    queryFn: ({ signal }) => fetchAnswer("/api/models/{name}", { name }, parameters, signal),
    placeholderData: keepPreviousData,
    refetchInterval: modelsAgainAfter,
  });

export const runModelsQuery = (id: string) =>
  queryOptions({
    queryKey: [store, "run-models", id],
    queryFn: async ({ signal }) => (await fetchAnswer("/api/runs/{id}/models", { id }, {}, signal)).models,
  });

export const loggedModelQuery = (id: string) =>
  queryOptions({
    queryKey: [store, "logged-model", id],
    queryFn: ({ signal }) => fetchAnswer("/api/logged-models/{id}", { id }, {}, signal),
  });

export const mlflowExperimentQuery = (id: string) =>
  queryOptions({
    queryKey: [store, "mlflow-experiment", id],
    queryFn: ({ signal }) => fetchAnswer("/api/mlflow/experiments/{id}", { id }, {}, signal),
  });

export const historiesQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "histories", project, parameters],
    queryFn: ({ signal }) =>
      fetchAnswer("/api/projects/{project}/histories", { project }, parameters, signal),
    placeholderData: keepPreviousData,
  });

export const consoleQuery = (id: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "console", id, parameters],
    queryFn: ({ signal }) => fetchAnswer("/api/runs/{id}/console", { id }, parameters, signal),
    placeholderData: keepPreviousData,
  });

export const plotQuery = <Name extends PlotName>(id: string, plot: Name, parameters: Parameters = {}) =>
  queryOptions({
    queryKey: ["plot", id, plot, parameters],
    queryFn: ({ signal }) => fetchPlot(id, plot, parameters, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const samplesQuery = (id: string, parameters: Parameters) =>
  queryOptions({
    queryKey: ["samples", id, parameters],
    queryFn: ({ signal }) => fetchAnswer("/api/experiments/{id}/samples", { id }, parameters, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const intervalsQuery = (id: string) =>
  queryOptions({
    queryKey: ["intervals", id],
    queryFn: ({ signal }) => fetchAnswer("/api/experiments/{id}/intervals", { id }, {}, signal),
    staleTime: Infinity,
  });

export const slicesQuery = (id: string, parameters: { by?: string }) =>
  queryOptions({
    queryKey: ["slices", id, parameters],
    queryFn: ({ signal }) => fetchAnswer("/api/experiments/{id}/slices", { id }, parameters, signal),
    staleTime: Infinity,
  });

export const explanationQuery = (
  id: string,
  parameters: { value: string; name?: string; library?: string },
) =>
  queryOptions({
    queryKey: ["explanation", id, parameters],
    queryFn: ({ signal }) => fetchAnswer("/api/experiments/{id}/explanation", { id }, parameters, signal),
    staleTime: Infinity,
    retry: false,
  });

export const metricsCheckQuery = (id: string) =>
  queryOptions({
    queryKey: ["metrics check", id],
    queryFn: ({ signal }) => fetchAnswer("/api/experiments/{id}/metrics-check", { id }, {}, signal),
    retry: false,
  });

export const leaderboardQuery = (
  project: string,
  parameters: {
    score?: string;
    test_set?: string;
    filter?: string | undefined;
    limit?: number;
    margin?: string | undefined;
    shared?: "true";
  },
) =>
  queryOptions({
    queryKey: [store, "leaderboard", project, parameters],
    queryFn: ({ signal }) =>
      fetchAnswer("/api/projects/{project}/leaderboard", { project }, parameters, signal),
    placeholderData: keepPreviousData,
  });

/** Two experiments: `a`, `b`, and `shared` where they are compared on the samples that both have. */
export interface Pair {
  a: string;
  b: string;
  shared: "true" | undefined;
}

const ofPair = <Path extends PairPath>(path: Path, pair: Pair, parameters: Parameters = {}) =>
  queryOptions({
    queryKey: [path, pair, parameters],
    queryFn: ({ signal }) => fetchPair(path, { ...pair, ...parameters }, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const comparisonQuery = (
  pair: Pair,
  parameters: { score?: string | undefined; margin?: string | undefined },
) => ofPair("/api/comparison", pair, parameters);

export const sharedSamplesQuery = (a: string, b: string) =>
  queryOptions({
    queryKey: ["shared-samples", a, b],
    queryFn: async ({ signal }) =>
      (await fetchAnswer("/api/comparison/shared", {}, { a, b }, signal)).shared_samples,
    staleTime: Infinity,
  });

export const sampleDifferenceQuery = (pair: Pair) => ofPair("/api/comparison/difference", pair);

export const differingSamplesQuery = (pair: Pair, parameters: Parameters) =>
  ofPair("/api/comparison/samples", pair, parameters);

export const sliceComparisonQuery = (pair: Pair, parameters: { by?: string }) =>
  ofPair("/api/comparison/slices", pair, parameters);

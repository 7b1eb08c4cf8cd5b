import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { fetchJson, type Parameters } from "./fetch-json.js";
import type {
  Columns,
  Comparison,
  DifferingSamples,
  Experiment,
  Experiments,
  Groups,
  Intervals,
  Leaderboard,
  PlotDataOf,
  PlotName,
  Projects,
  SampleDifference,
  Samples,
  Score,
  SliceComparison,
  SliceReport,
  Status,
} from "./types.js";

/**
 * Every query's key starts with `store` where its answer changes with what is logged, so that one word from the server
 * makes all of them fresh; an experiment and its plots never change.
 */
const store = "store";

export const statusQuery = () =>
  queryOptions({
    queryKey: [store, "status"],
    queryFn: ({ signal }) => fetchJson<Status>(["status"], {}, signal),
  });

export const projectsQuery = () =>
  queryOptions({
    queryKey: [store, "projects"],
    queryFn: ({ signal }) => fetchJson<Projects>(["projects"], {}, signal),
  });

export const scoresQuery = () =>
  queryOptions({
    queryKey: ["scores"],
    queryFn: async ({ signal }) => (await fetchJson<{ scores: Score[] }>(["scores"], {}, signal)).scores,
    staleTime: Infinity,
  });

export const columnsQuery = (project: string) =>
  queryOptions({
    queryKey: [store, "columns", project],
    queryFn: ({ signal }) => fetchJson<Columns>(["projects", project, "columns"], {}, signal),
  });

export const differingColumnsQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "differing-columns", project, parameters],
    queryFn: ({ signal }) =>
      fetchJson<Pick<Experiments, "columns">>(["projects", project, "differing-columns"], parameters, signal),
    placeholderData: keepPreviousData,
  });

export const experimentsQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "experiments", project, parameters],
    queryFn: ({ signal }) => fetchJson<Experiments>(["projects", project, "experiments"], parameters, signal),
    placeholderData: keepPreviousData,
  });

export const groupsQuery = (project: string, parameters: Parameters) =>
  queryOptions({
    queryKey: [store, "groups", project, parameters],
    queryFn: ({ signal }) => fetchJson<Groups>(["projects", project, "groups"], parameters, signal),
    placeholderData: keepPreviousData,
  });

export const experimentQuery = (id: string) =>
  queryOptions({
    queryKey: ["experiment", id],
    queryFn: ({ signal }) => fetchJson<Experiment>(["experiments", id], {}, signal),
    staleTime: Infinity,
  });

export const plotQuery = <Name extends PlotName>(id: string, plot: Name, parameters: Parameters = {}) =>
  queryOptions({
    queryKey: ["plot", id, plot, parameters],
    queryFn: ({ signal }) =>
      fetchJson<PlotDataOf<Name>>(["experiments", id, "plots", plot], parameters, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const samplesQuery = (id: string, parameters: Parameters) =>
  queryOptions({
    queryKey: ["samples", id, parameters],
    queryFn: ({ signal }) => fetchJson<Samples>(["experiments", id, "samples"], parameters, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const intervalsQuery = (id: string) =>
  queryOptions({
    queryKey: ["intervals", id],
    queryFn: ({ signal }) => fetchJson<Intervals>(["experiments", id, "intervals"], {}, signal),
    staleTime: Infinity,
  });

export const slicesQuery = (id: string, parameters: { by?: string }) =>
  queryOptions({
    queryKey: ["slices", id, parameters],
    queryFn: ({ signal }) => fetchJson<SliceReport>(["experiments", id, "slices"], parameters, signal),
    staleTime: Infinity,
  });

export const leaderboardQuery = (
  project: string,
  parameters: {
    score?: string;
    test_set?: string;
    filter?: string | undefined;
    limit?: number;
    shared?: "true";
  },
) =>
  queryOptions({
    queryKey: [store, "leaderboard", project, parameters],
    queryFn: ({ signal }) => fetchJson<Leaderboard>(["projects", project, "leaderboard"], parameters, signal),
    placeholderData: keepPreviousData,
  });

/** Two experiments: `a`, `b`, and `shared` where they are compared on the samples that both have. */
export interface Pair {
  a: string;
  b: string;
  shared: "true" | undefined;
}

const ofPair = <Answer>(path: readonly string[], pair: Pair, parameters: Parameters = {}) =>
  queryOptions({
    queryKey: [...path, pair, parameters],
    queryFn: ({ signal }) => fetchJson<Answer>(path, { ...pair, ...parameters }, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const comparisonQuery = (pair: Pair, parameters: { score?: string | undefined }) =>
  ofPair<Comparison>(["comparison"], pair, parameters);

export const sharedSamplesQuery = (a: string, b: string) =>
  queryOptions({
    queryKey: ["shared-samples", a, b],
    queryFn: async ({ signal }) =>
      (await fetchJson<{ shared_samples: number | null }>(["comparison", "shared"], { a, b }, signal))
        .shared_samples,
    staleTime: Infinity,
  });

export const sampleDifferenceQuery = (pair: Pair) =>
  ofPair<SampleDifference>(["comparison", "difference"], pair);

export const differingSamplesQuery = (pair: Pair, parameters: Parameters) =>
  ofPair<DifferingSamples>(["comparison", "samples"], pair, parameters);

export const sliceComparisonQuery = (pair: Pair, parameters: { by?: string }) =>
  ofPair<SliceComparison>(["comparison", "slices"], pair, parameters);

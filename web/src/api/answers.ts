import type {
  AddedScores,
  AddedValue,
  Annotated,
  Annotations,
  ChangeAddedScore,
  ChangedModel,
  ChangeModel,
  ChangeModelVersion,
  ColumnList,
  Columns,
  Comparison,
  Completions,
  Console,
  DefaultView,
  DeletedRuns,
  DeleteRuns,
  DifferingSamples,
  Experiment,
  Experiments,
  FoundDefinitions,
  FoundExperiments,
  FoundRuns,
  Groups,
  Histories,
  Leaderboard,
  LoggedModel,
  MetricsCheck,
  MlflowExperiment,
  Model,
  Models,
  PrimaryScores,
  Projects,
  Purge,
  Purged,
  Run,
  RunModels,
  Runs,
  SampleDifference,
  Samples,
  SaveView,
  ScoreExplanation,
  ScoreIntervals,
  Scores,
  SetAlias,
  SetPrimaryScore,
  SharedSamples,
  SliceComparison,
  SliceReport,
  Status,
  Tags,
  Trash,
  Views,
} from "./types.js";

/** What each route answers, by its path in the API's OpenAPI document; a test compares the two. */
export interface Answers {
  "/api/status": Status;
  "/api/scores": Scores;
  "/api/projects": Projects;
  "/api/projects/{project}/columns": Columns;
  "/api/projects/{project}/differing-columns": ColumnList;
  "/api/projects/{project}/experiments": Experiments;
  "/api/projects/{project}/groups": Groups;
  "/api/projects/{project}/completions": Completions;
  "/api/projects/{project}/leaderboard": Leaderboard;
  "/api/projects/{project}/tags": Tags;
  "/api/projects/{project}/views": Views;
  "/api/projects/{project}/added-scores": AddedScores;
  "/api/projects/{project}/added-value": AddedValue;
  "/api/definitions": FoundDefinitions;
  "/api/projects/{project}/runs": Runs;
  "/api/projects/{project}/runs/columns": Columns;
  "/api/projects/{project}/runs/groups": Groups;
  "/api/projects/{project}/runs/completions": Completions;
  "/api/projects/{project}/histories": Histories;
  "/api/runs": FoundRuns;
  "/api/runs/{id}": Run;
  "/api/runs/{id}/console": Console;
  "/api/runs/{id}/models": RunModels;
  "/api/models": Models;
  "/api/models/{name}": Model;
  "/api/logged-models/{id}": LoggedModel;
  "/api/mlflow/experiments/{id}": MlflowExperiment;
  "/api/trash": Trash;
  "/api/experiments": FoundExperiments;
  "/api/experiments/{id}": Experiment;
  "/api/experiments/{id}/samples": Samples;
  "/api/experiments/{id}/intervals": ScoreIntervals;
  "/api/experiments/{id}/slices": SliceReport;
  "/api/experiments/{id}/explanation": ScoreExplanation;
  "/api/experiments/{id}/metrics-check": MetricsCheck;
  "/api/comparison": Comparison;
  "/api/comparison/shared": SharedSamples;
  "/api/comparison/difference": SampleDifference;
  "/api/comparison/samples": DifferingSamples;
  "/api/comparison/slices": SliceComparison;
}

/** What each route that writes takes, and what it answers. */
export interface Bodies {
  "/api/annotations": { takes: Annotations; gives: Annotated };
  "/api/purge": { takes: Purge; gives: Purged };
  "/api/runs/deleted": { takes: DeleteRuns; gives: DeletedRuns };
  "/api/projects/{project}/primary-score": { takes: SetPrimaryScore; gives: PrimaryScores };
  "/api/projects/{project}/added-scores": { takes: ChangeAddedScore; gives: AddedScores };
  "/api/projects/{project}/views": { takes: SaveView; gives: Views };
  "/api/projects/{project}/default-view": { takes: DefaultView; gives: Views };
  "/api/models/{name}": { takes: ChangeModel; gives: ChangedModel };
  "/api/models/{name}/aliases": { takes: SetAlias; gives: ChangedModel };
  "/api/models/{name}/versions/{version}": { takes: ChangeModelVersion; gives: ChangedModel };
}

type NameIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NameIn<Rest>
  : never;

/** The values of a path's names in braces. */
export type PathNames<Path extends string> = { [Name in NameIn<Path>]: string };

// The API's shapes, taken from the server's own schemas and called as in its OpenAPI document. Types only:
// nothing of the server gets into the pages.
import type { z } from "zod";
import type {
  addedScoresSchema,
  addedValueSchema,
  annotatedSchema,
  annotationsSchema,
  changeAddedScoreSchema,
  defaultViewSchema,
  deletedRunsSchema,
  deleteRunsSchema,
  primaryScoresSchema,
  purgedSchema,
  purgeSchema,
  saveViewSchema,
  setPrimaryScoreSchema,
  tagsSchema,
  trashSchema,
  viewsSchema,
} from "../../../src/annotations/annotation-schema.js";
import type { consoleSchema, historiesSchema } from "../../../src/charts/chart-schema.js";
import type { foundDefinitionsSchema } from "../../../src/definitions/definitions-schema.js";
import type { explanationSchema, metricsCheckSchema } from "../../../src/definitions/explanation-schema.js";
import type {
  comparisonSchema,
  differingSamplesSchema,
  sampleDifferenceSchema,
} from "../../../src/judge/judge-schema.js";
import type { leaderboardSchema } from "../../../src/judge/leaderboard/leaderboard-schema.js";
import type { sliceComparisonSchema, sliceReportSchema } from "../../../src/judge/slices/slice-schema.js";
import type {
  columnListSchema,
  columnsSchema,
  completionsSchema,
  errorSchema,
  experimentSchema,
  experimentsSchema,
  foundExperimentsSchema,
  groupsOfProjectSchema,
  projectsSchema,
  scoresSchema,
  statusSchema,
  valuesSchema,
} from "../../../src/server/api-schema.js";
import type { intervalsSchema, sharedSamplesSchema } from "../../../src/server/judge-schema.js";
import type {
  changedModelSchema,
  changeModelSchema,
  changeVersionSchema,
  loggedModelSchema,
  mlflowExperimentSchema,
  modelSchema,
  modelsSchema,
  runModelsSchema,
  setAliasSchema,
} from "../../../src/server/model-schema.js";
import type { plotSchemas, samplesSchema } from "../../../src/server/plot-schema.js";
import type { foundRunsSchema, runSchema, runsSchema } from "../../../src/server/run-schema.js";

export type Runs = z.infer<typeof runsSchema>;
export type FoundRuns = z.infer<typeof foundRunsSchema>;
export type FoundRun = FoundRuns["runs"][number];
export type Run = z.infer<typeof runSchema>;
export type Histories = z.infer<typeof historiesSchema> & { project: string };
export type Console = z.infer<typeof consoleSchema>;
export type Status = z.infer<typeof statusSchema>;
export type Projects = z.infer<typeof projectsSchema>;
export type Column = Experiments["columns"][number];
export type ColumnList = z.infer<typeof columnListSchema>;
export type Columns = z.infer<typeof columnsSchema>;
export type Experiments = z.infer<typeof experimentsSchema>;
export type FoundExperiments = z.infer<typeof foundExperimentsSchema>;
export type FoundExperiment = FoundExperiments["experiments"][number];
export type Cell = Experiments["rows"][number][number];
export type Groups = z.infer<typeof groupsOfProjectSchema>;
export type Values = z.infer<typeof valuesSchema>;
export type Completions = z.infer<typeof completionsSchema>;
export type Completion = Completions["completions"][number];
export type Experiment = z.infer<typeof experimentSchema>;
export type Scores = z.infer<typeof scoresSchema>;
export type Score = Scores["scores"][number];
export type ApiFailure = z.infer<typeof errorSchema>["error"];
export type PlotName = keyof typeof plotSchemas;
export type PlotDataOf<Name extends PlotName> = z.infer<(typeof plotSchemas)[Name]>;
export type Samples = z.infer<typeof samplesSchema>;
export type SampleRow = Samples["rows"][number];
export type ScoreIntervals = z.infer<typeof intervalsSchema>;
export type ScoreInterval = ScoreIntervals["scores"][number];
export type Leaderboard = z.infer<typeof leaderboardSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type ScoreDifference = Comparison["scores"][number];
export type SampleDifference = z.infer<typeof sampleDifferenceSchema>;
export type ClassDifference = Extract<SampleDifference, { kind: "classification" }>;
export type ErrorDifference = Extract<SampleDifference, { kind: "regression" }>;
export type SharedSamples = z.infer<typeof sharedSamplesSchema>;
export type DifferingSamples = z.infer<typeof differingSamplesSchema>;
export type MetricsCheck = z.infer<typeof metricsCheckSchema>;
export type ScoreExplanation = z.infer<typeof explanationSchema>;
export type SliceReport = z.infer<typeof sliceReportSchema>;
export type SliceScore = SliceReport["slices"][number];
export type SliceComparison = z.infer<typeof sliceComparisonSchema>;
export type Annotations = z.infer<typeof annotationsSchema>;
export type Annotated = z.infer<typeof annotatedSchema>;
export type Trash = z.infer<typeof trashSchema>;
export type Purge = z.infer<typeof purgeSchema>;
export type Purged = z.infer<typeof purgedSchema>;
export type DeleteRuns = z.infer<typeof deleteRunsSchema>;
export type DeletedRuns = z.infer<typeof deletedRunsSchema>;
export type Tags = z.infer<typeof tagsSchema>;
export type Views = z.infer<typeof viewsSchema>;
export type View = Views["views"][number];
export type SaveView = z.infer<typeof saveViewSchema>;
export type DefaultView = z.infer<typeof defaultViewSchema>;
export type SetPrimaryScore = z.infer<typeof setPrimaryScoreSchema>;
export type PrimaryScores = z.infer<typeof primaryScoresSchema>;
export type AddedScores = z.infer<typeof addedScoresSchema>;
export type AddedScore = AddedScores["added_scores"][number];
export type AddedValue = z.infer<typeof addedValueSchema>;
export type ChangeAddedScore = z.infer<typeof changeAddedScoreSchema>;
export type FoundDefinitions = z.infer<typeof foundDefinitionsSchema>;
export type FoundDefinition = FoundDefinitions["definitions"][number];
export type Models = z.infer<typeof modelsSchema>;
export type Model = z.infer<typeof modelSchema>;
export type ModelVersion = Model["versions"][number];
export type ChangeModel = z.infer<typeof changeModelSchema>;
export type ChangeModelVersion = z.infer<typeof changeVersionSchema>;
export type ChangedModel = z.infer<typeof changedModelSchema>;
export type SetAlias = z.infer<typeof setAliasSchema>;
export type LoggedModel = z.infer<typeof loggedModelSchema>;
export type RunModels = z.infer<typeof runModelsSchema>;
export type MlflowExperiment = z.infer<typeof mlflowExperimentSchema>;

import { xgboostRanking } from "./classification/xgboost-ranking.js";
import type { Definition } from "./definition.js";
import { catboostErrors } from "./regression/catboost-errors.js";
import { clickhouseAggregates } from "./regression/clickhouse-aggregates.js";
import { duckdbAggregates } from "./regression/duckdb-aggregates.js";
import { evidentlyErrors } from "./regression/evidently-errors.js";
import { kerasErrors } from "./regression/keras-errors.js";
import { lightgbmErrors } from "./regression/lightgbm-errors.js";
import { mlflowEvaluate } from "./regression/mlflow-evaluate.js";
import { permetricsErrors } from "./regression/permetrics-errors.js";
import { permetricsShares } from "./regression/permetrics-shares.js";
import { polarsAggregates } from "./regression/polars-aggregates.js";
import { postgresqlAggregates } from "./regression/postgresql-aggregates.js";
import { caretErrors, mlMetricsErrors, rMetricsErrors } from "./regression/r-packages.js";
import { rStatistics } from "./regression/r-statistics.js";
import { scipyCorrelations } from "./regression/scipy-correlations.js";
import { sklearnErrors } from "./regression/sklearn-errors.js";
import { sklearnShares } from "./regression/sklearn-shares.js";
import { sktimeErrors } from "./regression/sktime-errors.js";
import { sparkAggregates } from "./regression/spark-aggregates.js";
import { excelFunctions, libreofficeFunctions } from "./regression/spreadsheet-functions.js";
import { statsmodelsErrors } from "./regression/statsmodels-errors.js";
import { torchmetricsErrors } from "./regression/torchmetrics-errors.js";
import { torchmetricsShares } from "./regression/torchmetrics-shares.js";
import { xgboostErrors } from "./regression/xgboost-errors.js";

/** Every definition, library by library; ids are unique. */
export const catalogue: readonly Definition[] = [
  ...caretErrors,
  ...catboostErrors,
  ...clickhouseAggregates,
  ...duckdbAggregates,
  ...evidentlyErrors,
  ...excelFunctions,
  ...kerasErrors,
  ...libreofficeFunctions,
  ...lightgbmErrors,
  ...mlMetricsErrors,
  ...mlflowEvaluate,
  ...permetricsErrors,
  ...permetricsShares,
  ...polarsAggregates,
  ...postgresqlAggregates,
  ...rMetricsErrors,
  ...rStatistics,
  ...scipyCorrelations,
  ...sklearnErrors,
  ...sklearnShares,
  ...sktimeErrors,
  ...sparkAggregates,
  ...statsmodelsErrors,
  ...torchmetricsErrors,
  ...torchmetricsShares,
  ...xgboostErrors,
  ...xgboostRanking,
];

/** Names without what people write differently: `PR-AUC`, `pr_auc` and `prauc` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

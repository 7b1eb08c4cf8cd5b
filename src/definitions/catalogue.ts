import { caretConfusion } from "./classification/caret-confusion.js";
import { catboostBinary } from "./classification/catboost-binary.js";
import { catboostMulticlass } from "./classification/catboost-multiclass.js";
import { fairlearnRates } from "./classification/fairlearn-rates.js";
import { imbalancedLearn } from "./classification/imbalanced-learn.js";
import { kerasBinary } from "./classification/keras-binary.js";
import { kerasCategorical } from "./classification/keras-categorical.js";
import { lightgbmClasses } from "./classification/lightgbm-classes.js";
import { mlflowEvaluate } from "./classification/mlflow-evaluate.js";
import { mlmetrics } from "./classification/mlmetrics.js";
import { mlxtendScoring } from "./classification/mlxtend-scoring.js";
import { netcalErrors } from "./classification/netcal-errors.js";
import { permetricsClasses } from "./classification/permetrics-classes.js";
import { procAuc } from "./classification/proc-auc.js";
import { pycmOverall } from "./classification/pycm-overall.js";
import { riverMetrics } from "./classification/river-metrics.js";
import { scipyKs } from "./classification/scipy-ks.js";
import { sklearnAgreement } from "./classification/sklearn-agreement.js";
import { sklearnAverages } from "./classification/sklearn-averages.js";
import { sklearnBrier } from "./classification/sklearn-brier.js";
import { sklearnProbabilities } from "./classification/sklearn-probabilities.js";
import { sklearnRanking } from "./classification/sklearn-ranking.js";
import { sklearnTopK } from "./classification/sklearn-top-k.js";
import { sparkEvaluators } from "./classification/spark-evaluators.js";
import { torchmetricsBinary } from "./classification/torchmetrics-binary.js";
import { torchmetricsMulticlass } from "./classification/torchmetrics-multiclass.js";
import { wekaLabels } from "./classification/weka-labels.js";
import { wekaScores } from "./classification/weka-scores.js";
import { xgboostErrors } from "./classification/xgboost-errors.js";
import { xgboostRanking } from "./classification/xgboost-ranking.js";
import type { Definition } from "./definition.js";
import { catboostErrors } from "./regression/catboost-errors.js";
import { clickhouseAggregates } from "./regression/clickhouse-aggregates.js";
import { duckdbAggregates } from "./regression/duckdb-aggregates.js";
import { evidentlyErrors } from "./regression/evidently-errors.js";
import { kerasErrors } from "./regression/keras-errors.js";
import { lightgbmErrors } from "./regression/lightgbm-errors.js";
import { mlflowEvaluate as mlflowEvaluateNumbers } from "./regression/mlflow-evaluate.js";
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
import { xgboostErrors as xgboostNumbers } from "./regression/xgboost-errors.js";

/**
 * Every definition; ids are unique. Of several that give a number the first is named, so those that most people
 * use come first.
 */
export const catalogue: readonly Definition[] = [
  ...sklearnAgreement,
  ...sklearnAverages,
  ...sklearnBrier,
  ...sklearnProbabilities,
  ...sklearnRanking,
  ...sklearnTopK,
  ...sklearnErrors,
  ...sklearnShares,
  ...xgboostErrors,
  ...xgboostRanking,
  ...xgboostNumbers,
  ...lightgbmClasses,
  ...lightgbmErrors,
  ...torchmetricsBinary,
  ...torchmetricsMulticlass,
  ...torchmetricsErrors,
  ...torchmetricsShares,
  ...kerasBinary,
  ...kerasCategorical,
  ...kerasErrors,
  ...catboostBinary,
  ...catboostMulticlass,
  ...catboostErrors,
  ...caretConfusion,
  ...fairlearnRates,
  ...imbalancedLearn,
  ...mlflowEvaluate,
  ...mlmetrics,
  ...mlxtendScoring,
  ...netcalErrors,
  ...permetricsClasses,
  ...procAuc,
  ...pycmOverall,
  ...riverMetrics,
  ...scipyKs,
  ...sparkEvaluators,
  ...wekaLabels,
  ...wekaScores,
  ...clickhouseAggregates,
  ...duckdbAggregates,
  ...evidentlyErrors,
  ...mlflowEvaluateNumbers,
  ...permetricsErrors,
  ...permetricsShares,
  ...polarsAggregates,
  ...postgresqlAggregates,
  ...caretErrors,
  ...mlMetricsErrors,
  ...rMetricsErrors,
  ...rStatistics,
  ...scipyCorrelations,
  ...sktimeErrors,
  ...sparkAggregates,
  ...excelFunctions,
  ...libreofficeFunctions,
  ...statsmodelsErrors,
];

/** Names without what people write differently: `PR-AUC`, `pr_auc` and `prauc` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

import { catboostClasses } from "./classification/catboost-classes.js";
import { lightgbmClasses } from "./classification/lightgbm-classes.js";
import { sklearnAgreement } from "./classification/sklearn-agreement.js";
import { sklearnAverages } from "./classification/sklearn-averages.js";
import { sklearnProbabilities } from "./classification/sklearn-probabilities.js";
import { sklearnRanking } from "./classification/sklearn-ranking.js";
import { torchmetricsBinary } from "./classification/torchmetrics-binary.js";
import { torchmetricsMulticlass } from "./classification/torchmetrics-multiclass.js";
import { xgboostErrors } from "./classification/xgboost-errors.js";
import { xgboostRanking } from "./classification/xgboost-ranking.js";
import type { Definition } from "./definition.js";
import { catboostErrors } from "./regression/catboost-errors.js";
import { kerasErrors } from "./regression/keras-errors.js";
import { lightgbmErrors } from "./regression/lightgbm-errors.js";
import { sklearnErrors } from "./regression/sklearn-errors.js";
import { sklearnShares } from "./regression/sklearn-shares.js";
import { torchmetricsErrors } from "./regression/torchmetrics-errors.js";
import { torchmetricsShares } from "./regression/torchmetrics-shares.js";
import { xgboostErrors as xgboostNumbers } from "./regression/xgboost-errors.js";

/** Every definition, library by library; ids are unique. */
export const catalogue: readonly Definition[] = [
  ...catboostClasses,
  ...lightgbmClasses,
  ...sklearnAgreement,
  ...sklearnAverages,
  ...sklearnProbabilities,
  ...sklearnRanking,
  ...torchmetricsBinary,
  ...torchmetricsMulticlass,
  ...xgboostErrors,
  ...xgboostRanking,
  ...catboostErrors,
  ...kerasErrors,
  ...lightgbmErrors,
  ...sklearnErrors,
  ...sklearnShares,
  ...torchmetricsErrors,
  ...torchmetricsShares,
  ...xgboostNumbers,
];

/** Names without what people write differently: `PR-AUC`, `pr_auc` and `prauc` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

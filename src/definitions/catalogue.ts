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

/** Every definition; ids are unique. Of several that give a number the first is named, so those that most people use come first. */
export const catalogue: readonly Definition[] = [
  ...sklearnAgreement,
  ...sklearnAverages,
  ...sklearnProbabilities,
  ...sklearnRanking,
  ...sklearnErrors,
  ...sklearnShares,
  ...catboostClasses,
  ...lightgbmClasses,
  ...torchmetricsBinary,
  ...torchmetricsMulticlass,
  ...xgboostErrors,
  ...xgboostRanking,
  ...catboostErrors,
  ...kerasErrors,
  ...lightgbmErrors,
  ...torchmetricsErrors,
  ...torchmetricsShares,
  ...xgboostNumbers,
];

/** Names without what people write differently: `PR-AUC`, `pr_auc` and `prauc` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

"""CatBoost 1.2.10 on the samples of classes: its metrics of raw values, the log odds of the probabilities.

Of several classes its metrics of predicted classes get a raw value of 1 for the predicted class.
"""

import catboost
import numpy as np
from ask import golden
from catboost.utils import eval_metric


def odds(name, finite=False):
    def of(sample):
        scores = sample["y_score"]
        if finite and (scores.min() == 0 or scores.max() == 1):
            raise ValueError("no raw value")
        return eval_metric(sample["y_true"], np.log(scores / (1 - scores)), name)[0]

    return ["two"], of


def predicted(name):
    return ["several"], lambda s: eval_metric(s["y_true"], np.eye(s["classes"])[s["y_pred"]], name)[0]


def multiclass(sample):
    if sample["y_score"].min() == 0:
        raise ValueError("no raw value")
    return eval_metric(sample["y_true"], np.log(sample["y_score"]), "MultiClass")[0]


np.seterr(divide="ignore")
binary = ["Accuracy", "Precision", "Recall", "F1", "MCC", "Kappa", "BalancedAccuracy", "BalancedErrorRate", "ZeroOneLoss"]
binary += ["HammingLoss", "AUC", "NormalizedGini", "PRAUC", "BrierScore"]
several = ["Accuracy", "ZeroOneLoss", "HammingLoss", "TotalF1", "TotalF1:average=Macro", "TotalF1:average=Micro", "MCC"]
several += ["Kappa", "WKappa"]
questions = {f"catboost:{name}": odds(name) for name in binary}
questions |= {f"catboost:{name}": odds(name, finite=True) for name in ("Logloss", "CrossEntropy")}
questions |= {f"catboost:{name}(several)": predicted(name) for name in several}
questions["catboost:MultiClass"] = ["several"], multiclass
golden(catboost.__version__, questions)

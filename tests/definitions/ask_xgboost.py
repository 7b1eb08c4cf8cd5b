"""XGBoost 3.2.0 on the samples: a booster whose margins are given, which trains nothing.

The objective leaves the margins as they are, so that the metric is computed of the very scores (rounded to float32).
"""

import numpy as np
import xgboost
from ask import golden


def metric(name, kind):
    def of(sample):
        scores = sample["y_score"]
        data = xgboost.DMatrix(np.zeros((len(scores), 1)), label=sample["y_true"])
        classes = {"num_class": sample["classes"]} if kind == "several" else {}
        options = {"eval_metric": name, "objective": "reg:squarederror", "base_score": 0, **classes}
        data.set_base_margin(scores)
        return xgboost.Booster(options, [data]).eval(data).split(":")[-1]

    return [kind], of


questions = {
    f"xgboost:{name}": metric(name, "two") for name in ("aucpr", "auc", "error", "error@0.3", "error@0.7", "logloss")
} | {"xgboost:auc(several)": metric("auc", "several")} | {
    f"xgboost:{name}": metric(name, "several") for name in ("merror", "mlogloss")
}
golden(xgboost.__version__, questions)

"""XGBoost's metrics of numbers: a booster whose margins are given, which trains nothing. XGBoost 3.2.0, NumPy 2.4.6.

poisson-nloglik is not asked: in float32 it has no digit left at a million, and which one depends on the C library.
"""

import numpy as np
import xgboost
from ask import golden

names = ["rmse", "rmsle", "mae", "mape", "mphe", "gamma-nloglik", "gamma-deviance", "tweedie-nloglik@1.5"]


def metric(name, **options):
    def of(sample):
        data = xgboost.DMatrix(np.zeros((len(sample["y_true"]), 1)), label=sample["y_true"])
        settings = {"eval_metric": name, "objective": "reg:squarederror", "base_score": 0, **options}
        booster = xgboost.Booster(settings, [data])
        data.set_base_margin(sample["y_pred"])
        return booster.eval(data).split(":")[-1]

    return of


golden(xgboost.__version__, {
    **{f"xgboost:{name}": (["numbers"], metric(name)) for name in names},
    **{f"xgboost:quantile({alpha})": (["numbers"], metric("quantile", quantile_alpha=alpha)) for alpha in (0.5, 0.9)},
})

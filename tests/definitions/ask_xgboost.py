"""XGBoost's metrics of the samples: a booster whose margins are given, which trains nothing."""

import xgboost
from ask import golden


def metric(name):
    def of(sample):
        data = xgboost.DMatrix(sample["y_score"].reshape(-1, 1), label=sample["y_true"])
        booster = xgboost.Booster({"eval_metric": name, "objective": "reg:squarederror", "base_score": 0}, [data])
        data.set_base_margin(sample["y_score"])
        return booster.eval(data).split(":")[-1]

    return of


golden(xgboost.__version__, {"xgboost:aucpr": (["two"], metric("aucpr"))})

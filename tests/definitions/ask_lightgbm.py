"""LightGBM's metrics of the samples, as `eval_valid` gives them of a model that adds nothing to init_score."""

import lightgbm
import numpy as np
from ask import golden


def metric(name):
    def of(sample):
        n = len(sample["y_true"])
        features = np.zeros((n, 1))
        options = {"free_raw_data": False, "params": {"verbosity": -1, "min_data_in_leaf": 1, "feature_pre_filter": False}}
        data = lightgbm.Dataset(features, sample["y_true"], init_score=sample["y_pred"], **options)
        booster = lightgbm.Booster({"metric": name, "verbosity": -1, "objective": "regression"}, data)
        return booster.eval_train()[0][2]

    return of


golden(lightgbm.__version__, {"lightgbm:mape": (["numbers"], metric("mape"))})

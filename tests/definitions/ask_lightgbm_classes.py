"""LightGBM 4.7.0 on the samples of classes, as `eval_train` gives it of a model that adds nothing to init_score.

The objective "none" leaves the scores as they are. auc_mu is defined on raw scores: the logarithms of the probabilities.
"""

import lightgbm
import numpy as np
from ask import golden


def metric(name, kind, raw=False, **options):
    def of(sample):
        scores = sample["y_score"]
        if raw and (scores.min() == 0 or len(set(sample["y_true"])) < sample["classes"]):
            raise ValueError("a probability of 0 has no raw score, and a class has to be there")
        dataset = {"verbosity": -1, "min_data_in_leaf": 1, "feature_pre_filter": False}
        given = (np.log(scores) if raw else scores).ravel(order="F")
        features = np.zeros((len(scores), 1))
        data = lightgbm.Dataset(features, sample["y_true"], init_score=given, free_raw_data=False, params=dataset)
        classes = {"num_class": sample["classes"]} if kind == "several" else {}
        booster = lightgbm.Booster({"metric": name, "verbosity": -1, "objective": "none", **classes, **options}, data)
        return booster.eval_train()[0][2]

    return [kind], of


questions = {
    f"lightgbm:{name}": metric(name, "two")
    for name in ("auc", "average_precision", "binary_logloss", "binary_error", "cross_entropy")
} | {
    "lightgbm:multi_logloss": metric("multi_logloss", "several"),
    "lightgbm:multi_error": metric("multi_error", "several"),
    "lightgbm:multi_error@2": metric("multi_error", "several", multi_error_top_k=2),
    "lightgbm:auc_mu": metric("auc_mu", "several", raw=True),
}
golden(lightgbm.__version__, questions)

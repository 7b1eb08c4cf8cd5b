"""Fairlearn 0.15.0 (scikit-learn 1.9.1) on the samples of two classes."""

import fairlearn
from ask import golden
from fairlearn import metrics

names = ("selection_rate", "true_positive_rate", "false_positive_rate", "true_negative_rate", "false_negative_rate")
golden(fairlearn.__version__, {
    f"fairlearn:{name}": (["two"], lambda s, name=name: getattr(metrics, name)(s["y_true"], s["y_pred"], pos_label=1))
    for name in names
})

"""Keras 3.15.0 on the samples of classes, on its NumPy backend; float32, as is its default."""

import os

os.environ["KERAS_BACKEND"] = "numpy"
import keras
import numpy as np
from ask import golden
from keras import metrics

two, several, both = ["two"], ["several"], ["two", "several"]


def scores(sample):
    return sample["y_score"].astype(np.float32)


def cells(make):
    """One column of scores, or a column a class and a one-hot y_true."""

    def of(sample):
        truth = sample["y_true"] if sample["kind"] == "two" else np.eye(sample["classes"])[sample["y_true"]]
        return make()(truth.astype(np.float32), scores(sample))

    return of


def column(make):
    return lambda s: np.ravel(make()(s["y_true"].astype(np.float32)[:, None], scores(s)[:, None]))[0]


def sparse(make):
    return lambda s: make(s)(s["y_true"], scores(s))


questions = {
    "keras:BinaryAccuracy": (both, cells(metrics.BinaryAccuracy)),
    "keras:Precision": (both, cells(metrics.Precision)),
    "keras:Recall": (both, cells(metrics.Recall)),
    "keras:AUC": (both, cells(metrics.AUC)),
    "keras:AUC(PR)": (both, cells(lambda: metrics.AUC(curve="PR"))),
    "keras:BinaryCrossentropy": (two, column(metrics.BinaryCrossentropy)),
    "keras:BinaryIoU": (two, column(metrics.BinaryIoU)),
    "keras:F1Score(threshold=0.5)": (two, column(lambda: metrics.F1Score(threshold=0.5))),
    "keras:F1Score(one column)": (two, column(metrics.F1Score)),
    "keras:Hinge": (two, column(metrics.Hinge)),
    "keras:SparseCategoricalAccuracy": (several, sparse(lambda s: metrics.SparseCategoricalAccuracy())),
    "keras:SparseCategoricalCrossentropy": (several, sparse(lambda s: metrics.SparseCategoricalCrossentropy())),
    "keras:MeanIoU": (several, lambda s: metrics.MeanIoU(s["classes"])(s["y_true"], s["y_pred"])),
}
for k in (2, 3, 5):
    questions[f"keras:SparseTopKCategoricalAccuracy(k={k})"] = (
        several, sparse(lambda s, k=k: metrics.SparseTopKCategoricalAccuracy(k=k))
    )
for average in ("macro", "weighted", "micro"):
    questions[f"keras:F1Score({average})"] = several, cells(lambda average=average: metrics.F1Score(average=average))
golden(keras.__version__, questions)

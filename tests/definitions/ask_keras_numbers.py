"""Keras' metrics of numbers, in float32 with its NumPy backend. Keras 3.15.0, NumPy 2.4.6.

R2Score is not asked: it subtracts sums in float32, of which no digit is left where y_true is far from 0.
"""

import os

os.environ["KERAS_BACKEND"] = "numpy"
import keras
import numpy as np
from ask import golden

names = [
    "MeanAbsoluteError", "MeanSquaredError", "RootMeanSquaredError", "MeanAbsolutePercentageError",
    "MeanSquaredLogarithmicError", "LogCoshError", "CosineSimilarity",
]


def metric(name, shape=(-1,)):
    def of(sample):
        asked = getattr(keras.metrics, name)()
        asked.update_state(*(sample[of].astype(np.float32).reshape(shape) for of in ("y_true", "y_pred")))
        return asked.result()

    return ["numbers"], of


def huber(sample):
    return keras.losses.Huber()(sample["y_true"].astype(np.float32), sample["y_pred"].astype(np.float32))


golden(keras.__version__, {
    **{f"keras:{name}": metric(name) for name in names},
    "keras:CosineSimilarity(column)": metric("CosineSimilarity", (-1, 1)),
    "keras:Huber": (["numbers"], huber),
})

"""CatBoost's metrics of numbers, by `catboost.utils.eval_metric`. CatBoost 1.2.10, NumPy 2.4.6."""

import catboost
from ask import golden
from catboost.utils import eval_metric

names = [
    "RMSE", "MAE", "MAPE", "SMAPE", "R2", "MedianAbsoluteError", "MSLE", "Poisson", "Quantile", "Quantile:alpha=0.9",
    "NumErrors:greater_than=1", "Huber:delta=1", "FairLoss:smoothness=1", "Expectile:alpha=0.9", "Lq:q=1.5", "RMSPE",
]


def metric(name):
    return lambda sample: eval_metric(sample["y_true"], sample["y_pred"], name)[0]


golden(catboost.__version__, {f"catboost:{name}": (["numbers"], metric(name)) for name in names})

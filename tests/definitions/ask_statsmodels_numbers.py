"""statsmodels' measures of numbers, of statsmodels.tools.eval_measures. statsmodels 0.15.0, NumPy 2.4.6."""

import statsmodels
from ask import golden
from statsmodels.tools import eval_measures

names = ["mse", "rmse", "rmspe", "maxabs", "meanabs", "medianabs", "bias", "medianbias", "vare", "stde", "iqr"]


def asked(name):
    return ["numbers"], lambda sample: getattr(eval_measures, name)(sample["y_true"], sample["y_pred"])


golden(statsmodels.__version__, {f"statsmodels:{name}": asked(name) for name in names})

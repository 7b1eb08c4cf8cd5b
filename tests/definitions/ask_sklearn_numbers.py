"""scikit-learn's numbers of a regression. scikit-learn 1.9.1, NumPy 2.4.6."""

import sklearn
from ask import golden
from sklearn import metrics

names = [
    "mean_absolute_error", "mean_squared_error", "root_mean_squared_error", "median_absolute_error", "max_error",
    "mean_absolute_percentage_error", "mean_squared_log_error", "root_mean_squared_log_error", "mean_poisson_deviance",
    "mean_gamma_deviance", "r2_score", "explained_variance_score", "d2_absolute_error_score",
]
options = {"mean_pinball_loss": ("alpha", [0.5, 0.1, 0.9]), "d2_pinball_score": ("alpha", [0.1, 0.9]),
           "mean_tweedie_deviance": ("power", [1.5, 3]), "d2_tweedie_score": ("power", [0, 1, 2])}


def asked(name, **arguments):
    return ["numbers"], lambda sample: getattr(metrics, name)(sample["y_true"], sample["y_pred"], **arguments)


golden(sklearn.__version__, {
    **{f"sklearn:{name}": asked(name) for name in names},
    "sklearn:r2_score(force_finite=False)": asked("r2_score", force_finite=False),
    **{f"sklearn:{name}({value})": asked(name, **{option: value})
       for name, (option, values) in options.items() for value in values},
})

"""sktime's errors of numbers, by its functions. sktime 1.2.0."""

import sktime
from ask import golden
from sktime.performance_metrics import forecasting

questions = {
    "mean_absolute_percentage_error": {}, "mean_absolute_percentage_error(symmetric=True)": {"symmetric": True},
    "median_absolute_percentage_error": {}, "median_absolute_percentage_error(symmetric=True)": {"symmetric": True},
    "mean_squared_percentage_error": {}, "mean_squared_percentage_error(square_root=True)": {"square_root": True},
    "median_squared_error": {}, "median_squared_error(square_root=True)": {"square_root": True},
    "geometric_mean_absolute_error": {}, "geometric_mean_squared_error": {},
    "mean_asymmetric_error": {}, "mean_linex_error": {},
}


def asked(name, arguments):
    function = getattr(forecasting, name.split("(")[0])
    return ["numbers"], lambda sample: function(sample["y_true"], sample["y_pred"], **arguments)


golden(sktime.__version__, {f"sktime:{name}": asked(name, arguments) for name, arguments in questions.items()})

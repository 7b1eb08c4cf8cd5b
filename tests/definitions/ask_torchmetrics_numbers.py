"""torchmetrics' functions of numbers, on float64 tensors. torchmetrics 1.9.0 on torch 1.13.1 (Debian's python3-torch).

/usr/bin/python3 with torchmetrics, lightning-utilities, packaging and typing_extensions by `pip install --target`, on its path.
"""

import torch
import torchmetrics
from ask import golden
from torchmetrics.functional import regression

names = [
    "mean_absolute_error", "mean_squared_error", "mean_absolute_percentage_error", "symmetric_mean_absolute_percentage_error",
    "weighted_mean_absolute_percentage_error", "r2_score", "explained_variance", "pearson_corrcoef", "spearman_corrcoef",
    "kendall_rank_corrcoef", "concordance_corrcoef", "log_cosh_error", "mean_squared_log_error", "relative_squared_error",
]
options = {"normalized_root_mean_squared_error": ("normalization", ["mean", "range", "std", "l2"]),
           "tweedie_deviance_score": ("power", [1, 2])}


def asked(name, **arguments):
    function = getattr(regression, name)
    return ["numbers"], lambda sample: function(
        torch.from_numpy(sample["y_pred"]), torch.from_numpy(sample["y_true"]), **arguments
    )


golden(torchmetrics.__version__, {
    **{f"torchmetrics:{name}": asked(name) for name in names},
    "torchmetrics:mean_squared_error(squared=False)": asked("mean_squared_error", squared=False),
    **{f"torchmetrics:{name}({option}={value!r})": asked(name, **{option: value})
       for name, (option, values) in options.items() for value in values},
})

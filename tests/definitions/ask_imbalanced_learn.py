"""imbalanced-learn 0.14.2 (scikit-learn 1.9.1) on the samples of classes."""

import imblearn
from ask import golden
from imblearn import metrics

both = ["two", "several"]


def labels(function, **options):
    return lambda s: function(s["y_true"], s["y_pred"], **options)


iba = metrics.make_index_balanced_accuracy(alpha=0.1, squared=True)(metrics.geometric_mean_score)
questions = {
    "imblearn:geometric_mean_score": (both, labels(metrics.geometric_mean_score)),
    "imblearn:make_index_balanced_accuracy": (both, labels(iba)),
    "imblearn:macro_averaged_mean_absolute_error": (["several"], labels(metrics.macro_averaged_mean_absolute_error)),
}
for name in ("sensitivity_score", "specificity_score", "geometric_mean_score"):
    for average in ("binary", "macro", "weighted"):
        questions[f"imblearn:{name}({average})"] = (
            ["two"] if average == "binary" else both, labels(getattr(metrics, name), average=average)
        )
golden(imblearn.__version__, questions)

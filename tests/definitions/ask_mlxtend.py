"""mlxtend 0.25.0 on the samples of classes."""

import mlxtend
from ask import golden
from mlxtend.evaluate import scoring


def metric(name):
    return lambda s: scoring(s["y_true"], s["y_pred"], metric=name)


two = ["precision", "recall", "specificity", "false_positive_rate", "f1", "matthews_corr_coef"]
any = ["average per-class accuracy", "average per-class error", "balanced accuracy"]
questions = {f"mlxtend:scoring({name})": (["two"], metric(name)) for name in two}
questions |= {f"mlxtend:scoring({name})": (["two", "several"], metric(name)) for name in any}
golden(mlxtend.__version__, questions)

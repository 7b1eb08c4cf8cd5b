"""SciPy's correlations of true numbers and predictions. SciPy 1.17.1, NumPy 2.4.6."""

import scipy
from ask import golden
from scipy import stats


def asked(name, **arguments):
    return ["numbers"], lambda sample: getattr(stats, name)(sample["y_true"], sample["y_pred"], **arguments).statistic


golden(scipy.__version__, {
    "scipy:pearsonr": asked("pearsonr"),
    "scipy:spearmanr": asked("spearmanr"),
    "scipy:kendalltau": asked("kendalltau"),
    "scipy:kendalltau(variant='c')": asked("kendalltau", variant="c"),
    "scipy:somersd": asked("somersd"),
})

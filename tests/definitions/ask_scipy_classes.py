"""SciPy 1.17.1 on the samples of two classes."""

import scipy
from ask import golden
from scipy.stats import ks_2samp


def ks(sample):
    scores, truth = sample["y_score"], sample["y_true"]
    return ks_2samp(scores[truth == 1], scores[truth == 0]).statistic


golden(scipy.__version__, {"scipy:ks_2samp": (["two"], ks)})

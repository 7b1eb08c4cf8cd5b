"""PyCM 4.6 on the samples of several classes; one class alone, to which it adds another of its own, is left out."""

import pycm
from ask import golden
from pycm import ConfusionMatrix

names = ["Kappa", "Scott PI", "Gwet AC1", "Bennett S", "Krippendorff Alpha", "Overall MCC", "ACC Macro", "F1 Macro", "PPV Macro"]
names += ["TPR Macro", "TNR Macro", "AUNU", "CBA", "Bangdiwala B", "NIR"]


def statistic(name):
    def of(sample):
        if len({*sample["y_true"], *sample["y_pred"]}) < 2:
            raise ValueError("one class")
        return ConfusionMatrix(sample["y_true"].tolist(), sample["y_pred"].tolist()).overall_stat[name]

    return ["several"], of


golden(pycm.__version__, {f"pycm:{name}": statistic(name) for name in names})

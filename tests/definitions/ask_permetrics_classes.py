"""permetrics 2.1.0 on the samples of classes."""

import permetrics
from ask import golden
from permetrics import ClassificationMetric


def labels(name, **options):
    return lambda s: getattr(ClassificationMetric(s["y_true"], s["y_pred"]), name)(**options)


def scores(name):
    return lambda s: getattr(ClassificationMetric(s["y_true"], s["y_score"]), name)()


questions = {"permetrics:ROC": (["two"], scores("ROC")), "permetrics:CEL": (["several"], scores("CEL"))}
for name in ("PS", "RS", "F1S", "SS", "NPV", "JSI", "GMS", "MCC", "CKS", "LS"):
    questions[f"permetrics:{name}(binary)"] = ["two"], labels(name)
    for average in ("macro", "weighted"):
        questions[f"permetrics:{name}({average})"] = ["several"], labels(name, average=average)
golden(permetrics.__version__, questions)

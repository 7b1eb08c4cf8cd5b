"""TorchMetrics 1.9.0 on the samples of classes, in float32, with Debian's torch 1.13.1 (numpy 1.26)."""

import torch
import torchmetrics
import torchmetrics.classification as metrics
from ask import golden

# Debian's torch is older than the NumPy that it reads arrays of.
def tensor(values, dtype):
    return torch.tensor(values.tolist(), dtype=dtype)


def ask(name, given, several=False, **options):
    def of(sample):
        metric = getattr(metrics, name)(**({"num_classes": sample["classes"]} if several else {}), **options)
        dtype = torch.float32 if given == "y_score" else torch.int64
        return metric(tensor(sample[given], dtype), tensor(sample["y_true"], torch.int64))

    return ["several" if several else "two"], of


binary = ["Accuracy", "Precision", "Recall", "F1Score", "Specificity", "NegativePredictiveValue", "JaccardIndex"]
binary += ["HammingDistance", "CohenKappa", "AUROC", "AveragePrecision"]
questions = {f"torchmetrics:Binary{name}": ask(f"Binary{name}", "y_score") for name in binary}
questions["torchmetrics:BinaryMatthewsCorrCoef"] = ask("BinaryMatthewsCorrCoef", "y_pred")
for norm in ("l1", "l2", "max"):
    questions[f"torchmetrics:BinaryCalibrationError({norm})"] = ask("BinaryCalibrationError", "y_score", norm=norm)
for average in ("macro", "weighted", "micro"):
    for name in ("Accuracy", "Precision", "Recall", "F1Score", "Specificity", "JaccardIndex"):
        questions[f"torchmetrics:Multiclass{name}({average})"] = ask(f"Multiclass{name}", "y_pred", True, average=average)
for average in ("macro", "weighted"):
    for name in ("AUROC", "AveragePrecision"):
        questions[f"torchmetrics:Multiclass{name}({average})"] = ask(f"Multiclass{name}", "y_score", True, average=average)
for weights in ("none", "linear", "quadratic"):
    options = {} if weights == "none" else {"weights": weights}
    questions[f"torchmetrics:MulticlassCohenKappa({weights})"] = ask("MulticlassCohenKappa", "y_pred", True, **options)
for name, given in [("MatthewsCorrCoef", "y_pred"), ("HammingDistance", "y_pred"), ("CalibrationError", "y_score")]:
    questions[f"torchmetrics:Multiclass{name}"] = ask(f"Multiclass{name}", given, True)
golden(torchmetrics.__version__, questions)

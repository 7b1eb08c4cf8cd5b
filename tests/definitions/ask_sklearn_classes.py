"""scikit-learn 1.9.1 (numpy 2.4, scipy 1.17) on the samples of classes."""

import numpy as np
import sklearn
from ask import golden
from sklearn.metrics import (
    accuracy_score, auc, average_precision_score, balanced_accuracy_score, brier_score_loss, class_likelihood_ratios,
    cohen_kappa_score, d2_brier_score, d2_log_loss_score, f1_score, fbeta_score, hamming_loss, hinge_loss, jaccard_score,
    log_loss, matthews_corrcoef, precision_recall_curve, precision_score, recall_score, roc_auc_score, roc_curve,
    top_k_accuracy_score, zero_one_loss,
)

two, several, both = ["two"], ["several"], ["two", "several"]


def labels(function, **options):
    return lambda s: function(s["y_true"], s["y_pred"], **options)


def scores(function, **options):
    return lambda s: function(s["y_true"], s["y_score"], **options)


def classes(function, sign=1, dtype=float, **options):
    return lambda s: sign * function(s["y_true"], s["y_score"].astype(dtype), labels=np.arange(s["classes"]), **options)


def of_curve(function):
    return lambda s: function(*precision_recall_curve(s["y_true"], s["y_score"])[:2])


def ks(s):
    fpr, tpr, _ = roc_curve(s["y_true"], s["y_score"])
    return max(tpr - fpr)


def brier(sign=1, **options):
    return lambda s: sign * (
        brier_score_loss(s["y_true"], s["y_score"], pos_label=1, **options)
        if s["kind"] == "two"
        else brier_score_loss(s["y_true"], s["y_score"], labels=np.arange(s["classes"]), **options)
    )


def d2_brier(s):
    if s["kind"] == "two":
        return d2_brier_score(s["y_true"], s["y_score"], pos_label=1)
    return d2_brier_score(s["y_true"], s["y_score"], labels=np.arange(s["classes"]))


questions = {}
for name, function, options in [
    ("precision_score(", precision_score, {}), ("recall_score(", recall_score, {}), ("f1_score(", f1_score, {}),
    ("fbeta_score(beta=2, ", fbeta_score, {"beta": 2}), ("fbeta_score(beta=0.5, ", fbeta_score, {"beta": 0.5}),
    ("jaccard_score(", jaccard_score, {}),
]:
    for average in ("binary", "micro", "macro", "weighted"):
        kinds = two if average == "binary" else both
        questions[f"sklearn:{name}{average})"] = kinds, labels(function, average=average, **options)
for pairing, average in [("ovr", "macro"), ("ovr", "weighted"), ("ovr", "micro"), ("ovo", "macro"), ("ovo", "weighted")]:
    questions[f"sklearn:roc_auc_score({pairing}, {average})"] = (
        several, scores(roc_auc_score, multi_class=pairing, average=average)
    )
for average in ("macro", "weighted", "micro"):
    questions[f"sklearn:average_precision_score({average})"] = several, scores(average_precision_score, average=average)
for k in (2, 3, 5):
    questions[f"sklearn:top_k_accuracy_score(k={k})"] = several, classes(top_k_accuracy_score, k=k)
questions |= {
    "sklearn:accuracy_score": (both, labels(accuracy_score)),
    "sklearn:accuracy_score(normalize=False)": (both, labels(accuracy_score, normalize=False)),
    "sklearn:zero_one_loss": (both, labels(zero_one_loss)),
    "sklearn:hamming_loss": (both, labels(hamming_loss)),
    "sklearn:balanced_accuracy_score": (both, labels(balanced_accuracy_score)),
    "sklearn:balanced_accuracy_score(adjusted)": (both, labels(balanced_accuracy_score, adjusted=True)),
    "sklearn:matthews_corrcoef": (both, labels(matthews_corrcoef)),
    "sklearn:cohen_kappa_score": (both, labels(cohen_kappa_score)),
    "sklearn:cohen_kappa_score(linear)": (both, labels(cohen_kappa_score, weights="linear")),
    "sklearn:cohen_kappa_score(quadratic)": (both, labels(cohen_kappa_score, weights="quadratic")),
    "sklearn:recall_score(pos_label=0)": (two, labels(recall_score, labels=[0, 1], pos_label=0)),
    "sklearn:precision_score(pos_label=0)": (two, labels(precision_score, labels=[0, 1], pos_label=0)),
    "sklearn:f1_score(pos_label=0)": (two, labels(f1_score, labels=[0, 1], pos_label=0)),
    "sklearn:class_likelihood_ratios[0]": (two, lambda s: labels(class_likelihood_ratios, labels=[0, 1])(s)[0]),
    "sklearn:class_likelihood_ratios[1]": (two, lambda s: labels(class_likelihood_ratios, labels=[0, 1])(s)[1]),
    "sklearn:roc_auc_score": (two, scores(roc_auc_score)),
    "sklearn:gini": (two, lambda s: 2 * scores(roc_auc_score)(s) - 1),
    "sklearn:average_precision_score": (two, scores(average_precision_score)),
    "sklearn:auc(recall, precision)": (two, of_curve(lambda precision, recall: auc(recall, precision))),
    "sklearn:ks": (two, ks),
    "sklearn:max_f1": (two, lambda s: max(f1_score(s["y_true"], s["y_score"] >= t) for t in s["y_score"])),
    "sklearn:log_loss": (both, classes(log_loss)),
    "sklearn:log_loss(normalize=False)": (both, classes(log_loss, normalize=False)),
    "sklearn:neg_log_loss": (both, classes(log_loss, sign=-1)),
    "sklearn:log_loss(float32)": (both, classes(log_loss, dtype=np.float32)),
    "sklearn:d2_log_loss_score": (both, classes(d2_log_loss_score)),
    "sklearn:brier_score_loss": (both, brier()),
    "sklearn:neg_brier_score": (both, brier(sign=-1)),
    "sklearn:brier_score_loss(scale_by_half=False)": (two, brier(scale_by_half=False)),
    "sklearn:brier_score_loss(scale_by_half=True)": (several, brier(scale_by_half=True)),
    "sklearn:d2_brier_score": (both, d2_brier),
    "sklearn:hinge_loss": (two, scores(hinge_loss)),
}
golden(sklearn.__version__, questions)

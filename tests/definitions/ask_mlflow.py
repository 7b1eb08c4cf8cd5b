"""MLflow 3.17.2 on the samples of classes: the functions by which mlflow.models.evaluate makes its metrics, with all classes in label_list."""

import mlflow
import numpy as np
from ask import golden
from mlflow.models.evaluation.evaluators import classifier

two, several, both = ["two"], ["several"], ["two", "several"]


def metrics(sample, scored):
    given = {"y_true": sample["y_true"], "y_pred": sample["y_pred"], "labels": np.arange(sample["classes"])}
    scores = sample["y_score"] if scored else None
    if sample["kind"] == "several":
        return classifier._get_multiclass_classifier_metrics(**given, y_proba=scores)
    if scored:
        scores = np.stack([1 - scores, scores], axis=1)
    return classifier._get_binary_classifier_metrics(**given, y_proba=scores, pos_label=1)


def metric(name, scored=False):
    return lambda s: metrics(s, scored)[name]


def curve(kind):
    return lambda s: classifier._gen_classifier_curve(True, s["y_true"], s["y_score"], [0, 1], 1, kind, None).auc


def loss(sample):
    scores = sample["y_score"] if sample["kind"] == "several" else np.stack([1 - sample["y_score"], sample["y_score"]], axis=1)
    return classifier._get_common_classifier_metrics(
        y_true=sample["y_true"], y_pred=sample["y_pred"], y_proba=scores, labels=np.arange(sample["classes"]),
        average="weighted", pos_label=None, sample_weights=None,
    )["log_loss"]


names = ("accuracy_score", "precision_score", "recall_score", "f1_score")
golden(mlflow.__version__, {f"mlflow:{name}": (both, metric(name)) for name in names} | {
    "mlflow:log_loss": (both, loss),
    "mlflow:roc_auc": (two, curve("roc")),
    "mlflow:roc_auc(several)": (several, metric("roc_auc", scored=True)),
    "mlflow:precision_recall_auc": (two, curve("pr")),
})

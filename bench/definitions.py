"""Milliseconds that scikit-learn takes for its own metrics of predicted classes: python definitions.py SAMPLES CLASSES."""

import sys
import time
import warnings

import numpy as np
from sklearn import metrics

samples, classes = int(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(1)
if classes == 2:
    score = np.round(rng.random(samples), 4)
    truth = (rng.random(samples) < score).astype(int)
    guess = (score > 0.5).astype(int)
else:
    truth = rng.integers(0, classes, samples)
    score = rng.random((samples, classes)) + 0.5 * np.eye(classes)[truth]
    score /= score.sum(axis=1, keepdims=True)
    guess = score.argmax(axis=1)


def of_averages(function, **more):
    averages = ["micro", "macro", "weighted"] + (["binary"] if classes == 2 else [])
    for average in averages:
        function(truth, guess, average=average, **more)


warnings.simplefilter("ignore")
start = time.perf_counter()
metrics.accuracy_score(truth, guess)
metrics.balanced_accuracy_score(truth, guess)
metrics.balanced_accuracy_score(truth, guess, adjusted=True)
for function in (metrics.precision_score, metrics.recall_score, metrics.f1_score, metrics.jaccard_score):
    of_averages(function)
for beta in (0.5, 2):
    of_averages(metrics.fbeta_score, beta=beta)
metrics.matthews_corrcoef(truth, guess)
for weights in (None, "linear", "quadratic"):
    metrics.cohen_kappa_score(truth, guess, weights=weights)
metrics.hamming_loss(truth, guess)
metrics.zero_one_loss(truth, guess)
metrics.log_loss(truth, score)
metrics.brier_score_loss(truth, score)
metrics.d2_log_loss_score(truth, score)
if classes == 2:
    metrics.roc_auc_score(truth, score)
    metrics.average_precision_score(truth, score)
    precision, recall, _ = metrics.precision_recall_curve(truth, score)
    metrics.auc(recall, precision)
    metrics.roc_curve(truth, score)
    metrics.class_likelihood_ratios(truth, guess)
else:
    for how in ("ovr", "ovo"):
        for average in ("macro", "weighted"):
            metrics.roc_auc_score(truth, score, multi_class=how, average=average)
    for average in ("micro", "macro", "weighted"):
        metrics.average_precision_score(truth, score, average=average)
    metrics.top_k_accuracy_score(truth, score)
print((time.perf_counter() - start) * 1000)

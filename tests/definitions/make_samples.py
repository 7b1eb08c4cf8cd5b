"""Writes samples.json: the predictions that every definition is compared with its library on.

200 generated samples of two classes, 200 of several and 200 of numbers, with ties, imbalance, rare and absent classes and
constants among them; and three real data sets with what a real model predicted for samples that it had not seen.
Labels are 0, 1, ...; of two classes 1 is the positive one and y_score is its probability; of several y_score has a row a
sample and a column a class. Run: PYTHON make_samples.py > samples.json, with NumPy 2.4 and scikit-learn 1.9.
"""

import json

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import train_test_split

random = np.random.default_rng(20261128)


def two_classes(i):
    n = int(random.integers(4, 31))
    share = [0.5, 0.5, 0.2, 0.1, 0.9][i % 5]
    y_true = (random.random(n) < share).astype(int)
    if i % 20 == 7:
        y_true[:] = 0
    if i % 20 == 17:
        y_true[:] = 1
    score = 1 / (1 + np.exp(-random.normal(y_true * [0, 1, 3][i % 3] - 0.5, 1)))
    # Whole tenths tie; thousandths hardly ever; every digit never.
    score = [score, np.round(score, 1), np.round(score, 3)][i % 3 if i % 4 else 1]
    if i % 25 == 3:
        score[:] = 0.5
    if i % 25 == 13:
        score = y_true.astype(float)
    y_pred = (score >= 0.5).astype(int) if i % 6 else (random.random(n) < 0.5).astype(int)
    return {"kind": "two", "y_true": y_true.tolist(), "y_pred": y_pred.tolist(), "y_score": score.tolist(), "classes": 2}


def several_classes(i):
    classes = int(random.integers(3, 6))
    n = int(random.integers(classes + 1, 31))
    weights = random.dirichlet(np.full(classes, [5, 1, 0.3][i % 3]))
    y_true = random.choice(classes, n, p=weights)
    # Every class occurs in most samples; in the others one is absent, or rare.
    if i % 4:
        y_true[:classes] = np.arange(classes)
    if i % 20 == 9:
        y_true[:] = y_true[0]
    logits = random.normal(0, 1, (n, classes)) + np.eye(classes)[y_true] * [0, 1, 3][i % 3]
    score = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    if i % 3 == 1:
        # Quarters, which tie.
        score = np.array([random.multinomial(4, row) for row in score]) / 4
    y_pred = score.argmax(axis=1)
    if i % 6 == 5:
        y_pred = random.choice(classes, n)
    return {
        "kind": "several", "y_true": y_true.tolist(), "y_pred": y_pred.tolist(), "y_score": score.tolist(), "classes": classes,
    }


def numbers(i):
    n = int(random.integers(2, 31))
    y_true = [
        random.normal(0, 1, n), random.gamma(2, 10, n), random.normal(1e6, 1, n), random.integers(0, 6, n).astype(float),
        random.integers(-3, 4, n).astype(float), np.exp(random.normal(0, 3, n)),
    ][i % 6]
    y_pred = y_true + random.normal(0, np.std(y_true) * 0.5 + 0.1, n)
    if i % 6 in (1, 5):
        y_pred = np.abs(y_pred)
    if i % 6 in (3, 4):
        y_pred = np.round(y_pred)
    if i % 20 == 11:
        y_true[:] = y_true[0]
    if i % 20 == 16:
        y_pred[:] = y_pred[0]
    if i % 40 == 19:
        y_pred = y_true.copy()
    return {"kind": "numbers", "y_true": y_true.tolist(), "y_pred": y_pred.tolist()}


def real_classes(name, load, classes):
    x, y = load(return_X_y=True)
    train, test, y_train, y_true = train_test_split(x, y, test_size=0.3, random_state=1, stratify=y)
    model = LogisticRegression(C=0.001, max_iter=300).fit(train, y_train)
    score = np.round(model.predict_proba(test), 6)
    if classes > 2:
        score[:, -1] = 1 - score[:, :-1].sum(axis=1)
    return {
        "kind": "two" if classes == 2 else "several", "name": name, "y_true": y_true.tolist(),
        "y_pred": model.predict(test).tolist(), "y_score": (score[:, 1] if classes == 2 else score).tolist(), "classes": classes,
    }


def real_numbers(name):
    x, y = load_diabetes(return_X_y=True)
    train, test, y_train, y_true = train_test_split(x, y, test_size=0.5, random_state=1)
    return {
        "kind": "numbers", "name": name, "y_true": y_true.tolist(),
        "y_pred": np.round(Ridge().fit(train, y_train).predict(test), 6).tolist(),
    }


samples = [make(i) for make in (two_classes, several_classes, numbers) for i in range(200)]
samples += [
    real_classes("breast cancer", load_breast_cancer, 2),
    real_classes("handwritten digits", load_digits, 10),
    real_numbers("diabetes"),
]
print("[")
print(",\n".join(json.dumps(sample, separators=(",", ":")) for sample in samples))
print("]")

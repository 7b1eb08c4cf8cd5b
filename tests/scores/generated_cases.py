"""Prints 1,000 generated cases (JSON lines) with scikit-learn's scores of each; the seed makes them the same on every run.

With the argument `weighted` each sample has a weight, in some cases 0.
"""

import json
import sys

import numpy as np

sys.dont_write_bytecode = True
from oracle import scores  # noqa: E402

WORDS = ["", " ", "Ä", "a", "b", "z", "zürich", "été", "naïve", "東京", "﷽", "\uffee", "😀", "🧪", "𝔘", "cat", "dog", "Z", "10", "9"]


def label_set(random, count):
    kind = random.choice(["words", "integers", "zero_to_n", "booleans"])
    if kind == "booleans" and count <= 2:
        return [bool(value) for value in random.permutation([False, True])[:count]]
    if kind == "words":
        return [str(word) for word in random.choice(WORDS, size=count, replace=False)]
    if kind == "integers":
        return [int(value) for value in random.choice(np.arange(-20, 200), size=count, replace=False)]
    return list(range(count))


def sample_size(random):
    return int(random.choice([1, 2, 3, int(random.integers(4, 30)), int(random.integers(30, 300)), 1500], p=[0.08, 0.08, 0.08, 0.36, 0.37, 0.03]))


def classification_case(random, number):
    count = int(random.choice([1, 2, 2, 2, 3, 4, int(random.integers(5, 13))]))
    labels = sorted(label_set(random, count))
    n = sample_size(random)
    frequency = random.dirichlet(np.full(count, random.choice([0.1, 1, 10])))
    true_codes = random.choice(count, size=n, p=frequency)
    skill = random.choice([0, 0.5, 0.9, 1])
    pred_codes = np.where(random.random(n) < skill, true_codes, random.choice(count, size=n))
    if random.random() < 0.1:
        pred_codes[:] = random.integers(count)
    case = {
        "name": f"generated classification {number}",
        "kind": "classification",
        "y_true": [labels[code] for code in true_codes],
        "y_pred": [labels[code] for code in pred_codes],
    }
    named = random.random() < 0.5
    present = labels if named else [labels[code] for code in np.unique(np.concatenate([true_codes, pred_codes]))]
    if named:
        case["labels"] = labels
    if len(present) <= 2:
        case["positive"] = positive_of(random, present)
    if random.random() < 0.8:
        case["y_score"] = probabilities(random, case["y_true"], present)
    return case


def positive_of(random, labels):
    if len(labels) == 1 and type(labels[0]) is not str and labels[0] in (-1, 0):
        return True if labels[0] is False else 1
    if len(labels) == 2 and random.random() < 0.3:
        return labels[0]
    return labels[-1]


def probabilities(random, y_true, labels):
    n, count = len(y_true), len(labels)
    form = random.choice(["fine", "ties", "constant", "extreme", "uneven"], p=[0.4, 0.3, 0.05, 0.15, 0.1])
    if count <= 2:
        score = random.random(n)
        if form == "ties":
            score = np.round(score, 1)
        elif form == "constant":
            score[:] = 0.5
        elif form == "extreme":
            score = random.choice([0, 1, 1e-300, 1e-17, 1 - 2**-53, 0.5, -0.0], size=n)
        return [float(value) for value in score]
    weight = random.random((n, count)) + (np.asarray(y_true)[:, None] == np.asarray(labels)[None, :])
    if form == "ties":
        weight = np.round(weight * 2) + 1
    elif form == "constant":
        weight[:] = 1
    elif form == "extreme":
        weight = np.eye(count)[random.integers(count, size=n)]
    score = weight / weight.sum(axis=1, keepdims=True)
    if form == "uneven":
        score = score * random.choice([1 - 1e-7, 1 - 1e-3, 0.5])
    return [[float(value) for value in row] for row in score]


def regression_case(random, number):
    n = sample_size(random)
    level = random.choice([0, 1, -1e3, 1e9, 1e-9])
    spread = random.choice([0, 1, 100, 1e-3])
    y_true = level + spread * random.standard_normal(n)
    if random.random() < 0.2:
        y_true = np.round(y_true)
    y_pred = y_true + random.choice([0, 0.01, 1, 50]) * random.standard_normal(n) + random.choice([0, 0, 3])
    return {
        "name": f"generated regression {number}",
        "kind": "regression",
        "y_true": [float(value) for value in y_true],
        "y_pred": [float(value) for value in y_pred],
    }


def weights(random, n):
    form = random.choice(["uniform", "zeros", "integers", "equal", "uneven"])
    if form == "uniform":
        found = random.random(n) + 1e-3
    elif form == "zeros":
        found = np.where(random.random(n) < 0.4, 0, random.random(n))
    elif form == "integers":
        found = random.integers(0, 4, size=n)
    elif form == "equal":
        found = np.full(n, random.choice([1, 0.5, 3]))
    else:
        found = np.exp(3 * random.standard_normal(n))
    if not np.any(found > 0):
        found[0] = 1
    return [float(value) for value in found]


def main():
    random = np.random.default_rng(20261123)
    for number in range(1000):
        case = classification_case(random, number) if number % 10 < 7 else regression_case(random, number)
        if "weighted" in sys.argv[1:]:
            case["weights"] = weights(random, len(case["y_true"]))
        case["expected"] = scores(case)
        sys.stdout.write(json.dumps(case) + "\n")


main()

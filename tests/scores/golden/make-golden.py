"""Makes the golden files of this folder: cases with scikit-learn's scores, for where there is no Python.

    python tests/scores/golden/make-golden.py                 writes real-data.json and edge-cases.json
    python tests/scores/golden/make-golden.py --print FILE    prints what that file would hold, made anew
    python tests/scores/golden/make-golden.py --rescore FILE  prints scikit-learn's scores of the cases that the file holds
"""

import json
import pathlib
import sys

import numpy as np
from sklearn import datasets
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

folder = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(folder.parent))
from oracle import scores  # noqa: E402


def real_data():
    classifiers = {
        "logistic regression": lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)),
        "random forest": lambda: RandomForestClassifier(n_estimators=30, random_state=0),
        "naive Bayes": GaussianNB,
        "five neighbours": KNeighborsClassifier,
        "most frequent class": lambda: DummyClassifier(strategy="most_frequent"),
    }
    chosen = [
        ("iris", datasets.load_iris, list(classifiers)),
        ("wine", datasets.load_wine, list(classifiers)),
        ("breast cancer", datasets.load_breast_cancer, list(classifiers)),
        ("digits", datasets.load_digits, ["naive Bayes", "five neighbours"]),
    ]
    for data_name, load, models in chosen:
        data = load()
        names = [str(name) for name in data.target_names]
        y = data.target if data_name in ("breast cancer", "digits") else np.asarray(names)[data.target]
        X_train, X_test, y_train, y_test = train_test_split(data.data, y, test_size=0.4, random_state=1, stratify=y)
        for model_name in models:
            model = classifiers[model_name]().fit(X_train, y_train)
            probability = model.predict_proba(X_test)
            case = {
                "name": f"{data_name}, {model_name}",
                "kind": "classification",
                "y_true": y_test.tolist(),
                "y_pred": model.predict(X_test).tolist(),
            }
            if len(model.classes_) == 2:
                case |= {"positive": 1, "y_score": probability[:, 1].tolist()}
            else:
                case |= {"labels": model.classes_.tolist(), "y_score": probability.tolist()}
            yield case

    X, y = datasets.load_diabetes(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.4, random_state=1)
    for model_name, model in (
        ("linear regression", LinearRegression()),
        ("random forest", RandomForestRegressor(n_estimators=30, random_state=0)),
    ):
        model.fit(X_train, y_train)
        yield {
            "name": f"diabetes, {model_name}",
            "kind": "regression",
            "y_true": y_test.tolist(),
            "y_pred": model.predict(X_test).tolist(),
        }


def edge_cases():
    def classes(name, y_true, y_pred, **more):
        return {"name": name, "kind": "classification", "y_true": y_true, "y_pred": y_pred, **more}

    def numbers(name, y_true, y_pred):
        return {"name": name, "kind": "regression", "y_true": y_true, "y_pred": y_pred}

    half = [0.5, 0.5, 0.5, 0.5]
    thirds = [[0.8, 0.1, 0.1], [0.2, 0.5, 0.3], [0.2, 0.6, 0.2], [0.1, 0.2, 0.7]]
    yield classes("a perfect classifier", [0, 1, 1, 0], [0, 1, 1, 0], positive=1, y_score=[0, 1, 1, 0])
    yield classes("always wrong", [0, 1, 1, 0], [1, 0, 0, 1], positive=1, y_score=[1, 0, 0, 1])
    yield classes("one sample", ["a"], ["a"], positive="a", y_score=[0.7])
    yield classes("one wrong sample", ["a"], ["b"], positive="b", y_score=[0.7])
    yield classes("all samples negative", [0, 0, 0], [0, 0, 0], positive=1, y_score=[0.1, 0.2, 0.3])
    yield classes("all samples negative, one false alarm", [0, 0, 0], [0, 1, 0], positive=1, y_score=[0.1, 0.7, 0.3])
    yield classes("all samples positive", [1, 1, 1], [1, 1, 1], positive=1, y_score=[0.9, 0.8, 0.7])
    yield classes("all samples positive, one missed", [1, 1, 1], [1, 0, 1], positive=1, y_score=[0.9, 0.2, 0.7])
    yield classes("never predicted positive", [0, 1, 1, 0], [0, 0, 0, 0], positive=1, y_score=half)
    yield classes("found none, with false alarms", [0, 1, 1, 0], [1, 0, 0, 0], positive=1, y_score=half)
    yield classes("booleans", [True, False, True], [True, True, False], positive=True, y_score=[0.9, 0.6, 0.4])
    yield classes("minus one and one", [-1, 1, -1, 1], [-1, 1, 1, 1], positive=1, y_score=[0.1, 0.6, 0.6, 0.9])
    yield classes("the lesser label positive", ["cat", "dog", "dog"], ["cat", "dog", "cat"], positive="cat", y_score=[0.9, 0.2, 0.6])
    yield classes("zero and minus zero tie", [0, 1, 0, 1], [0, 1, 0, 1], positive=1, y_score=[0.0, -0.0, 0.0, 1.0])
    yield classes("certain and wrong", [0, 1], [1, 0], positive=1, y_score=[1.0, 0.0])
    yield classes("neighbours of 1 do not tie", [0, 1], [1, 1], positive=1, y_score=[1 - 2**-53, 1.0])
    yield classes("above U+FFFF after U+FFxx", ["\uffee", "😀", "a", "😀"], ["😀", "😀", "a", "\uffee"])
    yield classes("numbers by value, not as text", [10, 9, 2, 10], [10, 2, 2, 9])
    yield classes("texts that look like numbers", ["10", "9", "2", "10"], ["10", "2", "2", "9"])
    yield classes("a class predicted but never true", ["a", "a", "b"], ["a", "c", "b"])
    yield classes("a class true but never predicted", ["a", "c", "b"], ["a", "a", "b"])
    yield classes("nothing in common", ["a", "a", "b"], ["c", "d", "c"])
    yield classes("three classes", [0, 1, 2, 2], [0, 1, 1, 2], y_score=thirds)
    yield classes("a class absent from y_true", [0, 1, 1, 0], [0, 1, 2, 0], y_score=thirds)
    yield classes("a named class absent altogether", [0, 1, 1, 0], [0, 1, 1, 0], labels=[0, 1, 2], y_score=thirds)
    yield classes("one class of three in y_true", [2, 2, 2, 2], [0, 1, 2, 2], y_score=thirds)
    uneven = [[value * 0.9 for value in row] for row in thirds]
    yield classes("rows that do not sum to 1", [0, 1, 2, 2], [0, 1, 1, 2], y_score=uneven)
    slightly = [[value * (1 - 1e-6) for value in row] for row in thirds]
    yield classes("rows that nearly sum to 1", [0, 1, 2, 2], [0, 1, 1, 2], y_score=slightly)
    short = [[value * (1 - 1e-4) for value in row] for row in thirds]
    yield classes("rows that fall short of 1 by a ten-thousandth", [0, 1, 2, 2], [0, 1, 1, 2], y_score=short)
    yield classes("a probability above 1", [0, 1, 1, 0], [0, 1, 1, 0], positive=1, y_score=[0.1, 1.5, 0.8, 0.3])
    yield classes("a probability below 0", [0, 1, 1, 0], [0, 1, 1, 0], positive=1, y_score=[-0.1, 0.5, 0.8, -0.3])
    yield classes("a constant prediction of three", [0, 1, 2, 2], [2, 2, 2, 2], y_score=thirds)
    yield classes("imbalance", [0] * 999 + [1], [0] * 998 + [1, 1], positive=1, y_score=[i / 1000 for i in range(1000)])

    yield numbers("one number", [3.0], [2.5])
    yield numbers("one number, exact", [3.0], [3.0])
    yield numbers("two numbers", [1.0, 2.0], [1.5, 2.5])
    yield numbers("constant and exact", [5.0, 5.0, 5.0], [5.0, 5.0, 5.0])
    yield numbers("constant and inexact", [5.0, 5.0, 5.0], [5.0, 5.0, 6.0])
    yield numbers("constant 0.1, whose mean is rounded", [0.1, 0.1, 0.1], [0.1, 0.2, 0.3])
    yield numbers("constant with a constant offset", [5.0, 5.0, 5.0], [7.0, 7.0, 7.0])
    yield numbers("a constant offset", [1.0, 2.0, 4.0], [2.0, 3.0, 5.0])
    yield numbers("exact", [1.0, 2.0, 4.0], [1.0, 2.0, 4.0])
    yield numbers("zeros in y_true", [0.0, 1.0, -0.0], [1.0, 1.0, 0.0])
    yield numbers("tiny values in y_true", [1e-300, 1e-17, 1.0], [1.0, 1e-17, 1.0])
    yield numbers("far from zero", [1e9 + i / 7 for i in range(50)], [1e9 + i / 7 + (i % 3 - 1) / 9 for i in range(50)])
    yield numbers("squares that overflow", [1e200, 2e200, -1e200], [0.0, 0.0, 0.0])
    yield numbers("an even number of errors", [0.0, 0.0, 0.0, 0.0], [1.0, -2.0, 3.0, -4.0])


files = {"real-data.json": real_data, "edge-cases.json": edge_cases}


def make(name):
    return "[\n" + ",\n".join(json.dumps(case | {"expected": scores(case)}, ensure_ascii=False) for case in files[name]()) + "\n]\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    if sys.argv[1:2] == ["--print"]:
        sys.stdout.write(make(sys.argv[2]))
    elif sys.argv[1:2] == ["--rescore"]:
        cases = json.loads((folder / sys.argv[2]).read_text(encoding="utf-8"))
        print(json.dumps([scores(case) for case in cases]))
    else:
        for name in files:
            (folder / name).write_text(make(name), encoding="utf-8", newline="\n")

#!/usr/bin/env bash
# CatBoost 1.2.10 orders class labels that are texts as numbers where they read as numbers: of the classes "8", "9" and "10" its classes_,
# and with them the columns of predict_proba, are in the order 8, 9, 10. scikit-learn's own estimators sort texts as texts: 10, 8, 9. A program
# that takes the columns of one for those of the other scores every class with another's probabilities; a perfect model gets a ROC AUC near 0.
# Seen: catboost ['8', '9', '10'], scikit-learn ['10', '8', '9']. Fails where either changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
  catboost==1.2.10 numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 scikit-learn==1.9.1 joblib==1.6.0 cloudpickle==3.1.3 threadpoolctl==3.8.0 \
  python-dateutil==4.0.0 six==1.17.0 tzdata==2026.6 narwhals==2.29.0
"$folder/venv/bin/python" - <<'PYTHON'
import catboost
import numpy as np
import sklearn
from catboost import CatBoostClassifier
from sklearn.linear_model import LogisticRegression

texts = np.array(["9", "10", "8"] * 20)
X = np.array([[9.0], [10.0], [8.0]] * 20)
ours = CatBoostClassifier(iterations=5, verbose=False, allow_writing_files=False).fit(X, texts)
theirs = LogisticRegression().fit(X, texts)
print("catboost", catboost.__version__, ours.classes_.tolist())
print("scikit-learn", sklearn.__version__, theirs.classes_.tolist())
assert ours.classes_.tolist() == ["8", "9", "10"]
assert theirs.classes_.tolist() == ["10", "8", "9"]
PYTHON

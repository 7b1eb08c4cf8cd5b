#!/usr/bin/env bash
# mlflow.sklearn.log_model of MLflow 3.17.2 writes a model by skops, and reads it back at once. skops 0.16.0 counts the nodes of a
# scikit-learn tree among the types that nobody is to trust unasked, so that with the defaults of both every decision tree and every
# forest raises MlflowException, and a linear model does not. mlflow.sklearn.autolog logs the same forest without a word: it goes by
# cloudpickle. A script that worked with a linear model ends at the first forest, after its training.
# Seen: LogisticRegression logged, DecisionTreeClassifier refused, RandomForestClassifier refused; autolog logged a RandomForestClassifier.
# Fails where that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check mlflow==3.17.2 skops==0.16.0 scikit-learn==1.9.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON' 2> /dev/null | tee seen
import mlflow
from mlflow.exceptions import MlflowException
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

mlflow.set_tracking_uri("sqlite:///mlflow.db")
X, y = load_iris(return_X_y=True)
for model in LogisticRegression(max_iter=500), DecisionTreeClassifier(), RandomForestClassifier(n_estimators=3):
    model.fit(X, y)
    with mlflow.start_run():
        try:
            mlflow.sklearn.log_model(model, name="model")
            print(type(model).__name__, "logged")
        except MlflowException:
            print(type(model).__name__, "refused")
mlflow.sklearn.autolog()
with mlflow.start_run() as run:
    RandomForestClassifier(n_estimators=3).fit(X, y)
print("autolog", len(mlflow.get_run(run.info.run_id).outputs.model_outputs))
PYTHON
grep -v '^[^A-Za-z]' seen > lines
printf 'LogisticRegression logged\nDecisionTreeClassifier refused\nRandomForestClassifier refused\nautolog 1\n' | diff - lines

#!/usr/bin/env bash
# CatBoost 1.2.10: the metric Kappa of samples that are all of one class, and all predicted as such, is -1, the worst value there is, where
# scikit-learn has NaN (0 / 0). Its metric Recall without positives is 1, so that of the very same predictions Recall is perfect and Kappa as
# bad as can be, and early stopping on Kappa prefers a model that is wrong (0) to one that is right (-1).
# Seen: Kappa -1, Recall 1, F1 1, and Kappa 0 with one sample missed. Fails where one of them changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
  catboost==1.2.10 numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 python-dateutil==4.0.0 six==1.17.0 tzdata==2026.6
"$folder/venv/bin/python" - <<'PYTHON'
from catboost.utils import eval_metric

right = {name: eval_metric([0, 0, 0, 0], [-1, -1, -1, -1], name)[0] for name in ("Kappa", "Recall", "F1")}
wrong = eval_metric([0, 0, 0, 0], [-1, -1, -1, 1], "Kappa")[0]
print("all right:", right, "one wrong: Kappa", wrong)
assert right == {"Kappa": -1.0, "Recall": 1.0, "F1": 1.0} and wrong == 0.0
PYTHON

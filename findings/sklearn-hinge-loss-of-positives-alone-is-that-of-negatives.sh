#!/usr/bin/env bash
# scikit-learn 1.9.1: hinge_loss of samples that are all of the positive class takes them for negatives. A lone class becomes -1, and of two
# classes `labels` is not looked at, so that a batch with perfect decision values of 3 and 4 has a loss of 4.5 instead of 0.
# Seen: 4.5, and 4.5 with labels=[0, 1]. Fails where either changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
  numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 joblib==1.6.0 threadpoolctl==3.8.0 cloudpickle==3.1.3 narwhals==2.29.0
"$folder/venv/bin/python" - <<'PYTHON'
from sklearn.metrics import hinge_loss

plain, named = hinge_loss([1, 1], [3.0, 4.0]), hinge_loss([1, 1], [3.0, 4.0], labels=[0, 1])
print("hinge_loss of two perfect positives", plain, "with labels=[0, 1]", named)
assert plain == named == 4.5
PYTHON

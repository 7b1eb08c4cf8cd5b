#!/usr/bin/env bash
# Keras 3.15.0: metrics.F1Score() of a model with one sigmoid output does not depend on what the model says. Without a threshold the greatest
# score of a row is positive, and a row of one column has no other: F1 is that of a model that says positive each time. With
# threshold=0.5 it is what its users mean.
# Seen: 0.6667 for perfect scores, for reversed ones and for constant ones; 1.0 and 0.0 with threshold=0.5. Fails where one of them changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
  absl-py==2.5.1 h5py==3.16.0 keras==3.15.0 markdown-it-py==4.3.0 mdurl==0.1.2 ml_dtypes==0.6.0 namex==0.1.0 numpy==2.4.6 \
  jax==0.10.2 jaxlib==0.10.2 opt_einsum==3.4.0 optree==0.20.0 packaging==26.4 Pygments==2.21.0 rich==15.0.0 scipy==1.17.1 typing_extensions==4.16.0
KERAS_BACKEND=numpy "$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
from keras.metrics import F1Score

truth = np.array([[0.0], [1.0], [0.0], [1.0]])
def f1(scores, **options):
    return round(float(np.ravel(F1Score(**options)(truth, np.array(scores)[:, None]))[0]), 4)

perfect, reverse, constant = [0.1, 0.9, 0.2, 0.8], [0.9, 0.1, 0.8, 0.2], [0.4, 0.4, 0.4, 0.4]
print("F1Score():", f1(perfect), f1(reverse), f1(constant), "threshold=0.5:", f1(perfect, threshold=0.5), f1(reverse, threshold=0.5))
assert f1(perfect) == f1(reverse) == f1(constant) == 0.6667
assert f1(perfect, threshold=0.5) == 1.0 and f1(reverse, threshold=0.5) == 0.0
PYTHON

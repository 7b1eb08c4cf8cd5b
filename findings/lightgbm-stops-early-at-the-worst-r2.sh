#!/bin/sh
# LightGBM 4.7.0 has a metric r2, but takes it for an error: is_higher_better is False, so early stopping keeps the iteration with
# the lowest R2, which is the first. Training with metric="l2" on the same data goes on for many iterations, to a far better R2.
# Without early stopping nothing is wrong with the number itself.
# Seen with lightgbm 4.7.0, numpy 2.4.6 and scikit-learn 1.9.1 on Python 3.11:
#   is_higher_better of r2: False
#   best iteration by r2: 1, R2 0.14
#   best iteration by l2: 27, R2 0.86
# Fails when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check lightgbm==4.7.0 numpy==2.4.6 scikit-learn==1.9.1
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import lightgbm
import numpy as np
from sklearn.metrics import r2_score

random = np.random.default_rng(0)
x = random.normal(size=(400, 3))
y = x[:, 0] * 3 + random.normal(size=400)


def train(metric):
    fitted = lightgbm.Dataset(x[:200], y[:200])
    settings = {"objective": "regression", "metric": metric, "verbosity": -1, "deterministic": True, "num_threads": 1}
    stop = lightgbm.early_stopping(5, verbose=False)
    callbacks = [stop, lambda env: seen.append(env.evaluation_result_list[0])]
    return lightgbm.train(settings, fitted, 200, valid_sets=[fitted.create_valid(x[200:], y[200:])], callbacks=callbacks)


seen = []
train("r2")
print("is_higher_better of r2:", seen[0][3])
for metric in "r2", "l2":
    model = train(metric)
    r2 = r2_score(y[200:], model.predict(x[200:], num_iteration=model.best_iteration))
    print(f"best iteration by {metric}: {model.best_iteration}, R2 {r2:.2f}")
PYTHON
cat "$folder/seen"
printf 'is_higher_better of r2: False\nbest iteration by r2: 1, R2 0.14\nbest iteration by l2: 27, R2 0.86\n' | diff - "$folder/seen"

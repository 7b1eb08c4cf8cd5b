#!/bin/sh
# statsmodels 0.15.0's rmspe ("root mean squared percentage error") multiplies by 100 inside of the square root, so its answer is ten
# times the fraction and a tenth of the percentage. Predictions that are all 20% too high have an rmspe of 2. It leaves out true
# values of 0, which sktime and scikit-learn divide by a tiny number.
# Seen with statsmodels 0.15.0 and numpy 2.4.6 on Python 3.11:
#   all 20% too high: 2.0000
#   with a true value of 0: 2.0000
# Fails when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check statsmodels==0.15.0 numpy==2.4.6
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import numpy as np
from statsmodels.tools.eval_measures import rmspe

truth = np.array([1.0, 2.0, 5.0])
print(f"all 20% too high: {rmspe(truth, 1.2 * truth):.4f}")
print(f"with a true value of 0: {rmspe(np.append(truth, 0.0), np.append(1.2 * truth, 3.0)):.4f}")
PYTHON
cat "$folder/seen"
printf 'all 20%% too high: 2.0000\nwith a true value of 0: 2.0000\n' | diff - "$folder/seen"

#!/bin/sh
# torchmetrics 1.9.0's r2_score takes a sum of squares below 0.0001 for 0. So any predictions whose squared errors sum up to less
# have an R2 of exactly 1, and targets in a small unit (metres for millimetres, a daily return) look perfectly predicted. Here the
# predictions are in the wrong order, and scikit-learn's R2 is -3. The same data times 1000 gives -3 in torchmetrics too.
# Seen with torchmetrics 1.9.0 on torch 1.13.1, from Debian's package python3-torch, which the script needs for /usr/bin/python3:
#   r2_score: 1.0
#   of the same data times 1000: -3.0
# Fails when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install -q --disable-pip-version-check --no-deps --target "$folder/packages" \
  torchmetrics==1.9.0 lightning-utilities==0.15.3 packaging==26.4 typing_extensions==4.16.0
PYTHONPATH="$folder/packages" /usr/bin/python3 - > "$folder/seen" <<'PYTHON'
import torch
from torchmetrics.functional import r2_score

truth = torch.tensor([0.001, 0.002, 0.003, 0.004], dtype=torch.float64)
predictions = truth.flip(0)
print(f"r2_score: {r2_score(predictions, truth).item()}")
print(f"of the same data times 1000: {r2_score(1000 * predictions, 1000 * truth).item()}")
PYTHON
cat "$folder/seen"
printf 'r2_score: 1.0\nof the same data times 1000: -3.0\n' | diff - "$folder/seen"

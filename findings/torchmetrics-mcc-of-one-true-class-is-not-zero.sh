#!/usr/bin/env bash
# torchmetrics 1.9.0: BinaryMatthewsCorrCoef of a y_true that has one class is no longer 0 (as in scikit-learn) where some samples are missed,
# but a number of a formula of its own: of four positives of which three are found 0.577, of which one is found -0.577. Of the same samples
# MulticlassMatthewsCorrCoef(3) gives 0. A number that looks like a good correlation is then the mark of a degenerate batch.
# Seen: 0.5774, -0.5774 and 0.0. Fails where one of them changes. Needs Python 3.11 with torch (Debian: python3-torch 1.13.1, numpy < 2).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
/usr/bin/python3 -m pip install -q --disable-pip-version-check --root-user-action ignore --no-deps --target "$folder" \
  torchmetrics==1.9.0 lightning-utilities==0.15.2 packaging==25.0 typing_extensions==4.15.0 setuptools==80.9.0 numpy==1.26.4
PYTHONPATH="$folder" /usr/bin/python3 - <<'PYTHON'
from torch import tensor
from torchmetrics.classification import BinaryMatthewsCorrCoef, MulticlassMatthewsCorrCoef

truth, three, one = tensor([1, 1, 1, 1]), tensor([1, 1, 1, 0]), tensor([1, 0, 0, 0])
found = [BinaryMatthewsCorrCoef()(three, truth), BinaryMatthewsCorrCoef()(one, truth), MulticlassMatthewsCorrCoef(3)(three, truth)]
print([round(value.item(), 4) for value in found])
assert [round(value.item(), 4) for value in found] == [0.5774, -0.5774, 0.0]
PYTHON

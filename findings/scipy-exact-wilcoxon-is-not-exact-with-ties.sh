#!/usr/bin/env bash
# scipy 1.17.1: wilcoxon(d, method="exact") is not exact where differences tie, and says nothing: its p is another than that of all
# 2^n signs of the same mid-ranks. The default, method="auto", is right in the same cases, so that asking for exactness loses it.
# Seen: exact 0.0390625, auto and enumerated 0.03125; of 1 1 1 1 1 1 1 -1 exact 0.078125, auto and enumerated 0.0703125. No warning.
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps scipy==1.17.1 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import itertools
import warnings

import numpy as np
import scipy
from scipy import stats

warnings.simplefilter("error")
print("scipy", scipy.__version__)


def enumerated(d):
    """By the definition: the share of all signs whose positive mid-ranks are as far from their middle, or farther."""
    ranks = stats.rankdata(np.abs(d))
    middle = ranks.sum() / 2
    far = abs(ranks[d > 0].sum() - middle)
    sums = [sum(r for r, s in zip(ranks, signs) if s) for signs in itertools.product((0, 1), repeat=len(d))]
    return float(np.mean([abs(s - middle) >= far - 1e-12 for s in sums]))


for d, exact, right in ([3, 3, 3, -1, -1, 2, 2, 5], 0.0390625, 0.03125), ([1] * 7 + [-1], 0.078125, 0.0703125):
    d = np.array(d, float)
    seen = {name: float(stats.wilcoxon(d, method=name).pvalue) for name in ("exact", "auto")}
    print(d.tolist(), seen, "enumerated", enumerated(d))
    assert (seen["exact"], seen["auto"], enumerated(d)) == (exact, right, right)
PYTHON

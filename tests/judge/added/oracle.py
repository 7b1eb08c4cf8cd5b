"""scipy's BCa intervals of the scores in added-scores.test.ts, of a and of b less a."""
import json
import sys

import numpy as np
from scipy.stats import bootstrap

data = {name: np.array(values) for name, values in json.load(sys.stdin).items()}
statistics = [
    lambda t, p: np.sqrt(np.mean((np.log1p(t) - np.log1p(p)) ** 2)),
    lambda t, p: np.median(np.abs(t - p)),
    lambda t, p: np.sum(np.abs(t - p)) / np.sum(t),
]


def limits(statistic, columns):
    found = bootstrap(columns, statistic, paired=True, vectorized=False, n_resamples=4000, method="BCa", rng=1)
    return list(found.confidence_interval)


t, a, b = data["t"], data["a"], data["b"]
print(
    json.dumps(
        [
            {"one": limits(s, (t, a)), "two": limits(lambda t, a, b, s=s: s(t, b) - s(t, a), (t, a, b))}
            for s in statistics
        ]
    )
)

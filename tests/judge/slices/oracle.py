"""What pandas and scipy say of slices: the score of each group and of all others, and the tests between them."""
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import optimize, special, stats
from sklearn.metrics import f1_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

sys.path.append(str(Path(__file__).parents[1]))
from skewed_t import mean_interval, skewed_p, skewed_t, third  # noqa: E402

case = json.load(sys.stdin)
frame = pd.DataFrame(case["features"])
truth, predicted = np.array(case["y_true"]), np.array(case["y_pred"])


def bins(column, count):
    """lower < value <= upper, at order statistics; at most 10 distinct numbers are groups by themselves."""
    values = column.dropna()
    if values.nunique() <= 10:
        return column
    edges = np.unique(np.quantile(values, np.arange(1, count) / count, method="inverted_cdf"))
    edges = edges[edges < values.max()]
    return pd.cut(column, [-np.inf, *edges, np.inf])


def groups(name):
    column = frame[name]
    column = bins(column, case["bins"]) if pd.api.types.is_numeric_dtype(column) and column.dtype != bool else column
    masks = [(column == value).to_numpy(dtype=bool) for value in sorted(column.dropna().unique())]
    missing = column.isna().to_numpy()
    return masks + ([missing] if missing.any() else [])


def compare(inside):
    n, m = int(inside.sum()), int((~inside).sum())
    if case["kind"] == "classification":
        right = truth == predicted
        a, b = int(right[inside].sum()), int(right[~inside].sum())
        return {
            "n": n, "value": a / n, "rest": b / m,
            "interval": list(proportion_confint(a, n, 0.05, "wilson")),
            "difference": list(confint_proportions_2indep(a, n, b, m, method="newcomb")),
            "p": float(stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue),
            "f1_macro": float(f1_score(truth[inside], predicted[inside], average="macro", labels=np.unique(truth[inside].tolist() + predicted[inside].tolist()))),
        }
    errors = np.abs(predicted - truth)
    x, y = errors[inside], errors[~inside]
    variances = np.array([stats.sem(x) ** 2, stats.sem(y) ** 2])
    error = np.sqrt(variances.sum())
    freedom = variances.sum() ** 2 / (variances**2 / [n - 1, m - 1]).sum()
    skew = (third(x) - third(y)) / error**3
    low, high = skewed_t(x.mean() - y.mean(), error, skew, freedom)
    p = max(skewed_p((x.mean() - y.mean()) / error, skew, freedom), permutation(errors, inside))
    if p >= 0.05:
        low, high = min(low, 0.0), max(high, 0.0)
    return {
        "n": n, "value": float(x.mean()), "rest": float(y.mean()),
        "interval": mean_interval(x),
        "difference": [low, high],
        "p": p,
    }


def permutation(errors, inside):
    """The tail of the means of as many samples, drawn without replacement: by its saddle point, in logarithms."""
    x = (errors - errors.mean()) / errors.std()
    n, m, s = len(x), int(inside.sum()), x[inside].sum()
    if m == n or abs(s) / np.sqrt(m * (n - m) / (n - 1)) < 0.05:
        return 1.0
    def target(v):
        return np.logaddexp(0, v[0] + v[1] * x).sum() - v[0] * m - v[1] * s
    def slope(v):
        q = special.expit(v[0] + v[1] * x)
        return np.array([q.sum() - m, (q * x).sum() - s])
    def curve(v):
        q = special.expit(v[0] + v[1] * x)
        w = q * (1 - q)
        return np.array([[w.sum(), (w * x).sum()], [(w * x).sum(), (w * x * x).sum()]])
    start = np.array([np.log(m / (n - m)), 0.0])
    found = optimize.minimize(target, start, jac=slope, hess=curve, method="trust-exact", options={"gtol": 1e-10}).x
    r = np.sqrt(2 * (target(start) - target(found)))
    w = abs(found[1]) * np.sqrt(np.linalg.det(curve(found)) / curve(start)[0, 0])
    return float(min(1, 2 * (stats.norm.sf(r) + stats.norm.pdf(r) * (1 / w - 1 / r))))


columns = {name: groups(name) for name in frame.columns}
single = {name: [compare(mask) for mask in masks] for name, masks in columns.items()}
for found in single.values():
    for slice_, p in zip(found, multipletests([each["p"] for each in found], method="holm")[1]):
        slice_["p_corrected"] = float(p)


def worse(inside):
    found = compare(inside)
    is_worse = found["value"] < found["rest"] if case["kind"] == "classification" else found["value"] > found["rest"]
    return found["p"] if is_worse else 1.0


tried = [mask for masks in columns.values() for mask in masks]
names = list(columns)
for i, first in enumerate(names):
    for second in names[i + 1:]:
        for a in columns[first]:
            for b in columns[second]:
                both = a & b
                if both.sum() not in (a.sum(), b.sum()):
                    tried.append(both)
least = case["min_size"]
tried = [mask for mask in tried if mask.sum() >= least and (~mask).sum() >= (least if any(mask is one for masks in columns.values() for one in masks) else 1)]
p_values = [worse(mask) for mask in tried]
print(json.dumps({
    "single": single,
    "tried": len(tried),
    "holm": sorted(map(float, multipletests(p_values, method="holm")[1]))[:20],
    "significant": int((multipletests(p_values, method="holm")[1] <= 0.05).sum()),
    "bh": int((multipletests(p_values, method="fdr_bh")[1] <= 0.05).sum()),
}))

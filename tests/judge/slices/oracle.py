"""What pandas and scipy say of slices: the score of each group and of all others, and the tests between them."""
import json
import sys

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.metrics import f1_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

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
    welch = stats.ttest_ind(x, y, equal_var=False)
    ranks = stats.mannwhitneyu(x, y, method="asymptotic", use_continuity=False)
    is_above = x.mean() > y.mean()
    agree = is_above == (ranks.statistic > n * m / 2)
    return {
        "n": n, "value": float(x.mean()), "rest": float(y.mean()),
        "interval": [float(end) for end in stats.t.interval(0.95, n - 1, x.mean(), stats.sem(x))],
        "difference": [float(end) for end in welch.confidence_interval(0.95)],
        "p": max(float(welch.pvalue), float(ranks.pvalue)) if agree else 1.0,
    }


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

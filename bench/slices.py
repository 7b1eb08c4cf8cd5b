"""The search for slices as one would write it with pandas and scipy: a groupby for each column and each pair, then the tests."""
import itertools
import json
import sys
import time

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

path, kind = sys.argv[1:]
started, cpu = time.perf_counter(), time.process_time()
frame = pd.read_parquet(path)
names = [name for name in frame if name.startswith("feature_")]
if kind == "classification":
    frame["loss"] = (frame.y_true != frame.y_pred).astype(float)
else:
    frame["loss"] = (frame.y_pred - frame.y_true).abs()
    frame["rank"] = frame.loss.rank()
for name in names:
    column = frame[name]
    if pd.api.types.is_numeric_dtype(column):
        column = pd.qcut(column, 5, duplicates="drop")
    frame[name] = column.astype("category").cat.add_categories(["missing"]).fillna("missing") if column.isna().any() else column.astype("category")
n, total = len(frame), frame.loss.sum()
least = max(20, -(-n // 1000))


def tested(columns):
    by = frame.groupby(columns, observed=True)
    sums = by.loss.agg(["size", "sum", "var"]).reset_index()
    if kind != "classification":
        sums["ranks"] = by["rank"].sum().to_numpy()
    sums["name"] = [" and ".join(f"{name} {value}" for name, value in zip(columns, values)) for values in sums[columns].itertuples(index=False)]
    return sums


slices = pd.concat([tested([name]) for name in names] + [tested(list(pair)) for pair in itertools.combinations(names, 2)])
slices = slices[(slices["size"] >= least) & (n - slices["size"] >= least)]
size, worse = slices["size"].to_numpy(), slices["sum"].to_numpy()
difference = worse / size - (total - worse) / (n - size)
if kind == "classification":
    p = np.array([
        stats.fisher_exact([[a, k - a], [total - a, n - k - total + a]]).pvalue if d > 0 else 1
        for a, k, d in zip(worse.astype(int), size, difference)
    ])
else:
    all_squares = (frame.loss**2).sum()
    squares = slices["var"].to_numpy() * (size - 1) + worse**2 / size
    rest, rest_sum = n - size, total - worse
    rest_var = (all_squares - squares - rest_sum**2 / rest) / (rest - 1)
    welch = stats.ttest_ind_from_stats(worse / size, np.sqrt(slices["var"]), size, rest_sum / rest, np.sqrt(rest_var), rest, equal_var=False).pvalue
    z = (slices.ranks - size * (n + 1) / 2) / np.sqrt(size * rest * (n + 1) / 12)
    p = np.where(difference > 0, np.maximum(welch, 2 * stats.norm.sf(np.abs(z))), 1)
corrected = multipletests(p, method="holm")[1]
found = slices[corrected <= 0.05].assign(weight=(difference * np.sqrt(size))[corrected <= 0.05]).sort_values("weight", ascending=False)
print(json.dumps({
    "seconds": time.perf_counter() - started,
    "cpu": time.process_time() - cpu,
    "tried": len(slices),
    "first": found.name.iloc[0] if len(found) else None,
}))

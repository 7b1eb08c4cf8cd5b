"""polars' aggregates of true numbers y and predictions p. polars 2.1.0, NumPy 2.4.6."""

import polars
from ask import golden
from polars import col

error = col("p") - col("y")
size = error.abs()
questions = {
    "corr(spearman)": polars.corr("y", "p", method="spearman"),
    "median(abs)": size.median(),
    **{f"quantile({q})(abs)": size.quantile(q) for q in (0.5, 0.9)},
    **{f"quantile({q}, {way})(abs)": size.quantile(q, way) for q in (0.5, 0.9)
       for way in ("lower", "higher", "midpoint", "linear", "equiprobable")},
    "mean(abs)": size.mean(), "mean(squares)": (error**2).mean(), "rmse": (error**2).mean().sqrt(),
    "mean(relative)": (error / col("y")).abs().mean(), "std(error)": error.std(),
}


def asked(expression):
    def of(sample):
        return polars.DataFrame({"y": sample["y_true"], "p": sample["y_pred"]}).select(expression).item()

    return ["numbers"], of


golden(polars.__version__, {f"polars:{name}": asked(expression) for name, expression in questions.items()})

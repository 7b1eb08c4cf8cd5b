"""DuckDB's aggregates over a table with the columns y and p, DOUBLE. DuckDB 2.0.1, NumPy 2.4.6."""

import duckdb
from ask import golden

questions = {
    "regr_r2": "regr_r2(y, p)", "corr": "corr(y, p)", "regr_slope": "regr_slope(y, p)", "regr_intercept": "regr_intercept(y, p)",
    "covar_pop": "covar_pop(y, p)", "covar_samp": "covar_samp(y, p)",
    "avg(abs)": "avg(abs(y - p))", "avg(squares)": "avg((y - p) ** 2)", "sqrt(avg(squares))": "sqrt(avg((y - p) ** 2))",
    "avg(error)": "avg(p - y)", "avg(relative)": "avg(abs((y - p) / y))", "max(abs)": "max(abs(y - p))",
    "median(abs)": "median(abs(y - p))",
    **{f"quantile_cont(abs, {q})": f"quantile_cont(abs(y - p), {q})" for q in (0.5, 0.9)},
    **{f"quantile_disc(abs, {q})": f"quantile_disc(abs(y - p), {q})" for q in (0.5, 0.9)},
    "mad(error)": "mad(p - y)", "stddev_samp(error)": "stddev_samp(p - y)", "stddev_pop(error)": "stddev_pop(p - y)",
    "1 - ratio of variances": "1 - var_pop(y - p) / var_pop(y)",
    "1 - ratio of squares": "1 - sum((y - p) ** 2) / (var_pop(y) * count(*))",
    "favg(abs)": "favg(abs(y - p))", "geomean(abs)": "geomean(abs(y - p))",
}
connection = duckdb.connect()


def asked(expression):
    def of(sample):
        connection.execute(
            "CREATE OR REPLACE TABLE t AS SELECT unnest($1::DOUBLE[]) AS y, unnest($2::DOUBLE[]) AS p",
            [sample["y_true"].tolist(), sample["y_pred"].tolist()],
        )
        return connection.execute(f"SELECT {expression} FROM t").fetchone()[0]

    return ["numbers"], of


golden(duckdb.__version__, {f"duckdb:{name}": asked(expression) for name, expression in questions.items()})

"""ClickHouse's aggregates over a table with the columns y and p, Float64, through chdb 4.4.0, which is ClickHouse 26.9.

quantile() is not asked: of more than 8192 rows it draws a sample.
"""

import functools
import json

import chdb
from ask import golden, samples

questions = {
    "corr": "corr(y, p)", "corrStable": "corrStable(y, p)", "rankCorr": "rankCorr(y, p)",
    "covarPopStable": "covarPopStable(y, p)", "covarSampStable": "covarSampStable(y, p)",
    "avg(abs)": "avg(abs(y - p))", "avg(squares)": "avg(pow(y - p, 2))", "sqrt(avg(squares))": "sqrt(avg(pow(y - p, 2)))",
    "avg(relative)": "avg(abs((y - p) / y))",
    **{f"{function}(abs)": f"{function}(abs(y - p))" for function in (
        "quantileExact(0.5)", "quantileExact(0.9)", "quantileExactLow(0.5)", "quantileExactHigh(0.5)",
        "quantileExactInclusive(0.5)", "quantileExactInclusive(0.9)", "quantileExactExclusive(0.5)",
        "quantileExactExclusive(0.9)")},
    "stddevSampStable(error)": "stddevSampStable(p - y)", "stddevPopStable(error)": "stddevPopStable(p - y)",
    "1 - ratio of variances": "1 - varPopStable(y - p) / varPopStable(y)",
    "1 - ratio of squares": "1 - sum(pow(y - p, 2)) / (varPopStable(y) * count())",
}


def rows(sample):
    return ",".join(f"({y!r},{p!r})" for y, p in zip(sample["y_true"].tolist(), sample["y_pred"].tolist()))


@functools.cache
def answers(index):
    """What one query says of a sample: every expression's answer by its name."""
    table = f"values('y Float64, p Float64', {rows(samples[index])})"
    columns = ", ".join(f"{sql} AS c{i}" for i, sql in enumerate(questions.values()))
    query = f"SELECT {columns} FROM {table} SETTINGS output_format_json_quote_denormals = 1"
    told = json.loads(str(chdb.query(query, "JSONEachRow")))
    return {name: told[f"c{i}"] for i, name in enumerate(questions)}


places = {id(sample): index for index, sample in enumerate(samples)}
golden(f"26.9 (chdb {chdb.__version__})", {
    f"clickhouse:{name}": (["numbers"], lambda sample, name=name: answers(places[id(sample)])[name]) for name in questions
})

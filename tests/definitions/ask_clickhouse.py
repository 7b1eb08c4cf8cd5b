"""ClickHouse's aggregates over a table with the columns y and p, Float64, through chdb 4.4.0, which is ClickHouse 26.9."""

import json

import chdb
from ask import golden

questions = {
    "corr": "corr(y, p)", "corrStable": "corrStable(y, p)", "rankCorr": "rankCorr(y, p)",
    "covarPopStable": "covarPopStable(y, p)", "covarSampStable": "covarSampStable(y, p)",
    "avg(abs)": "avg(abs(y - p))", "avg(squares)": "avg(pow(y - p, 2))", "sqrt(avg(squares))": "sqrt(avg(pow(y - p, 2)))",
    "avg(relative)": "avg(abs((y - p) / y))",
    **{f"{function}({level})(abs)": f"{function}({level})(abs(y - p))" for level in (0.5, 0.9)
       for function in ("quantile", "quantileExact", "quantileExactLow", "quantileExactHigh", "quantileExactInclusive",
                        "quantileExactExclusive")},
    "stddevSampStable(error)": "stddevSampStable(p - y)", "stddevPopStable(error)": "stddevPopStable(p - y)",
    "1 - ratio of variances": "1 - varPopStable(y - p) / varPopStable(y)",
    "1 - ratio of squares": "1 - sum(pow(y - p, 2)) / (varPopStable(y) * count())",
}


def rows(sample):
    return ",".join(f"({y!r},{p!r})" for y, p in zip(sample["y_true"].tolist(), sample["y_pred"].tolist()))


def asked(expression):
    def of(sample):
        table = f"values('y Float64, p Float64', {rows(sample)})"
        settings = "output_format_json_quote_denormals = 1"
        answer = json.loads(str(chdb.query(f"SELECT {expression} AS a FROM {table} SETTINGS {settings}", "JSONEachRow")))
        return answer["a"]

    return ["numbers"], of


golden(chdb.__version__, {f"clickhouse:{name}": asked(expression) for name, expression in questions.items()})

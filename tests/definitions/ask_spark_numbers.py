"""Spark's RegressionEvaluator, and its SQL over the columns y and p. PySpark 4.3.0 on OpenJDK 17.

percentile_approx is not asked: of many rows it keeps a part.
"""

import pyspark
from ask import golden, samples
from pyspark.ml.evaluation import RegressionEvaluator
from pyspark.sql import SparkSession
from pyspark.sql.functions import expr

spark = (
    SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1")
    .config("spark.log.level", "ERROR").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
)
questions = {
    "regr_r2": "regr_r2(y, p)", "corr": "corr(y, p)", "regr_slope": "regr_slope(y, p)", "covar_pop": "covar_pop(y, p)",
    "covar_samp": "covar_samp(y, p)", "avg(abs)": "avg(abs(y - p))", "median(abs)": "median(abs(y - p))",
    **{f"percentile(abs, {q})": f"percentile(abs(y - p), {q})" for q in (0.5, 0.9)},
    "stddev(error)": "stddev(p - y)",
}
evaluated = {}
for sample in samples:
    if sample["kind"] != "numbers":
        continue
    rows = list(zip(sample["y_true"].tolist(), sample["y_pred"].tolist()))
    table = spark.createDataFrame(rows, "y DOUBLE, p DOUBLE").coalesce(1).cache()
    said = table.select([expr(sql).alias(f"c{i}") for i, sql in enumerate(questions.values())]).first()
    evaluated[id(sample)] = {name: said[f"c{i}"] for i, name in enumerate(questions)}
    for metric in ("rmse", "mse", "mae", "r2", "var"):
        evaluator = RegressionEvaluator(labelCol="y", predictionCol="p", metricName=metric)
        try:
            evaluated[id(sample)][metric] = evaluator.evaluate(table)
        except Exception:
            evaluated[id(sample)][metric] = None
    table.unpersist()


def told(name):
    return lambda sample: evaluated[id(sample)][name]


golden(pyspark.__version__, {
    **{f"spark:RegressionEvaluator({name})": (["numbers"], told(name)) for name in ("rmse", "mse", "mae", "r2", "var")},
    **{f"spark:{name}": (["numbers"], told(name)) for name in questions},
})

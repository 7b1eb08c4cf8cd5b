"""Spark MLlib 4.3.0 (pyspark, Java 17) on the samples of classes: the evaluators of pyspark.ml."""

import logging

import pyspark
from ask import golden
from pyspark.ml.evaluation import BinaryClassificationEvaluator, MulticlassClassificationEvaluator
from pyspark.ml.linalg import Vectors
from pyspark.sql import SparkSession

logging.getLogger("py4j").setLevel(logging.ERROR)
settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.default.parallelism": "1"}
builder = SparkSession.builder.master("local[1]")
for name, value in settings.items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
frames = {}


def frame(sample):
    key = id(sample)
    if key not in frames:
        frames.clear()
        of_class = sample["y_score"] if sample["kind"] == "several" else [[1 - s, s] for s in sample["y_score"]]
        rows = [
            (float(label), float(prediction), Vectors.dense(row))
            for label, prediction, row in zip(sample["y_true"], sample["y_pred"], of_class)
        ]
        frames[key] = spark.createDataFrame(rows, ["label", "prediction", "probability"]).coalesce(1).cache()
    return frames[key]


def several(metric):
    return lambda s: MulticlassClassificationEvaluator(metricName=metric).evaluate(frame(s))


def two(metric):
    evaluator = BinaryClassificationEvaluator(metricName=metric, rawPredictionCol="probability")
    return lambda s: evaluator.evaluate(frame(s))


metrics = ["f1", "accuracy", "weightedPrecision", "weightedRecall", "weightedFalsePositiveRate", "hammingLoss", "logLoss"]
questions = {f"spark:MulticlassClassificationEvaluator({name})": (["two", "several"], several(name)) for name in metrics}
for name in ("areaUnderROC", "areaUnderPR"):
    questions[f"spark:BinaryClassificationEvaluator({name})"] = ["two"], two(name)
golden(pyspark.__version__, questions)

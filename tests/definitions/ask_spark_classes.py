"""Spark MLlib 4.3.0 (pyspark, Java 17) on the samples of classes: the evaluators of pyspark.ml."""

import logging

import pyspark
from ask import golden, samples
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
binary = ("areaUnderROC", "areaUnderPR")
several = ("f1", "accuracy", "weightedPrecision", "weightedRecall", "hammingLoss", "logLoss")


def evaluated(sample):
    """All metrics of one sample, of one data frame."""
    of_class = sample["y_score"] if sample["kind"] == "several" else [[1 - s, s] for s in sample["y_score"]]
    rows = [
        (float(label), float(prediction), Vectors.dense(row))
        for label, prediction, row in zip(sample["y_true"], sample["y_pred"], of_class)
    ]
    frame = spark.createDataFrame(rows, ["label", "prediction", "probability"]).coalesce(1).cache()
    answers = {}
    for metric in several:
        answers[metric] = attempt(MulticlassClassificationEvaluator(metricName=metric), frame)
    for metric in binary if sample["kind"] == "two" else ():
        answers[metric] = attempt(
            BinaryClassificationEvaluator(metricName=metric, rawPredictionCol="probability"), frame
        )
    frame.unpersist()
    return answers


def attempt(evaluator, frame):
    try:
        return evaluator.evaluate(frame)
    except Exception:  # what Spark raises is its answer
        return None


answers = {id(sample): evaluated(sample) for sample in samples if sample["kind"] != "numbers"}
questions = {
    f"spark:MulticlassClassificationEvaluator({name})": (["two", "several"], lambda s, name=name: answers[id(s)][name])
    for name in several
} | {
    f"spark:BinaryClassificationEvaluator({name})": (["two"], lambda s, name=name: answers[id(s)][name]) for name in binary
}
golden(pyspark.__version__, questions)

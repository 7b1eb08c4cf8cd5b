"""H2O 3.46.0.12 (Java 17) on all samples: h2o.make_metrics of probabilities, and of numbers. Minutes, since each is sent to its server.

Run: PYTHON ask_h2o.py > golden/h2o.json, without the lines that H2O prints of itself before the first brace
"""

import functools

import h2o
import numpy as np
from ask import golden, samples

two, several, numbers = ["two"], ["several"], ["numbers"]
h2o.init(nthreads=1, max_mem_size="1g", bind_to_localhost=True, port=54371, verbose=False)
h2o.no_progress()


def frame(values):
    return h2o.H2OFrame(np.asarray(values, dtype=float).reshape(len(values), -1).tolist())


@functools.cache
def metrics(place, auc_type=None):
    sample = samples[place]
    if sample["kind"] == "numbers":
        found = h2o.make_metrics(frame(sample["y_pred"]), frame(sample["y_true"]))
    else:
        domain = [f"c{code}" for code in range(sample["classes"])]
        truth = h2o.H2OFrame({"truth": [f"c{code}" for code in sample["y_true"]]}, column_types=["enum"])
        more = {} if auc_type is None else {"auc_type": auc_type}
        found = h2o.make_metrics(frame(sample["y_score"]), truth, domain=domain, **more)
    answers = dict(found._metric_json)
    if "max_criteria_and_metric_scores" in answers:
        answers |= {row[0]: row[2] for row in answers["max_criteria_and_metric_scores"].cell_values}
    h2o.remove_all()
    return answers


places = {id(sample): place for place, sample in enumerate(samples)}


def metric(name, auc_type=None):
    return lambda sample: metrics(places[id(sample)], auc_type)[name]


of_two = ["AUC", "pr_auc", "Gini", "mean_per_class_error", "max f1", "max f2", "max f0point5", "max accuracy"]
of_two += ["max absolute_mcc", "max min_per_class_accuracy", "max mean_per_class_accuracy"]
of_classes = ["logloss", "MSE", "RMSE", "r2"]
try:
    golden("3.46.0.12", {f"h2o:{name}": (two, metric(name)) for name in of_two} | {
        f"h2o:{name}": (two + several, metric(name)) for name in of_classes
    } | {"h2o:mean_per_class_error(several)": (several, metric("mean_per_class_error"))} | {
        f"h2o:AUC({kind})": (several, metric("AUC", kind)) for kind in ("MACRO_OVR", "WEIGHTED_OVR")
    } | {
        f"h2o:{name}(numbers)": (numbers, metric(name)) for name in ("MSE", "RMSE", "mae", "rmsle", "r2")
    })
finally:
    h2o.cluster().shutdown()

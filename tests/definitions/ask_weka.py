"""Weka 3.8.6 (nz.ac.waikato.cms.weka:weka-stable from Maven, Java 17) on the samples of classes, by AskWeka.java.

Its scores of predicted classes get a probability of 1 for y_pred. Run: WEKA=FOLDER/* PYTHON ask_weka.py > golden/weka.json,
FOLDER having weka-stable and the packages that it depends on.
"""

import os
import subprocess

import numpy as np
from ask import golden, samples

two, several, both = ["two"], ["several"], ["two", "several"]
of_labels = {"pctCorrect": both, "errorRate": both, "kappa": both, "weightedFMeasure": both, "weightedPrecision": both}
of_labels |= {"weightedRecall": both, "weightedMatthewsCorrelation": both, "unweightedMacroFmeasure": both, "fMeasure(1)": two}
of_labels |= {"precision(1)": two, "recall(1)": two, "matthewsCorrelationCoefficient(1)": two}
of_scores = {"areaUnderROC(1)": two, "areaUnderPRC(1)": two, "weightedAreaUnderROC": both, "weightedAreaUnderPRC": both}
of_scores |= {"meanAbsoluteError": both, "rootMeanSquaredError": both}
classes = [sample for sample in samples if sample["kind"] != "numbers"]


def rows(sample, has_scores):
    if not has_scores:
        return np.eye(sample["classes"])[sample["y_pred"]]
    scores = sample["y_score"]
    return scores if scores.ndim == 2 else np.stack([1 - scores, scores], axis=1)


def asked(names, has_scores):
    lines = [
        f"{s['classes']};{','.join(map(str, s['y_true']))};{','.join(map(repr, rows(s, has_scores).ravel().tolist()))}"
        for s in classes
    ]
    command = ["java", "-cp", os.environ["WEKA"], "AskWeka.java", *names]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True)
    return {
        (name, id(sample)): answer
        for sample, line in zip(classes, done.stdout.strip().split("\n"))
        for name, answer in zip(names, line.split())
    }


answers = asked(list(of_labels), False) | asked(list(of_scores), True)
golden("3.8.6", {
    f"weka:{name}": (kinds, lambda s, name=name: answers[name, id(s)]) for name, kinds in (of_labels | of_scores).items()
})

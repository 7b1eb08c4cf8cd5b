"""What the scripts ask_LIBRARY.py share: they ask a library about every sample, and print its golden file.

A script has a dictionary from a definition's id to a function of one sample, whose y_true, y_pred and y_score are NumPy
arrays, and ends in `golden("LIBRARY", version, {...})`. Run: PYTHON ask_LIBRARY.py > golden/LIBRARY.json
"""

import json
import math
import os
import sys
import warnings

import numpy as np

sys.dont_write_bytecode = True
with open(os.path.join(os.path.dirname(__file__), "samples.json")) as file:
    samples = json.load(file)
for sample in samples:
    for name in ("y_true", "y_pred", "y_score"):
        if name in sample:
            sample[name] = np.array(sample[name])


def golden(version, questions):
    """Prints {"version", "answers": {id: {"kinds", "of"}}}; questions is {id: (kinds, function of a sample)}.

    `of` has an answer for each sample of these kinds, in order: a number, "nan", "inf" or "-inf", and None where the library
    raises an error.
    """
    warnings.simplefilter("ignore")
    answers = {
        id: {"kinds": kinds, "of": [ask(function, sample) for sample in samples if sample["kind"] in kinds]}
        for id, (kinds, function) in questions.items()
    }
    print('{"version":' + json.dumps(version) + ',"answers":{')
    print(",\n".join(json.dumps(id) + ":" + json.dumps(answers[id], separators=(",", ":")) for id in answers))
    print("}}")


def ask(function, sample):
    try:
        value = float(function(sample))
    except Exception:  # whatever a library raises is its answer to a sample that it does not take
        return None
    return value if math.isfinite(value) else str(value)

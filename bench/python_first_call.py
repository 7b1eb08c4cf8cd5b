"""A Python that logs one experiment of 1,000 rows into the folder given, or does nothing where none is given."""
import sys

if len(sys.argv) > 1:
    from ml_tracking import log_experiment

    log_experiment(
        kind="classification",
        project="bench-first",
        parameters={"dataset_uri": "bench", "target_column": "y", "test_set": range(1000),
                    "model": {"name": "Bench", "parameters": {"depth": 3}}},
        y_true=[0, 1] * 500,
        y_pred=[0, 1, 1, 0] * 250,
        store=sys.argv[1],
    )

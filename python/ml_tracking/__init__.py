"""Track machine-learning experiments in CSV and Parquet files you own: one call logs parameters, predictions and scores."""

from ._annotating import annotate, list_trash, primary_scores, purge_trash, set_primary_score
from ._comparing import Comparison, RunsComparison, compare, compare_runs
from ._dashboard import Dashboard, dashboard
from ._errors import CoreError, InvalidType, InvalidValue, StoreError, TrackingError, TrackingWarning
from ._explaining import MetricsCheck, ScoreExplanation, check_run_metrics, explain_score
from ._logged import LoggedExperiment
from ._ranking import Leaderboard, leaderboard
from ._reading import ExperimentWithPredictions, list_projects, read_experiment, read_experiments
from ._reading_runs import read_history, read_run, read_runs
from ._reporting import report
from ._run import Run
from ._scores import add_score, added_score_values, added_scores, definitions, remove_score
from ._slices import Slices, slices
from ._start_run import start_run
from ._version import __version__
from .ml_tracking import log_experiment

__all__ = [
    "Comparison",
    "CoreError",
    "Dashboard",
    "ExperimentWithPredictions",
    "InvalidType",
    "InvalidValue",
    "Leaderboard",
    "LoggedExperiment",
    "Run",
    "RunsComparison",
    "ScoreExplanation",
    "Slices",
    "StoreError",
    "TrackingError",
    "TrackingWarning",
    "__version__",
    "add_score",
    "added_score_values",
    "added_scores",
    "annotate",
    "check_run_metrics",
    "compare",
    "compare_runs",
    "dashboard",
    "definitions",
    "explain_score",
    "leaderboard",
    "list_projects",
    "list_trash",
    "log_experiment",
    "primary_scores",
    "purge_trash",
    "read_experiment",
    "read_experiments",
    "read_history",
    "read_run",
    "read_runs",
    "remove_score",
    "report",
    "set_primary_score",
    "slices",
    "start_run",
]

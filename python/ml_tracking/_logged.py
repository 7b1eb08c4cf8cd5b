"""What log_experiment returns."""

from __future__ import annotations

from typing import Any, NamedTuple, Union

from ._card import card_html
from ._dashboard import page_of

Label = Union[str, int]


class Paths(NamedTuple):
    """Where an experiment lies.

    Attributes
    ----------
    store : str
        The store's address.
    tracking_log : str or None
        The log file in the store; None where the store could not take the experiment.
    predictions : str
        The predictions file in the store.
    spool : str or None
        The whole path of the file in which an experiment waits that the store could not take.
    """

    store: str
    tracking_log: str | None
    predictions: str
    spool: str | None


class ClassOrder(NamedTuple):
    """The classes in the order of y_score's columns as they were given, and what said so.

    Attributes
    ----------
    labels : list of str or int
        One for each column.
    decided_by : {"labels", "column names", "model", "sorted"}
        What said so.
    """

    labels: list[Label]
    decided_by: str


class SampleWeight(NamedTuple):
    """What the weights of an experiment's samples come to.

    Attributes
    ----------
    sum : float
        Their sum.
    effective_samples : float
        As how many samples of equal weight they tell as much: sum**2 / sum of squares.
    """

    sum: float
    effective_samples: float

    @property
    def said(self) -> str:
        """How weighted scores are told from others."""
        return f"weighted by sample_weight: the samples count as {self.effective_samples:.3g}"


class LoggedExperiment:
    """What log_experiment did.

    Attributes
    ----------
    prediction_id : str
        The experiment's id, 12 characters.
    project : str
        The project's name as it is stored.
    stored : bool
        False where the store could not take it: it waits in the local spool, paths.spool, until it is delivered.
    scores : dict of str to float
        By scikit-learn's names. An undefined score is not there, and its reason is among the warnings.
    positive_label : str, int or None
        Of two classes, the one that precision, recall and F1 are about.
    class_order : ClassOrder or None
        Which class each column of y_score is of, and what said so; None where it has no column for each class.
    sample_weight : SampleWeight or None
        What the weights come to where sample_weight was given, and the scores are weighted.
    reported : list of dict
        What the predictions say to each number that was reported: name, value, verdict ("matches", "another definition" or
        "cannot be had"), definition (the id of the one that gives it, or None) and summary.
    warnings : list of str
        What a user should know; each was issued as a TrackingWarning too.
    paths : Paths
        Where it lies.
    """

    def __init__(self, answer: dict[str, Any]) -> None:
        self.prediction_id: str = answer["prediction_id"]
        self.project: str = answer["project"]
        self.stored: bool = answer["stored"]
        self.scores: dict[str, float] = {name: number(value) for name, value in answer["scores"].items()}
        self.positive_label: Label | None = number(answer["positive_label"])
        order = answer["class_order"]
        self.class_order: ClassOrder | None = order and ClassOrder([number(label) for label in order["labels"]], order["decided_by"])
        weights = answer.get("sample_weight")
        self.sample_weight: SampleWeight | None = weights and SampleWeight(number(weights["sum"]), number(weights["effective_samples"]))
        self.reported: list[dict[str, Any]] = answer.get("reported") or []
        self.warnings: list[str] = answer["warnings"]
        self.paths = Paths(**answer["paths"])

    @property
    def page(self) -> str:
        """Its page in the dashboard that this process shows, else in `ml-tracking dashboard` while that runs."""
        return page_of(self.prediction_id, self.paths.store) or f"http://127.0.0.1:7878/experiments/{self.prediction_id}"

    def __repr__(self) -> str:
        scores = ", ".join(f"{name}={value:.4g}" for name, value in self.scores.items())
        stored = "" if self.stored else "NOT STORED, "
        positive = "" if self.positive_label is None else f", positive_label={self.positive_label!r}"
        weights = "" if self.sample_weight is None else f", {self.sample_weight.said}"
        return f"LoggedExperiment({stored}{self.prediction_id!r}, project={self.project!r}, {scores}{positive}{weights})"

    def _repr_html_(self) -> str:
        return card_html(self)


def number(sent: Any) -> Any:
    """A label or a score as it was sent: infinities and integers beyond 2^53 come as text."""
    if not isinstance(sent, dict):
        return sent
    text = sent["$number"]
    return float(text) if text.endswith(("Infinity", "NaN")) else int(text)


def decoded(sent: Any) -> Any:
    """JSON as it was sent, with the numbers that it cannot say."""
    if isinstance(sent, list):
        return [decoded(each) for each in sent]
    if not isinstance(sent, dict):
        return sent
    if "$mapping" in sent:
        return {name: decoded(value) for name, value in sent["$mapping"]}
    return number(sent) if "$number" in sent else {name: decoded(value) for name, value in sent.items()}

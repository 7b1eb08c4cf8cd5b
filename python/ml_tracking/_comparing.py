"""Whether one experiment is better than another."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from ._call import call
from ._errors import InvalidType
from ._plain import shown, single


class Comparison:
    """Whether experiment b is better than experiment a, and what says so. docs/compare.md defines every number.

    Attributes
    ----------
    verdict : {"better", "worse", "no evidence", "cannot be tested"}
        Of b, in the score that the verdict is about: as one of the pairs that were tried on this test set, where
        the two are ranked together.
    alone : dict
        "p" and "verdict" of the pair by itself.
    as_one_of : dict or None
        "experiments", "pairs", "p_adjusted", "verdict" and "summary" of the pair among those that were tried.
    improved : bool
        Whether b is shown to be better by the pair alone: with min_improvement, by more than that.
    non_inferior : bool or None
        Whether b is shown not to be worse by max_loss, or the margin, or more; None where neither is given.
    margin : dict or None
        What the interval says of the margin: conclusion, low, high, samples_needed, summary and more.
    summary : str
        The verdict in words that need no statistics.
    effect : str
        On how many samples one is right, or nearer, where the other is not.
    score : str
        The score that the verdict is about.
    scores : list of dict
        Of each score: a, b, difference (b - a), low, high, p, method, verdict and more. None is what is
        undefined or cannot be computed; reason says why.
    added : list of dict
        The same of each score that the project has added, with its definition or expression.
    """

    def __init__(self, answer: dict[str, Any]) -> None:
        self._record: dict[str, Any] = answer["comparison"]
        self.improved: bool = answer["improved"]
        self.non_inferior: bool | None = answer["non_inferior"]
        self.verdict: str = self._record["verdict"]
        self.alone: dict[str, Any] = self._record["alone"]
        self.as_one_of: dict[str, Any] | None = self._record["as_one_of"]
        self.summary: str = self._record["summary"]
        self.effect: str = self._record["effect"]
        self.margin: dict[str, Any] | None = self._record["margin"]
        self.score: str = self._record["score"]
        self.scores: list[dict[str, Any]] = self._record["scores"]
        self.added: list[dict[str, Any]] = self._record["added"]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole record, as `ml-tracking compare --json` gives it."""
        return self._record

    def __repr__(self) -> str:
        added = [_added_in_words(score) for score in self.added]
        return "\n".join([*self._heads(), *self._said(), f"{self.effect}.", *added])

    def _said(self) -> list[str]:
        warnings = [f"Warning: {text}." for text in self._record["warnings"]]
        return [self.summary, *([self.margin["summary"]] if self.margin else []), *warnings]

    def _repr_html_(self) -> str:
        names = ("score", "A", "B", "difference", f"between ({100 * self._record['level']:g} %)", "p", "B is")
        heads = "".join(f"<th>{escape(name)}</th>" for name in names)
        positive = self._record["a"]["positive_label"]
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in _cells(score, positive)) + "</tr>"
            for score in (*self.scores, *self.added)
        )
        said = "<br>".join(escape(line) for line in [*self._heads(), *self._said()])
        return f"<p>{said}</p><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"

    def _heads(self) -> list[str]:
        record = self._record
        same = ", the same test set" if record["same_test_set"] else " that both have"
        compared = [
            "  ".join(filter(None, (letter.upper(), each["prediction_id"], each["name"], each["model"])))
            for letter, each in (("a", record["a"]), ("b", record["b"]))
        ]
        return [*compared, f"{record['n']} samples{same}"]


def compare(
    a: Any,
    b: Any,
    *,
    score: str | None = None,
    margin: float | None = None,
    max_loss: float | None = None,
    min_improvement: float | None = None,
    level: float | None = None,
    seed: int | None = None,
    on_shared_samples: bool = False,
    alone: bool = False,
    group: str | None = None,
    order: str | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
) -> Comparison:
    """Say whether experiment b is better than experiment a, sample by sample on the same test set.

    Parameters
    ----------
    a, b : str, LoggedExperiment or mapping
        Prediction ids, or what log_experiment or read_experiments returned.
    score : str, optional
        The score that the verdict is about; by default the project's primary score.
    margin : float, optional
        A difference that matters, in that score's unit: whether b is superior by it, equivalent or non-inferior
        within it. At most one of margin, max_loss and min_improvement is given.
    max_loss : float, optional
        The margin, for `non_inferior` to say whether b is shown not to be worse by so much.
    min_improvement : float, optional
        The margin, for `improved` to say whether b is shown to be better by more than that.
    level : float, default 0.95
        How sure the intervals and the verdict are, from 0.5 to below 1.
    seed : int, default 0
        Of the resampling: the same seed gives the same numbers everywhere.
    on_shared_samples : bool, default False
        Whether to compare different test sets on the samples that both have.
    alone : bool, default False
        Whether to judge the pair by itself, as if no other experiment had been tried on the test set.
    group, order : str, optional
        The feature by which samples depend on each other: what they share, or when they were; by default as logged.
    project : str, optional
        Where they are; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    Comparison
        The verdict, and each score's difference.

    Raises
    ------
    InvalidValue
        They cannot be compared (code NOT_COMPARABLE), or an argument is bad. It is a ValueError.
    """
    given = {
        "a": prediction_id_of(a),
        "b": prediction_id_of(b),
        "score": score,
        "margin": margin,
        "max_loss": max_loss,
        "min_improvement": min_improvement,
        "level": level,
        "seed": seed,
        "on_shared_samples": on_shared_samples,
        "alone": alone or None,
        "group": group,
        "order": order,
        "project": project,
        "store": store,
    }
    asked = {name: single(value, name) for name, value in given.items() if value is not None}
    return Comparison(call("compare", asked)[0])


class RunsComparison:
    """Whether models are better than the first one, each by several runs. docs/several-runs.md says how.

    Attributes
    ----------
    design : {"seeds", "folds", "test sets"}
        What the runs are; design_reason says why.
    models : list of dict
        Of each model: model, prediction_ids, mean and standard_deviation of the score.
    differences : list of dict
        Of each model but the first: difference, low, high, p, p_corrected, verdict and more.
    ranking : dict or None
        Of three models and more on several data sets: mean_ranks, critical_difference, groups not told apart.
    summary : str
        The verdicts in words.
    """

    def __init__(self, record: dict[str, Any]) -> None:
        self._record = record
        self.design: str = record["design"]
        self.design_reason: str = record["design_reason"]
        self.score: str = record["score"]
        self.models: list[dict[str, Any]] = record["models"]
        self.differences: list[dict[str, Any]] = record["differences"]
        self.ranking: dict[str, Any] | None = record["ranking"]
        self.summary: str = record["summary"]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole record, as `ml-tracking compare --runs ... --json` gives it."""
        return self._record

    def __repr__(self) -> str:
        return f"{self.summary}\nTaken as {self.design}: {self.design_reason}."


def compare_runs(
    *models: Iterable[Any],
    score: str | None = None,
    level: float | None = None,
    design: str | None = None,
    group: str | None = None,
    order: str | None = None,
    project: str | None = None,
    store: str | os.PathLike[str] | None = None,
) -> RunsComparison:
    """Say whether models are better than the first one, each by several runs.

    Parameters
    ----------
    *models : iterable of str, LoggedExperiment or mapping
        Of each model its runs: other seeds on one test set, folds of a data set, or several data sets.
    score : str, optional
        The score that the verdict is about; by default the project's primary score.
    level : float, default 0.95
        How sure intervals and verdicts are, from 0.5 to below 1.
    design : {"seeds", "folds", "test sets"}, optional
        What the runs are; by default told by their test sets.
    group, order : str, optional
        The feature by which samples depend on each other; by default as logged.
    project : str, optional
        Where they are; by default every project is looked through.
    store : str or path, optional
        A folder or bucket; by default the environment variable ML_TRACKING_STORE, else ./ml-tracking.

    Returns
    -------
    RunsComparison

    Raises
    ------
    InvalidValue
        They cannot be compared (code NOT_COMPARABLE), or an argument is bad. It is a ValueError.
    """
    given = {
        "score": score,
        "level": level,
        "as": design,
        "group": group,
        "order": order,
        "project": project,
        "store": store,
    }
    asked = {name: single(value, name) for name, value in given.items() if value is not None}
    runs = [[single(prediction_id_of(run), "models") for run in _runs_of(model)] for model in models]
    return RunsComparison(call("compare_runs", {"models": runs, **asked})[0])


def _runs_of(model: Any) -> Iterable[Any]:
    if isinstance(model, (str, bytes, Mapping)) or not isinstance(model, Iterable):
        raise InvalidType(f"a model is {shown(model)}; give a list of its runs, one list a model", "INVALID_ARGUMENT")
    return model


def prediction_id_of(experiment: Any) -> Any:
    if isinstance(experiment, Mapping):
        return experiment.get("prediction_id")
    return getattr(experiment, "prediction_id", experiment)


def _added_in_words(score: dict[str, Any]) -> str:
    name, a, b, _, between, p, verdict = _cells(score, None)
    said = f"{name}: {a or 'undefined'} for A and {b or 'undefined'} for B"
    return f"{said}; {verdict} (difference {between}, p {p})" if between else f"{said}; {verdict}"


def _cells(score: dict[str, Any], positive: str | None) -> list[str]:
    about_positive = positive is not None and score["score"] in ("precision", "recall", "f1")
    name = f"{score['score']} of {positive}" if about_positive else score["score"]
    between = "" if score["low"] is None else f"{score['low']:.4g} to {score['high']:.4g}"
    p = "" if score["p"] is None else f"{score['p']:.3g}"
    numbers = ["" if score[name] is None else f"{score[name]:.4g}" for name in ("a", "b", "difference")]
    untested = score["verdict"] == "cannot be tested"
    verdict = f"{score['verdict']}: {score['reason']}" if untested else score["verdict"]
    return [name, *numbers, between, p, verdict]

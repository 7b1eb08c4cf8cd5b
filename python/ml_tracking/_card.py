"""A logged experiment as a narrow card for a notebook."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING, Any

from ._call import call
from ._errors import TrackingError, visible
from ._tables import between, short_number

if TYPE_CHECKING:
    from ._logged import LoggedExperiment

_longest_wait = 20.0

# Colours of the notebook's own theme: text is as it is there, lines are translucent.
_box = "max-width: 26em; padding: 10px 14px; border: 1px solid rgba(128, 128, 128, 0.4); border-radius: 6px; line-height: 1.45"
_quiet = "opacity: 0.7; font-size: 90%"
_warning = "margin-top: 6px; padding-left: 8px; border-left: 3px solid #e8590c; font-size: 90%"


def card_html(logged: LoggedExperiment) -> str:
    """Name, model, primary score with its interval, rank, warnings, and a link to the page. Every text is escaped."""
    standing = _standing_of(logged)
    title = standing["title"] if standing else logged.prediction_id
    said = [standing["model"], logged.project] if standing else [logged.project]
    link = f'<a href="{_text(logged.page)}" target="_blank" rel="noopener" title="while the dashboard runs">{logged.prediction_id}</a>'
    parts = [
        f'<div style="font-weight: 600; overflow-wrap: anywhere">{_text(title)}</div>',
        f'<div style="{_quiet}; overflow-wrap: anywhere">{_text(" · ".join(said))}</div>',
        *([] if logged.stored else ['<div style="color: #e03131; font-weight: 600">NOT STORED: it waits in the local spool</div>']),
        _score_html(logged, standing),
        *([] if logged.sample_weight is None else [f'<div style="{_quiet}">{_text(logged.sample_weight.said)}</div>']),
        *(f'<div style="{_warning}">{_text(warning)}</div>' for warning in logged.warnings),
        _all_scores_html(logged),
        f'<div style="{_quiet}; margin-top: 6px">{link}</div>',
    ]
    return f'<div style="{_box}">{"".join(parts)}</div>'


def _standing_of(logged: LoggedExperiment) -> dict[str, Any] | None:
    """None where it is not in the store, or the store does not say: showing a result never fails."""
    if not logged.stored:
        return None
    asked = {"prediction_id": logged.prediction_id, "project": logged.project, "store": logged.paths.store}
    try:
        standing: dict[str, Any] = call("standing", asked, time.monotonic() + _longest_wait)[0]
    except TrackingError:
        return None
    return standing


def _score_html(logged: LoggedExperiment, standing: dict[str, Any] | None) -> str:
    rank = standing and standing["rank"]
    if not rank:
        found = next(iter(logged.scores.items()), None)
        return "" if found is None else _big(found[0], found[1], [])
    interval = standing and standing["interval"]
    limits = between(interval["low"], interval["high"]) if interval else ""
    more = [f"{limits} ({100 * interval['level']:g} %)"] if interval and limits else []
    return _big(rank["score"], rank["value"], [*more, f"rank {rank['rank']} of {rank['of']} on its test set"])


def _big(score: str, value: float, more: list[str]) -> str:
    lines = "".join(f'<div style="{_quiet}">{_text(line)}</div>' for line in more)
    return f'<div style="margin-top: 6px"><span style="font-size: 150%">{short_number(value)}</span> {_text(score)}{lines}</div>'


def _all_scores_html(logged: LoggedExperiment) -> str:
    label = [] if logged.positive_label is None else [("positive label", str(logged.positive_label))]
    rows = [*((name, short_number(value)) for name, value in logged.scores.items()), *label]
    cells = "".join(f'<tr><td style="text-align: left">{_text(name)}</td><td>{_text(value)}</td></tr>' for name, value in rows)
    return f'<details style="margin-top: 6px"><summary>All scores</summary><table><tbody>{cells}</tbody></table></details>'


def _text(text: str) -> str:
    return escape(visible(text), quote=True)

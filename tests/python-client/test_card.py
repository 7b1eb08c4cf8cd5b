"""What a notebook shows of a result."""

import os
import re
import shutil

import numpy as np
import pytest
from small_experiments import log

import ml_tracking

rng = np.random.default_rng(8)
truth = rng.integers(0, 2, 300)


def guess(share):
    return np.where(np.random.default_rng(round(100 * share)).random(300) < share, truth, 1 - truth)


def of(store, share, **more):
    return log(store, truth, guess(share), test_set=np.arange(300), **more)


def text(html):
    return re.sub(r"<[^>]+>", " ", html)


def test_a_card_says_name_model_score_interval_and_rank(store):
    logged = [of(store, 0.9, name="good"), of(store, 0.7, name="<img src=x onerror=alert(1)>"), of(store, 0.6)]
    ml_tracking.set_primary_score("p", "accuracy", store=store)
    rows = ml_tracking.leaderboard("p", store=store).rows
    for place, (each, row) in enumerate(zip(logged, rows), 1):
        card = each._repr_html_()
        interval = row["interval"]
        assert f"rank {place} of 3 on its test set" in card and "LogisticRegression · p" in card
        assert f"{row['value']:.4f}</span> accuracy" in card
        assert f"{interval['low']:.4f} to {interval['high']:.4f} (95 %)" in card
        assert f'<a href="http://127.0.0.1:7878/experiments/{each.prediction_id}"' in card
        assert card.count(">recall</td>") == 1 and "positive label" in card
    cards = [each._repr_html_() for each in logged]
    assert ">good<" in cards[0]
    assert "&lt;img src=x onerror=alert(1)&gt;" in cards[1] and "<img" not in cards[1]
    assert re.search(rf">\w+-\w+-{logged[2].prediction_id[-3:]}<", cards[2])


def test_a_card_says_what_holds_when_it_is_shown(store):
    first = of(store, 0.7, name="was")
    assert "rank 1 of 1" in first._repr_html_()
    of(store, 0.95)
    ml_tracking.annotate(first, name="is now", store=store)
    card = first._repr_html_()
    assert "rank 2 of 2" in card and ">is now<" in card


def test_a_card_shows_every_warning(store):
    with pytest.warns(ml_tracking.TrackingWarning):
        logged = log(store, truth, np.zeros(300, int), test_set=np.arange(300))
    assert logged.warnings
    said = text(logged._repr_html_())
    for warning in logged.warnings:
        assert warning in said


def test_a_card_is_shown_where_the_store_is_gone_or_has_not_taken_it(store, tmp_path):
    logged = of(store, 0.8)
    shutil.rmtree(store)
    card = logged._repr_html_()
    assert logged.prediction_id in card and "accuracy" in card and "rank" not in card
    (tmp_path / "file").write_text("")
    with pytest.warns(ml_tracking.TrackingWarning, match="NOT STORED"):
        waiting = of(os.path.join(tmp_path, "file", "store"), 0.8)
    assert "NOT STORED" in waiting._repr_html_()


def test_a_card_links_into_the_dashboard_that_this_process_shows(store):
    logged = of(store, 0.8)
    shown = ml_tracking.dashboard("p", store=store)
    try:
        at, token = shown.url.split("projects/p?")
        assert logged.page == f"{at}experiments/{logged.prediction_id}?{token}"
        assert f'href="{logged.page}"' in logged._repr_html_()
    finally:
        shown.close()
    assert logged.page == f"http://127.0.0.1:7878/experiments/{logged.prediction_id}"

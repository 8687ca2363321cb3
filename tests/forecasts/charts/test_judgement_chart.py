"""The chart of who said what when: steps, bands, the outcome, and the same in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forecasts.charts.judgements import judgement_chart
from forecasts.models import Forecast, Judgement, Resolution
from forecasts.services import drawing
from sources.models import Source

AT = datetime(2025, 7, 1, 12, tzinfo=UTC)
LIKELY = {"yardstick": "phia-2025", "term": "likely", "term_text": "likely", "low": 0.55, "high": 0.75}


@pytest.fixture
def forecast():
    days = {"made_on": date(2025, 5, 2), "opens_on": date(2025, 5, 2), "closes_on": date(2025, 8, 2)}
    return Forecast(pk=7, time_zone="Europe/London", author_id=1, **days)


@pytest.fixture
def said(forecast):
    """`said("Ada", 1, (5, 2), until=(6, 1), probability=.3)` is a judgement from 2 May to 1 June 2025."""
    names: dict[str, int] = {}

    def make(name, since, *, until=None, **values):
        moments = [datetime(2025, *day, tzinfo=UTC) if day else None for day in (since, until)]
        source = Source(pk=names.setdefault(name, len(names) + 1), name=name)
        return Judgement(forecast=forecast, forecaster=source, made_at=moments[0], ended_at=moments[1], **values)

    return make


def rows_of(chart, mark: str) -> list[dict]:
    return [
        row
        for layer in chart.spec(720)["layer"]
        if layer["mark"]["type"] == mark and layer.get("encoding", {}).get("x", {}).get("value") != "width"
        for row in layer["data"]["values"]
    ]


def test_each_judgement_is_a_step_with_its_band(forecast, said):
    chart = judgement_chart(
        forecast, [said("Ada", (5, 2), until=(6, 1), **LIKELY), said("Ada", (6, 1), probability=0.3)], None, at=AT
    )
    assert [(row["point"], row["to"]) for row in rows_of(chart, "rule")] == [(0.65, 0.65), (0.3, 0.3), (0.65, 0.3)]
    assert [(row["point"], row["high"]) for row in rows_of(chart, "rect")] == [(0.55, 0.75)]
    assert chart.words == "Ada: likely, 55–75\u00a0% on 2 May 2025, 30\u00a0% since 1 June 2025, in 2 judgements."


@pytest.mark.parametrize("written", ["likely", "not likely", "Not likely"])
def test_a_negated_word_is_negated_once(forecast, said, written):
    negated = LIKELY | {"term_text": written, "negated": True, "low": 0.25, "high": 0.45}
    chart = judgement_chart(forecast, [said("Ada", (5, 2), **negated)], None, at=AT)
    assert "Ada: not likely, 25–45\u00a0%" in chart.words


def test_a_withdrawn_judgement_leaves_a_gap(forecast, said):
    gap = [said("Ada", (5, 2), until=(5, 9), probability=0.6), said("Ada", (6, 1), probability=0.3)]
    assert len(rows_of(judgement_chart(forecast, gap, None, at=AT), "rule")) == 2


def test_the_words_say_until_when_what_was_withdrawn_stood(forecast, said):
    withdrawn = [said("Ada", (5, 2), until=(5, 9), probability=0.6)]
    assert judgement_chart(forecast, withdrawn, None, at=AT).words == "Ada: 60\u00a0% from 2 May 2025 to 9 May 2025."
    withdrawn = [*withdrawn, said("Ada", (6, 1), until=(6, 3), probability=0.3)]
    assert judgement_chart(forecast, withdrawn, None, at=AT).words == (
        "Ada: 60\u00a0% on 2 May 2025, 30\u00a0% from 1 June 2025 to 3 June 2025, in 2 judgements."
    )


def test_a_one_sided_range_is_drawn_without_a_line(forecast, said):
    chart = judgement_chart(forecast, [said("Ada", (5, 2), low=0.2)], None, at=AT)
    assert (rows_of(chart, "rule"), [(row["point"], row["high"]) for row in rows_of(chart, "rect")]) == (
        [],
        [(0.2, 1.0)],
    )
    assert chart.words == "Ada: at least 20\u00a0% since 2 May 2025."


def test_zero_is_a_number(forecast, said):
    assert [
        row["point"]
        for row in rows_of(judgement_chart(forecast, [said("Ada", (5, 2), probability=0.0)], None, at=AT), "rule")
    ] == [0.0]


@pytest.mark.parametrize("judgements", [[], [{"term_text": "may"}]])
def test_without_a_number_there_is_no_chart(forecast, said, judgements):
    assert judgement_chart(forecast, [said("Ada", (5, 2), **each) for each in judgements], None, at=AT) is None


def test_the_desk_comes_first_then_the_author_and_the_fifth_is_grey(forecast, said):
    voices = [
        said(name, (5, day), probability=0.5) for day, name in enumerate(("Ada", "Bob", "Cy", "Di", "Ed"), start=2)
    ]
    voices.append(said("Desk", (5, 20), line="desk", **LIKELY))
    chart = judgement_chart(forecast, voices, None, at=AT)
    lines = [
        layer for layer in chart.spec(720)["layer"] if layer["mark"]["type"] == "rule" and "x" not in layer["encoding"]
    ]
    assert [layer["mark"]["color"] for layer in reversed(lines)] == [
        *(f"var(--series-{number})" for number in (1, 2, 3, 4)), "var(--series-rest)", "var(--series-rest)",
    ]  # fmt: skip
    assert [line.split(":")[0] for line in chart.words.split(". ")] == [
        "The desk",
        "Ada",
        "Bob",
        "Cy",
        "2 more are drawn in grey.",
    ]


@pytest.mark.parametrize(("outcome", "place"), [("occurred", 1.0), ("did_not_occur", 0.0), ("void", 0.5)])
def test_the_outcome_stands_where_it_belongs(forecast, said, outcome, place):
    held = Resolution(forecast=forecast, outcome=outcome, known_on=date(2025, 6, 10))
    chart = judgement_chart(forecast, [said("Ada", (5, 2), probability=0.6)], held, at=AT)
    assert [row["point"] for row in rows_of(chart, "point")] == [place]
    assert chart.words.endswith(f"The outcome, known on 10 June 2025: {outcome.replace('_', ' ')}.")


def test_it_is_the_same_all_day_and_stops_with_the_window(forecast, said):
    judged = [said("Ada", (5, 2), probability=0.6)]
    moments = [AT, AT.replace(hour=20), datetime(2025, 9, 1, tzinfo=UTC), datetime(2025, 9, 9, tzinfo=UTC)]
    specs = [
        drawing.digest_of(judgement_chart(forecast, judged, None, at=at).spec(720), public=False) for at in moments
    ]
    assert [specs[0] == specs[1], specs[1] == specs[2], specs[2] == specs[3]] == [True, False, True]


def test_labels_do_not_touch_and_the_engine_draws_it(forecast, said):
    voices = [
        said(name, (5, 2), probability=p) for name, p in (("Ada", 0.98), ("Bob", 0.99), ("Cy", 1.0), ("Di", 0.97))
    ]
    chart = judgement_chart(forecast, voices, None, at=AT)
    places = sorted(
        layer["data"]["values"][0]["point"] for layer in chart.spec(340)["layer"] if layer["mark"]["type"] == "text"
    )
    assert places == [0.79, 0.86, 0.93, 1.0]
    assert drawing.svg_of(chart.spec(340)).startswith("<svg")

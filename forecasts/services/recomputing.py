"""The numbers of a slice of scores, worked out anew from its judgements in whole columns.

Columns come as the bytes of PostgreSQL's binary formats, one for a slice, so that a million forecasts take seconds and
memory does not grow. What is the same for many judgements is worked out once, by `forecasts.scoring`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from forecasts.scoring.points import band_brier, brier, log_score, point_value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[Any]
    Columns = dict[str, Column]

# Further than this a recomputed number never lies: the sums are of a few thousand days at most.
TOLERANCE: Final = 1e-9
_NONE: Final = -1  # of numbers of days and of rows
# Days since an epoch, in the forecast's zone; what has no end or no last day has one far ahead.
_FAR: Final = 10**7
_QUERY: Final = """
    SELECT {columns}
      FROM (
    SELECT judgement.id AS judgement, judgement.forecast_id AS forecast,
           judgement.forecaster_id * 2 + (judgement.line = 'desk')::int AS line,
           judgement.forecaster_id = forecast.author_id OR judgement.line = 'desk' AS leads,
           (judgement.made_at AT TIME ZONE forecast.time_zone)::date - DATE '2000-01-01' AS made,
           COALESCE((judgement.ended_at AT TIME ZONE forecast.time_zone)::date - DATE '2000-01-01', {far}) AS ended,
           resolution.known_on - DATE '2000-01-01' AS known,
           COALESCE(COALESCE(forecast.closes_on, forecast.assessment_on) - DATE '2000-01-01', {far}) AS closes,
           CASE resolution.outcome WHEN 'occurred' THEN 1 WHEN 'did_not_occur' THEN 0 ELSE -1 END AS outcome,
           COALESCE(judgement.low, 'NaN') AS low, COALESCE(judgement.high, 'NaN') AS high,
           COALESCE(judgement.probability, 'NaN') AS probability,
           COALESCE(score.id, 0) AS score, COALESCE(score.p, 'NaN') AS p, COALESCE(score.brier, 'NaN') AS brier,
           COALESCE(score.best, 'NaN') AS best, COALESCE(score.worst, 'NaN') AS worst,
           COALESCE(score.log, 'NaN') AS log, COALESCE(score.average, 'NaN') AS average,
           COALESCE(score.days, 0) AS days, COALESCE(score.average_days, 0) AS average_days,
           COALESCE(score.headline::int + 2 * score.first::int + 4 * score.final::int + 8 * score.withdrawn::int, 0)
               AS flags
      FROM forecasts_resolution AS resolution
      JOIN forecasts_forecast AS forecast ON forecast.id = resolution.forecast_id
      JOIN forecasts_judgement AS judgement ON judgement.forecast_id = forecast.id
      LEFT JOIN forecasts_score AS score ON score.judgement_id = judgement.id AND score.archived_at IS NULL
                                        AND score.forecast_id BETWEEN %(first)s AND %(last)s
     WHERE resolution.forecast_id BETWEEN %(first)s AND %(last)s AND resolution.superseded_at IS NULL
       AND forecast.id BETWEEN %(first)s AND %(last)s AND judgement.forecast_id BETWEEN %(first)s AND %(last)s
       AND forecast.retracted_at IS NULL AND (judgement.ended_at IS NULL OR judgement.ended_at > judgement.made_at)
     ORDER BY judgement.forecast_id, judgement.line, judgement.forecaster_id, judgement.made_at, judgement.id
           ) AS row
"""
_BIG: Final = ("judgement", "forecast", "line", "score")
_DAYS: Final = ("made", "ended", "known", "closes", "outcome", "days", "average_days", "flags")
_REAL: Final = ("low", "high", "probability", "p", "brier", "best", "worst", "log", "average")
_BOOL: Final = ("leads",)


def wrong_numbers(first: int, last: int) -> list[int]:
    """The forecasts numbered from first to last, of whose judgements any has another score than it should."""
    columns = _columns(first, last)
    if columns is None:
        return []
    differs = _differs(columns)
    return sorted({int(number) for number in columns["forecast"][differs]})


def _columns(first: int, last: int) -> Columns | None:
    import numpy as np  # noqa: PLC0415 - it starts threads

    formats = {**dict.fromkeys(_BIG, ("int8send", ">i8")), **dict.fromkeys(_DAYS, ("int4send", ">i4"))}
    formats |= {**dict.fromkeys(_REAL, ("float8send", ">f8")), **dict.fromkeys(_BOOL, ("boolsend", "?"))}
    casts = {"int8send": "bigint", "int4send": "integer", "float8send": "double precision", "boolsend": "boolean"}
    asked = [f"string_agg({send}({name}::{casts[send]}), ''::bytea)" for name, (send, _) in formats.items()]
    with connection.cursor() as cursor:
        cursor.execute(_QUERY.format(columns=", ".join(asked), far=_FAR), {"first": first, "last": last})
        row = cursor.fetchone()
    if row[0] is None:
        return None
    kinds = [kind for _, kind in formats.values()]
    return {
        name: np.frombuffer(bytes(data), dtype=kind).astype(np.dtype(kind).newbyteorder("="))
        for name, kind, data in zip(formats, kinds, row, strict=True)
    }


def _differs(columns: Columns) -> Column:
    """Which rows have another score than they should, or one that they should not have, or none."""
    import numpy as np  # noqa: PLC0415 - as above

    counted = columns["made"] <= np.minimum(columns["closes"], columns["known"])
    wrong: Column = (columns["score"] > 0) != counted
    rows = {name: values[counted] for name, values in columns.items()}
    if not len(rows["made"]):
        return wrong
    wrong[counted] |= _wrong_scores(rows) | _wrong_standing(rows)
    return wrong


def _wrong_scores(rows: Columns) -> Column:
    """By what was said and what happened alone; each combination is scored once, by the pure package."""
    import numpy as np  # noqa: PLC0415 - as above

    # What is not given is -1 here: it is its own like, as not a number is not.
    said = [np.nan_to_num(rows[name], nan=_NONE).tolist() for name in ("low", "high", "probability")]
    scores = np.array(list(map(_scores, *said, rows["outcome"].tolist())))
    wrong: Column = np.zeros(len(scores), dtype=bool)
    for place, name in enumerate(("p", "brier", "best", "worst", "log")):
        wrong |= ~np.isclose(rows[name], scores[:, place], rtol=0, atol=TOLERANCE, equal_nan=True)
    return wrong


@lru_cache(maxsize=100_000)
def _scores(low: float, high: float, probability: float, outcome: int) -> tuple[float, ...]:
    nan = float("nan")
    ends = [None if value == _NONE else value for value in (low, high, probability)]
    point = point_value(*ends)
    if point is None:
        return (nan,) * 5
    if outcome < 0:
        return (point, *(nan,) * 4)
    occurred = outcome == 1
    band = (nan, nan) if ends[0] is None or ends[1] is None else band_brier(ends[0], ends[1], occurred)
    return (point, brier(point, occurred), *band, log_score(point, occurred))


def _wrong_standing(rows: Columns) -> Column:
    """By days: which was first and final in its line, how long each stood, and what that averages to.

    The same as `forecasts.scoring.standing`, for all lines at once.
    """
    import numpy as np  # noqa: PLC0415 - as above

    starts = _starts(rows)
    line = np.cumsum(starts) - 1
    n_lines = int(line[-1]) + 1
    last_full = np.minimum(rows["closes"], rows["known"] - 1)
    next_made = np.append(rows["made"][1:], _FAR)
    next_made[:-1][starts[1:]] = _FAR
    last_day = np.minimum(np.minimum(last_full, next_made - 1), rows["ended"] - 1)
    days = np.maximum(last_day - rows["made"] + 1, 0)
    stood = ((days > 0) & (last_day == last_full)) | (starts & (rows["made"] > last_full))
    final = _final(line, n_lines, days, stood)
    scored = np.where(np.isnan(rows["brier"]), 0.0, rows["brier"])
    counts = np.where(np.isnan(rows["brier"]), 0, days)
    all_days = np.bincount(line, weights=counts, minlength=n_lines)
    sums = np.bincount(line, weights=counts * scored, minlength=n_lines)
    with np.errstate(invalid="ignore"):
        average = np.where(final, (sums / all_days)[line], np.nan)
    flags = _headlines(rows, final) + 2 * starts + 4 * final + 8 * (final & ~stood)
    wrong: Column = (
        (rows["days"] != days)
        | (rows["flags"] != flags)
        | (rows["average_days"] != np.where(final, all_days[line], 0))
        | ~np.isclose(rows["average"], average, rtol=0, atol=TOLERANCE, equal_nan=True)
    )
    return wrong


def _starts(rows: Columns) -> Column:
    """Where another line begins."""
    import numpy as np  # noqa: PLC0415 - as above

    other = (np.diff(rows["forecast"]) != 0) | (np.diff(rows["line"]) != 0)
    return np.concatenate([[True], other])


def _final(line: Column, n_lines: int, days: Column, stood: Column) -> Column:
    """The one that stood to the end; else the last that stood on any day; else the last."""
    import numpy as np  # noqa: PLC0415 - as above

    rank = stood * 2 + (days > 0)
    order = np.lexsort((np.arange(len(line)), rank, line))
    best = np.full(n_lines, _NONE)
    best[line[order]] = order
    final: Column = np.zeros(len(line), dtype=bool)
    final[best] = True
    return final


def _headlines(rows: Columns, final: Column) -> Column:
    """Of each forecast the desk's final one, else its author's."""
    import numpy as np  # noqa: PLC0415 - as above

    leads = np.flatnonzero(final & rows["leads"])
    order = leads[np.lexsort((rows["line"][leads] % 2, rows["forecast"][leads]))]
    last = np.append(rows["forecast"][order][1:] != rows["forecast"][order][:-1], True)[: len(order)]
    found: Column = np.zeros(len(final), dtype=bool)
    found[order[last]] = True
    return found

"""Draw what alternatives change: differences with the intervals that hold together, each measure on its own scale."""

from __future__ import annotations

from collections.abc import Sequence

from sim.charts.rows import Group, Row, Style, rows_figure
from sim.charts.seen import Seen
from sim.charts.sentences import NOTHING_SEEN, words_of
from sim.charts.view import Cell, Column, Table, View
from sim.questions.compare.largest_changes import picked, undetected
from sim.questions.compare.tables import VERDICTS, range_of
from sim.results.measures.table import measure_of
from sim.runs.paired import Paired
from sim.words.futures import OF_MEAN
from sim.words.layout import listed
from sim.words.numbers import short
from sim.words.sentences import compared_sentence, how_to_read
from sim.words.stand_in import told_label

MOST_UNSEEN = 3  # measures that are drawn though nothing can be told apart, when hardly anything else can


def differences_view(seen: Seen, keys: Sequence[str] = ()) -> View:
    """Return the view of the differences from the base.

    Args:
        seen: the answer.
        keys: measures; left out, the headlines that changed most, as the command line picks them.
    """
    keys = list(keys) or _picked(seen)
    groups = [_group(seen, key) for key in keys]
    drawn = bool(groups) and bool(seen.answer.alternatives)
    return View(
        key="differences",
        title="What changes against the base",
        figure=rows_figure(seen, groups, Style(bars=False, own_scale=True, in_points=True)) if drawn else None,
        alt=_alt(seen, keys),
        reading=_reading(seen),
        note=f"{how_to_read(seen.answer)} Hollow marks: {NOTHING_SEEN}, the interval includes zero.",
        table=_table(seen, keys),
        data=_data(seen, keys),
    )


def _percent(seen: Seen) -> str:
    return "90 %" if seen.answer.over_futures else "95 %"


def _picked(seen: Seen) -> list[str]:
    if not seen.answer.alternatives:
        return []
    return picked(seen.answer) or undetected(seen.answer, [])[:MOST_UNSEEN]


def _label(seen: Seen, key: str) -> str:
    return told_label(key, [case.loaded for case in seen.cases])


def _compared(seen: Seen, key: str) -> list[Paired]:
    return [one.measures[key] for one in seen.answer.alternatives]


def _group(seen: Seen, key: str) -> Group:
    unit = measure_of(key).unit
    rows = tuple(
        Row(place, one.told, _told(key, one), hollow=not one.detectable)
        for place, one in enumerate(_compared(seen, key), 1)
    )
    return Group(_label(seen, key), unit, rows, _note(seen, key))


def _note(seen: Seen, key: str) -> str:
    """Return what stands under a heading: the base's value with its unit, and which side is better."""
    measure = measure_of(key)
    base = short(seen.answer.base.measures[key].mean, measure.unit)
    unit = "" if measure.unit in {"share", "USD", "USD/hour"} else f" {measure.unit}"
    side = f"; {measure.direction} is better" if measure.has_verdict else ""
    return f"base {base}{unit.replace(' USD', '').replace(' SD of', ' of')}{side}"


def _told(key: str, one: Paired) -> str:
    if one.verdict is None:
        return "undefined"
    if one.verdict == "no change":
        return "no change"
    if not one.detectable:
        return NOTHING_SEEN.replace(" difference", "<br>difference")
    return f"{_size(key, one)}<br>{_word(key, one)}"


def _size(key: str, one: Paired) -> str:
    unit = measure_of(key).unit
    return short(abs(one.difference.mean or 0.0), unit).replace(" %", " points")


def _word(key: str, one: Paired) -> str:
    return words_of(measure_of(key).unit)[(one.difference.mean or 0.0) < 0]


def _reading(seen: Seen) -> str:
    if not seen.answer.alternatives:
        return "Projection: there is nothing to compare the base with yet."
    return " ".join(compared_sentence(one, seen.answer) for one in seen.answer.alternatives)


def _alt(seen: Seen, keys: Sequence[str]) -> str:
    if not keys:
        return "There is no chart: nothing to compare with the base."
    rows = [f"{_label(seen, key)}: {_row_in_words(seen, key)}" for key in keys]
    return f"Chart of differences from the base with {_percent(seen)} ranges, one scale a measure. {'. '.join(rows)}."


def _row_in_words(seen: Seen, key: str) -> str:
    return listed(
        [
            f"{seen.name(place)} {_told(key, one).replace('<br>', ' ')}"
            for place, one in enumerate(_compared(seen, key), 1)
        ]
    )


def _table(seen: Seen, keys: Sequence[str]) -> Table:
    titles = ("Measure", "Scenario", "Base", "Alternative", "Difference", f"{_percent(seen)} range", "Verdict")
    rows = [_shown_row(seen, key, place, one) for key in keys for place, one in enumerate(_compared(seen, key), 1)]
    return Table(tuple(map(Column, titles)), tuple(rows))


def _shown_row(seen: Seen, key: str, place: int, one: Paired) -> tuple[Cell, ...]:
    unit = measure_of(key).unit
    return (
        _label(seen, key),
        seen.name(place),
        short(one.base.mean, unit),
        short(one.alternative.mean, unit),
        short(one.difference.mean, unit, signed=True),
        f"{range_of(key, one.told, signed=True)}{OF_MEAN * one.of_mean}",
        VERDICTS.get(one.verdict or "", one.verdict or ""),
    )


def _data(seen: Seen, keys: Sequence[str]) -> Table:
    titles = (
        "Measure",
        "Unit",
        "Scenario",
        "Base",
        "Alternative",
        "Difference",
        f"{_percent(seen)} from",
        f"{_percent(seen)} to",
        "Verdict",
    )
    rows = [_data_row(seen, key, place, one) for key in keys for place, one in enumerate(_compared(seen, key), 1)]
    return Table(tuple(map(Column, titles)), tuple(rows))


def _data_row(seen: Seen, key: str, place: int, one: Paired) -> tuple[Cell, ...]:
    moved = one.told
    told = (one.base.mean, one.alternative.mean, moved.mean, moved.low, moved.high)
    return (key, measure_of(key).unit, seen.name(place), *told, one.verdict)

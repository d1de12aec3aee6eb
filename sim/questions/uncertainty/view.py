"""Draw two kinds of uncertainty on one chart: random variation in a small organization, and assumptions."""

from __future__ import annotations

from sim.charts.bars import Bar, Row, Scale, bars_figure, change_scale
from sim.charts.look import LIGHT, Look
from sim.charts.seen import BASE_LONG
from sim.charts.sentences import NOTHING_SEEN, lower_first, unit_behind, words_of
from sim.charts.view import Cell, Column, Table, View
from sim.questions.uncertainty.numbers import around, band, part, share
from sim.questions.uncertainty.text import BANDS, band_cells
from sim.questions.uncertainty.uncertainty import Band, Spread, Uncertainty
from sim.questions.uncertainty.variance_shares import WIDE, Guess
from sim.questions.uncertainty.words import doubt_sentence, has_spread, mean_error
from sim.results.measures.table import measure_of
from sim.words.audience import PAGE
from sim.words.layout import capitalized, counted
from sim.words.numbers import NONE, short
from sim.words.ranges import ends_in_words, extra_digits, mean_told

LUCK, UNKNOWN = 1, 2  # colors
LUCK_WORDS, UNKNOWN_WORDS = "random variation", "assumptions"
RUNS, DRAWS = "nine runs in ten", "nine draws in ten"


def doubt_view(found: Uncertainty, look: Look = LIGHT) -> View:
    """Return the view of how far random variation and assumptions spread a measure and its differences."""
    rows = [_row(found, one, place) for place, one in enumerate(spreads(found))]
    unit = measure_of(found.key).unit
    scales = [Scale(unit, unit_behind(unit), from_zero=False)]
    scales += [change_scale(unit, "difference from the base") for _ in found.differences]
    return View(
        key="doubt",
        title="Two kinds of uncertainty: random variation and assumptions",
        figure=bars_figure(list(zip(rows, scales, strict=True)), look),
        alt=f"Chart of ranges. {' '.join(f'{row.name}: {row.note}. {_bars_told(row)}.' for row in rows)}",
        reading=_reading(found),
        note=_note(found),
        table=_table(found),
        data=_data(found),
    )


def spreads(found: Uncertainty) -> tuple[Spread, ...]:
    """Return the base, and what each alternative changes against it."""
    return (found.levels[0], *found.differences)


def spread_name(found: Uncertainty, place: int) -> str:
    """Return what a spread is of: number 0 is the base, the others are alternatives' differences from it."""
    return BASE_LONG if place == 0 else f"{_upper_first(PAGE.scenario(found.names[place]))}, against the base"


def _upper_first(text: str) -> str:
    return capitalized(text)


def _row(found: Uncertainty, one: Spread, place: int) -> Row:
    name = f"{found.label}, {lower_first(BASE_LONG)}" if place == 0 else spread_name(found, place)
    told = _level_words if place == 0 else _difference_words
    bars = []
    unknown = _unknown_share(one)
    if one.luck is not None:
        bars.append(_bar(one.luck, LUCK_WORDS + ("" if unknown is None else f" {part(1.0 - unknown.value)}"), LUCK))
    words = UNKNOWN_WORDS + ("" if unknown is None else f" {part(unknown.value)}")
    bars.append(_bar(one.ignorance, words, UNKNOWN))
    both = None if one.both is None else (one.both.low, one.both.high)
    return Row(name, tuple(bars), told(found, one), both, one.mean)


def _bar(inside: Band, text: str, color: int) -> Bar:
    return Bar(inside.low, inside.high, text, color)


def _bars_told(row: Row) -> str:
    return ", ".join(bar.text for bar in row.bars)


def _unknown_share(one: Spread) -> Guess | None:
    if one.luck_share is None or not has_spread(one):
        return None
    return Guess(1.0 - one.luck_share.value, one.luck_share.error)


def _level_words(found: Uncertainty, one: Spread) -> str:
    whose, inside = _widest(one)
    mean = mean_told(around(one.mean, inside), measure_of(found.key).unit, brief=True)
    return f"{mean} on average; {whose}: {band(inside, found.key)}"


def _widest(one: Spread) -> tuple[str, Band]:
    return (DRAWS, one.ignorance) if one.both is None else (RUNS, one.both)


def _difference_words(found: Uncertainty, one: Spread) -> str:
    if not has_spread(one):
        return "no change in any run" if one.mean == 0.0 else f"{signed_words(one.mean, found.key)} in every run"
    seen = abs(one.mean) >= WIDE * mean_error(one, found.draws)
    whose, inside = _widest(one)
    spread, unit = around(one.mean, inside), measure_of(found.key).unit
    mean = signed_words(one.mean, found.key, extra_digits(spread, unit, brief=True)) if seen else NOTHING_SEEN
    return f"{mean} on average; {whose}: {ends_in_words(spread, unit, words_of(unit), brief=True)}"


def signed_words(number: float, key: str, extra: int = 0) -> str:
    """Return a difference with its sign in words: `3.1 fewer`; `extra` digits more than usual."""
    unit = measure_of(key).unit
    if number == 0.0:
        return "no change"
    return f"{short(abs(number), unit, extra=extra).replace(' %', ' points')} {words_of(unit)[number < 0]}"


def _reading(found: Uncertainty) -> str:
    told = [f"Projection: {lower_first(doubt_sentence(found))}"]
    for place, one in enumerate(found.differences, 1):
        unknown = _unknown_share(one)
        shares = "" if unknown is None else f"; {part(1.0 - unknown.value)} of that spread is random variation"
        name = _upper_first(PAGE.scenario(found.names[place]))
        told.append(f"{name} against the base: {_difference_words(found, one)}{shares}.")
    return " ".join(told)


def _note(found: Uncertainty) -> str:
    if found.levels[0].luck_share is None:
        return (
            f"Bars span the middle 90 % over {counted(found.draws, 'draw')} of the uncertain assumptions; lines are "
            "means. A chance already averages over random variation, which has no share of it."
        )
    beyond = any(map(_reaches_beyond, spreads(found)))
    return (
        "Pale ranges span the middle 90 % of runs under both kinds of uncertainty; bars, under each kind alone; lines "
        "are means. Shares are of the variance. Random variation: a small organization has good and bad years by "
        f"chance. Assumptions: {len(found.unknowns)} effects and inputs, drawn {counted(found.draws, 'time')} from "
        "their ranges."
        + (" Where the two are lopsided in opposite directions, one alone reaches beyond both." if beyond else "")
    )


def _reaches_beyond(one: Spread) -> bool:
    if one.both is None or one.luck is None:
        return False
    return any(alone.low < one.both.low or alone.high > one.both.high for alone in (one.luck, one.ignorance))


def _table(found: Uncertainty) -> Table:
    titles = ("Middle 90 %", *BANDS, "Share of random variation", "Share of assumptions")
    rows = [
        (
            spread_name(found, place),
            *(_changes(one, found.key) if place else band_cells(one, found.key, signed=False)),
            share(one.luck_share if has_spread(one) else None),
            share(_unknown_share(one)),
        )
        for place, one in enumerate(spreads(found))
    ]
    return Table(tuple(map(Column, titles)), tuple(rows))


def _changes(one: Spread, key: str) -> tuple[str, ...]:
    """Return the cells of a difference, signs in words."""
    unit = measure_of(key).unit
    bands = (NONE if inside is None else _band_words(inside, unit) for inside in (one.both, one.luck, one.ignorance))
    return signed_words(one.taken, key), signed_words(one.mean, key), *bands


def _band_words(inside: Band, unit: str) -> str:
    return ends_in_words(around(None, inside), unit, words_of(unit), brief=True)


def _data(found: Uncertainty) -> Table:
    unit = measure_of(found.key).unit
    ends = [f"{name}, {end}" for name in ("Both", "Random variation", "Assumptions") for end in ("5 %", "95 %")]
    columns = [Column("Of what"), *(Column(name, unit) for name in ("Point values", "Mean", *ends))]
    columns += [Column("Share of random variation", "share"), Column("Standard error of that share", "share")]
    rows = []
    for place, one in enumerate(spreads(found)):
        bands = (end for inside in (one.both, one.luck, one.ignorance) for end in _ends(inside))
        luck: tuple[Cell, Cell] = (
            (None, None) if one.luck_share is None else (one.luck_share.value, one.luck_share.error)
        )
        rows.append((spread_name(found, place), one.taken, one.mean, *bands, *luck))
    return Table(tuple(columns), tuple(rows))


def _ends(inside: Band | None) -> tuple[Cell, Cell]:
    return (None, None) if inside is None else (inside.low, inside.high)

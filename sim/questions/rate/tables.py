"""The tables of a rate build-up: line by line, what turnover adds, what changes, groups, and what came out of runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sim.questions.rate.build_up import TURNOVER, even_group_rate
from sim.questions.rate.columns import (
    ADDED,
    ALL,
    CHANGED,
    DIFFERENCES,
    LINES,
    OTHER,
    PLAIN,
    PRICED,
    SIMULATED,
    WHOLE,
    Column,
)
from sim.questions.rate.lines import (
    PARTS_IN_WORDS,
    SECTIONS,
    SHARE,
    STAFFING_IN_WORDS,
    USD,
    Known,
    Line,
    known,
    lines_of,
)
from sim.questions.rate.rate import RateStudy
from sim.results.summary import Estimate
from sim.scenario.files import Loaded
from sim.words.differences import on_its_side
from sim.words.futures import OF_100
from sim.words.layout import Told, counted, table
from sim.words.numbers import NONE, value

OWN: Final = "Its own turnover over the base's, both at these prices"
CHANGES_IN_WORDS: Final = {
    PLAIN: "At the base's turnover (arithmetic)",
    PRICED: "  of it: in what the base's turnover adds",
    **{part: f"  {PARTS_IN_WORDS[part]}" for part in TURNOVER},
    ALL: "  All of its own over the base's",
    OTHER: PARTS_IN_WORDS[OTHER],
    WHOLE: "The rate, in all",
}
MAIN_LINES: Final = ("wage", "hourly", "billed", "paid_hour", "billable_hour", "rate")  # where there is little room
HOURLY: Final = "USD/hour"
NOTHING: Final = 5e-7
MORE_LESS: Final = ("more", "less")


def _largest(amounts: Iterable[float | None], usual: float) -> float:
    """Return how far amounts lie from what is usual, at the most."""
    return max(abs(amount - usual) for amount in amounts if amount is not None)


def _from_usual(study: RateStudy) -> dict[str, float]:
    """Return how far each line lies from its usual amount in any column, at the most."""
    told = {key for one in study.columns for key in one.lines}
    lines = [line for section in SECTIONS.values() for line in section if line.key in told]
    return {line.key: _largest(_row(study, line.key), line.usual) for line in lines}


def _section(title: str, largest: Mapping[str, float], study: RateStudy, loaded: Loaded) -> Iterator[tuple[str, ...]]:
    """The rows of one section of the build-up, under its title."""
    yield title, *[""] * (len(study.columns) + 2)
    for line in lines_of(title, largest):
        amounts = [_amount(amount, line.unit) for amount in _row(study, line.key)]
        yield f"  {line.words}", _source(known(line, loaded, study.payer), line), *amounts


def lines_told(study: RateStudy, loaded: Loaded) -> Told:
    """Return the heading and the rows of the build-up: words, how known, and an amount a column."""
    largest = _from_usual(study)
    rows = [row for title in SECTIONS for row in _section(title, largest, study, loaded)]
    if study.columns[0].lines["rate"].low is not None:
        rates = [one.told(LINES)["rate"] for one in study.columns]
        rows += [(f"    {words}", "", "", *ends) for words, ends in zip(("from", "to"), _both_ends(rates), strict=True)]
    heading = (
        "",
        "how known, evidence card",
        "nobody leaves",
        *(one.name for one in study.columns),
    )
    return heading, rows


def short_lines_told(study: RateStudy) -> Told:
    """Return the heading and the rows of the main lines alone, the rate last; its range is in the sentences."""
    by_key = {line.key: line for lines in SECTIONS.values() for line in lines}
    rows = [
        (by_key[key].words, *(_amount(amount, by_key[key].unit) for amount in _row(study, key))) for key in MAIN_LINES
    ]
    return ("", "If nobody left", *(one.name for one in study.columns)), rows


def _both_ends(rates: Sequence[Estimate]) -> tuple[list[str], list[str]]:
    return [_amount(one.low, USD) for one in rates], [_amount(one.high, USD) for one in rates]


def _row(study: RateStudy, key: str) -> list[float | None]:
    """Return a line's amounts: of the base if nobody left, then of every scenario."""
    told = [study.columns[0].without.get(key)]
    return told + [one.lines[key].mean if key in one.lines else None for one in study.columns]


def _source(one: Known, line: Line) -> str:
    return f"{one.how.removeprefix('grade ')} {one.card}".strip() if line.path else ""


def turnover_told(study: RateStudy) -> Told:
    """Return the heading and the rows of what turnover adds to the rate of a unit, each with its range."""
    told = [one.told(ADDED) for one in study.columns]
    rows = [
        (PARTS_IN_WORDS[part], *(cell for one in told for cell in _cells(one[part], signed=False)))
        for part in (*TURNOVER, ALL)
    ]
    return ("", *(head for one in study.columns for head in (one.name, "from", "to"))), rows


def differences_told(study: RateStudy) -> Told:
    """Return the heading and the rows of what changes in the rate against the base, of futures with how often."""
    sides = (OF_100,) * study.answer.over_futures
    heading = ("", *(head for one in study.columns[1:] for head in (one.name, "from", "to", *sides)))
    rows = [
        (CHANGES_IN_WORDS[part], *(cell for one in study.columns[1:] for cell in _change(one, part, sides)))
        for part in DIFFERENCES
    ]
    rows.insert(DIFFERENCES.index(next(iter(TURNOVER))), (OWN, *[""] * (len(heading) - 1)))
    return heading, rows


def change_in_words(part: str) -> str:
    """Return what a line of the changes is called where it stands alone."""
    told = CHANGES_IN_WORDS[part].strip()
    return f"{OWN}: {told[0].lower()}{told[1:]}" if part in (*TURNOVER, ALL) else told


def _change(column: Column, part: str, sides: tuple[str, ...]) -> tuple[str, ...]:
    spread, one = column.spreads.get(CHANGED, {}).get(part), column.told(CHANGED)[part]
    told = "" if spread is None else on_its_side(spread, one.mean, MORE_LESS)
    return (*_cells(one, signed=True), *(told for _ in sides))


def _cells(one: Estimate, *, signed: bool) -> tuple[str, str, str]:
    mean, low, high = (
        NONE if end is None else value(end, HOURLY, signed=signed) for end in (one.mean, one.low, one.high)
    )
    return mean, low, high


def groups_told(study: RateStudy) -> str:
    """Return the table of rates for each client of a group."""
    rows = []
    for size in study.wanted.sizes:
        rates = [[one.lines[key].mean or 0.0 for key in ("rate", "brought")] for one in study.columns]
        cells = [value(float(even_group_rate(rate, brought, size)), HOURLY) for rate, brought in rates]
        rows.append((counted(size, "client"), *cells))
    return table(("", *(one.name for one in study.columns)), rows)


def simulated_told(study: RateStudy) -> str:
    """Return the table of what came out of the runs, each with its range."""
    rows = []
    for key, (words, unit) in STAFFING_IN_WORDS.items():
        if any(abs(one.simulated[key].mean or 0.0) > NOTHING for one in study.columns):
            cells = [_plain(end, unit) for one in study.columns for end in _ends(one.told(SIMULATED)[key])]
            rows.append((words, *cells))
    heads = [head for one in study.columns for head in (one.name, "from", "to")]
    return table(("", *heads), rows)


# numbers -------------------------------------------------------------------------------------------------------


def _ends(one: Estimate) -> tuple[float | None, float | None, float | None]:
    return one.mean, one.low, one.high


def _plain(amount: float | None, unit: str) -> str:
    if amount is None:
        return NONE
    return value(amount, SHARE) if unit == SHARE else f"{amount:.3f}"


def _amount(amount: float | None, unit: str) -> str:
    return value(amount, HOURLY if unit == USD else SHARE)

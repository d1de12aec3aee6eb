"""What a fiscal note adds in a sentence, and its tables: for a document, and shorter for a brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sim.questions.compare.budget_text import year_name
from sim.questions.fiscal.note import Note
from sim.questions.fiscal.text import PAYERS, TITLES, UNIT, per_member_month
from sim.results.budget import TOTAL
from sim.results.spreads import ranged, spread_of_moved
from sim.results.summary import Estimate, estimate
from sim.takeaway.named import called, called_in_full
from sim.takeaway.parts import Table
from sim.takeaway.plain import one_line
from sim.words.numbers import short
from sim.words.ranges import ends_in_words, mean_told

MORE_LESS: Final = ("more", "less")
TITLE_LENGTH: Final = 110
WHOSE: Final = {
    "federal": "the federal government", "state": "the state general fund", "county": "counties",
    "other": "other payers",
}  # fmt: skip
SHORT: Final = "accrual"  # how the sentence and the short table count
HALF_A_CENT: Final = 0.005  # USD
FAREST: Final = 6  # years that fit beside one another on a page


def in_short(note: Note, names: Sequence[str] = ()) -> list[str]:
    """Return what each alternative adds over all years, for all payers together and for each that it moves.

    Args:
        note: the fiscal note.
        names: what its scenarios are called; left out, by their titles, or by letter where two begin alike.
    """
    span = f"{year_name(next(iter(note.years)))} to {year_name(list(note.years)[-1])}"
    base = estimate(note.spending[0].accrual[TOTAL].sum(axis=1))
    if not note.answer.alternatives:
        return [f"All payers come to owe {mean_told(base, UNIT, brief=True)} from {span}."]
    return [_added(note, case, span, name) for case, name in list(enumerate(names or _titles(note)))[1:]]


def _titles(note: Note) -> list[str]:
    told = [one_line(case.title, TITLE_LENGTH) for case in note.answer.cases]
    return told if len(set(told)) == len(told) else called_in_full(len(told))


def _added(note: Note, case: int, span: str, name: str) -> str:
    own = {payer: over_all_years(note, "accrual", payer, case) for payer in (TOTAL, *WHOSE)}
    moving = sorted(
        (payer for payer in WHOSE if not _still(own[payer])), key=lambda payer: -abs(own[payer].mean or 0.0)
    )
    parts = ", ".join(f"{WHOSE[payer]} {_moved(own[payer])}" for payer in moving)
    total = "together come to owe the same" if _still(own[TOTAL]) else f"come to owe {_moved(own[TOTAL])}"
    between = "; of it" if not _still(own[TOTAL]) else ":"
    return f"{name}: from {span} all payers {total}{f'{between} {parts}' if parts else ''}."


def over_all_years(note: Note, basis: str, payer: str, case: int) -> Estimate:
    """Return by how much a payer's spending over all years differs from the base's, run by run."""
    own, base = (note.spending[at].of(basis)[payer].sum(axis=1) for at in (case, 0))
    spread = spread_of_moved(own - base) if note.answer.settings.unknowns else None
    return ranged(estimate(own - base, within=note.answer.within), spread)


def _still(one: Estimate) -> bool:
    """Whether a difference is nothing in every run, sums of cents apart."""
    return all(abs(at or 0.0) < HALF_A_CENT for at in (one.mean, one.low, one.high))


def _moved(one: Estimate) -> str:
    """Return a difference in words, with its range."""
    if not one.mean or _still(one):
        return "nothing more"
    told = f"{short(abs(one.mean), UNIT)} {MORE_LESS[one.mean < 0]}"
    inside = "" if one.low == one.high else ends_in_words(one, UNIT, MORE_LESS, brief=True)
    return f"{told} ({inside})" if inside else told


def tables_of(note: Note, basis: str) -> Iterator[Table]:
    """Return the tables of one way of counting: a row for each scenario and payer, at most six years side by side."""
    names = [year_name(year) for year in note.years]
    for first in range(0, len(names), FAREST):
        at = slice(first, first + FAREST)
        yield Table(("", *names[at]), tuple(_rows(note, basis, at)), f"{TITLES[basis]}, by fiscal year and payer.")


def short_table(note: Note) -> Table:
    """Return what the base is owed by payer and what each alternative adds, over the first years."""
    names, at = [year_name(year) for year in note.years][:FAREST], slice(FAREST)
    rows = [*_own(note, SHORT, 0, at), *(row for case in _alternatives(note) for row in _added_rows(note, case, at))]
    return Table(("", *names), tuple(rows), f"{TITLES[SHORT]}, by fiscal year and payer.")


def _alternatives(note: Note) -> range:
    return range(1, len(note.spending))


def _added_rows(note: Note, case: int, at: slice) -> Iterator[tuple[str, ...]]:
    """Yield by how much more is owed; of several alternatives by all payers together alone."""
    rows = list(_less(note, SHORT, case, at))
    yield from rows if len(_alternatives(note)) == 1 else rows[-1:]


def _rows(note: Note, basis: str, at: slice) -> Iterator[tuple[str, ...]]:
    for case in range(len(note.spending)):
        yield from _own(note, basis, case, at)
        yield from _less(note, basis, case, at) if case else ()


def _own(note: Note, basis: str, case: int, at: slice) -> Iterator[tuple[str, ...]]:
    """Yield what each payer of a scenario spends, and all by member."""
    name = _name(note, case)
    for payer in note.payers(basis):
        cells = note.amounts(basis, payer, case)[at]
        yield (f"{name}: {PAYERS[payer]}", *(mean_told(cell, UNIT, brief=True) for cell in cells))
    if note.wanted.members is not None:
        yield (
            f"{name}: per member per month",
            *(f"${usd:,.2f}" for usd in per_member_month(note, basis, case)[at]),
        )


def _less(note: Note, basis: str, case: int, at: slice) -> Iterator[tuple[str, ...]]:
    """Yield by how much that differs from the base's, all payers last."""
    for payer in note.payers(basis):
        cells = note.told_differences(basis, payer, case)[at]
        yield (f"{_name(note, case)} less the base: {PAYERS[payer]}", *map(_difference, cells))


def _name(note: Note, case: int) -> str:
    return list(called(note.answer).values())[case]


def _difference(cell: Estimate) -> str:
    told = short(cell.mean, UNIT, signed=True)
    if cell.low is None or cell.low == cell.high:
        return told
    return f"{told} ({short(cell.low, UNIT, signed=True)} to {short(cell.high, UNIT, signed=True)})"

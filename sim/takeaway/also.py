"""What else a brief tells where it is asked: of payers, what a served client must avoid, and whom a change reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sim.questions.fair.fair import ASPECTS, FEWEST, Fair
from sim.questions.fair.fair import Cell as OfGroup
from sim.questions.fair.tables import HIDDEN, NAMES, Group, Row, tables_told
from sim.questions.fair.text import nothing_told
from sim.questions.fiscal.note import Note
from sim.questions.fiscal.text import counted_told, dollars_told
from sim.questions.rate.rate import RateStudy
from sim.questions.rate.tables import short_lines_told
from sim.questions.rate.text import sentences as rate_sentences
from sim.questions.rate.text import set_aside
from sim.questions.worth.text import averted_told, sentences, typed_told, whom
from sim.questions.worth.worth import AMOUNTS, Case, Worth
from sim.results.spreads import Spread, ranged
from sim.results.summary import Estimate
from sim.takeaway.fiscal_tables import FAREST, in_short, short_table
from sim.takeaway.named import called_in_full
from sim.takeaway.parts import Part, Table
from sim.takeaway.plain import one_line
from sim.takeaway.workbook import Cell, Cells, look_of
from sim.words.futures import runs_told
from sim.words.layout import counted, listed

RATE, FISCAL = "Which rate the wage needs", "What each payer comes to owe"
WORTH, FAIR = "What a served client must avoid", "Whom it reaches"
ELSEWHERE: Final = "What clients avoid is spent elsewhere, often by somebody else, and is no part of a fiscal note."
IN_BRIEF: Final = {"pay": "pay", "kept": "kept 12 months", "left": "leaving per 100 a year"}
MOST_CASES, MOST_GROUPS = 4, 8
MOST_TOLD, MOST_COLUMNS = 5, 3  # sentences, and scenarios side by side
MOST_WITH_TABLES: Final = 2  # parts that have room for a table each on two pages, of one alternative
UNITS: Final = {
    "spent": "USD", "payers": "USD", "own": "USD", "served": "client-years", "needed": "USD", "averted": "USD",
    "net": "USD",
}  # fmt: skip
WORTH_SHEET: Final = (
    "Scenario", "What (of alternatives: the difference from the base)", "Unit", "Mean", "Low", "High",
    "Futures below 0", "Futures above 0",
)  # fmt: skip
FAIR_SHEET: Final = (
    "Scenario", "What", "Group", "People", "Unit", "Own", "Difference", "Low", "High", "Beside all", "Low", "High",
)  # fmt: skip
AMOUNTS_IN_WORDS: Final = {
    "spent": "Cost to {whom} over all months", "payers": "Owed by payers",
    "own": "The employer's own money: cost above what payers owe; below 0 a gain, not counted",
    "served": "Client-years", "needed": "What a served client must avoid a year, by the cost to {whom}",
    "averted": "Averted, by the worth that was typed", "net": "Averted less the cost to {whom}",
}  # fmt: skip


@dataclass(frozen=True)
class Also:
    """Answers that a brief tells besides its own, each with the runs behind it."""

    worth: Worth | None = None
    fair: Fair | None = None
    rate: RateStudy | None = None
    fiscal: Note | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return them as parts of a brief."""
        found = (
            None if self.rate is None else _rate(self.rate),
            None if self.fiscal is None else _fiscal(self.fiscal),
            None if self.worth is None else _worth(self.worth),
            None if self.fair is None else _fair(self.fair),
        )
        told = tuple(one for one in found if one is not None)
        most = 1 if self._alternatives > 1 else MOST_WITH_TABLES
        return told if len(told) <= most else tuple(replace(one, table=None) for one in told)

    @property
    def takes_more(self) -> bool:
        """Whether it takes the room of what changed most and of the budget too, which are of alternatives."""
        return self._alternatives > 0 and (self.rate is not None or self.fiscal is not None)

    @property
    def _alternatives(self) -> int:
        found = next((one for one in (self.rate, self.fiscal) if one is not None), None)
        return 0 if found is None else len(found.answer.alternatives)


NOTHING_ELSE: Final = Also()


def _rate(study: RateStudy) -> Part:
    """Return what a rate study comes to, and its main lines."""
    heading, rows = short_lines_told(study)
    fits = len(study.columns) <= MOST_COLUMNS
    table = Table(heading, tuple(rows), "The main lines of the rate of a 15-minute unit.") if fits else None
    lead = f"Over {runs_told(study.answer)} of its own, as peerstay rate tells it line by line. {set_aside(study)}"
    return Part(RATE, tuple(rate_sentences(study))[:MOST_TOLD], lead, table)


def _fiscal(note: Note) -> Part:
    """Return what a fiscal note adds over all years, and what is owed in each."""
    later = " and the later years" if note.years.number > FAREST else ""
    lead = (
        f"{counted_told(note)} {dollars_told(note)} Owed for the year's service and cost, whenever paid; peerstay "
        f"fiscal also tells when it is paid, federal shares by date and what ends with an award{later}."
    )
    fits = len(note.spending) <= MOST_COLUMNS
    return Part(FISCAL, tuple(in_short(note)[:MOST_TOLD]), lead, short_table(note) if fits else None)


def _worth(worth: Worth) -> Part:
    items = sentences(worth, called_in_full(len(worth.cases)))[:MOST_CASES]
    if worth.typed is not None:
        told = [
            f"{row[0]} {row[3]} ({row[4]}{_side(row)})"
            for row in averted_told(worth, called_in_full(len(worth.cases)))[1]
        ]
        items.append(
            f"{one_line(typed_told(worth))} Averted less the cost to {whom(worth)}: {'; '.join(told[:MOST_CASES])}."
        )
    months = counted(worth.answer.base.loaded.scenario.horizon.months, "month")
    return Part(
        WORTH, tuple(items), f"Over {runs_told(worth.answer)} of {months}, as peerstay worth tells it. {ELSEWHERE}"
    )


def _side(row: Sequence[str]) -> str:
    return f"; {row[5]}" if len(row) > 5 and row[5] else ""


def _fair(fair: Fair) -> Part:
    """Return what groups have of a change, a line a group and scenario; the small ones are named, without a number."""
    items = list(_lines(fair))
    left = len(items) - MOST_GROUPS
    more = [f"and {left} more (peerstay fair lists all)"] if left > 0 else []
    lead = f"Over {runs_told(fair.answer)}, as peerstay fair tells it; fewer than {FEWEST} people are left out."
    return Part(FAIR, (*items[:MOST_GROUPS], *more, *_left_out(fair)), lead)


def _lines(fair: Fair) -> Iterator[str]:
    """Yield a line a group and scenario."""
    tables = [one for one in tables_told(fair) if one.aspect.key in IN_BRIEF]
    names = called_in_full(len(fair.answer.cases))
    for case in dict.fromkeys(one.case for one in tables):
        own = [one for one in tables if one.case == case]
        name = f"{names[case]}, " * (len(names) > 2)
        yield from (f"{name}{line}" for line in _of_groups(own))


def _of_groups(tables: Sequence[Group]) -> Iterator[str]:
    for rows in zip(*(one.rows for one in tables), strict=True):
        told = [f"{IN_BRIEF[one.aspect.key]} {_amount(row)}" for one, row in zip(tables, rows, strict=True) if row.told]
        if told:
            yield f"{_named(rows[0])}: {'; '.join(told)}."


def _named(row: Row) -> str:
    return row.name if row.people == HIDDEN else f"{row.name} ({row.people} people)"


def _amount(row: Row) -> str:
    """Return what is told of a group: of an alternative its difference from the base, else its own value."""
    return row.amounts[:3][-1].in_one


def _left_out(fair: Fair) -> list[str]:
    """Return why nothing is told by group, or of which groups nothing is."""
    if nothing := nothing_told(fair):
        return [nothing]
    hidden = [NAMES[group] for group in fair.groups if fair.hides(group)]
    return [f"Too few to be told of, or to be found by subtraction: {listed(hidden)}."] if hidden else []


# sheets ----------------------------------------------------------------------------------------------------------


def worth_rows(worth: Worth) -> Iterator[Cells]:
    """Yield a row a scenario and amount of what a served client must avoid."""
    for name, case in zip(called_in_full(len(worth.cases)), worth.cases, strict=True):
        for key in (key for key in AMOUNTS if getattr(case.told, key).mean is not None):
            yield [name, AMOUNTS_IN_WORDS[key].format(whom=whom(worth)), UNITS[key], *_amounts(case, key)]


def _amounts(case: Case, key: str) -> Iterator[Cell]:
    """Yield the mean of an amount, its ends, and in which shares of the futures it is below and above zero."""
    one: Estimate = getattr(case.told, key)
    spread: Spread | None = getattr(case.single, key, None)
    yield from (Cell(end, look_of(UNITS[key])) for end in (one.mean, one.low, one.high))
    yield from (Cell(getattr(spread, side, None), "chance") for side in ("below", "above"))


def fair_rows(fair: Fair) -> Iterator[Cells]:
    """Yield a row a scenario, aspect and group of what is told by group."""
    names = called_in_full(len(fair.answer.cases))
    for case, name in enumerate(names):
        for aspect in ASPECTS:
            for group in fair.groups:
                cell, people = fair.cell(aspect, group, case), fair.told_people(group)
                if not cell.hidden:
                    own = (Cell(end, look_of(aspect.unit)) for end in (cell.value.mean, *_apart(fair, cell)))
                    yield [name, aspect.label, NAMES[group], Cell(people, "one"), aspect.unit, *own]


def _apart(fair: Fair, cell: OfGroup) -> Iterator[float | None]:
    """Yield a difference from the base with its ends, and how it lies beside everybody's; no ends of a handful."""
    few = fair.answer.over_futures and cell.single is None
    spreads = (None, None) if cell.single is None else (cell.single.difference, cell.single.beside)
    for one, spread in zip((cell.difference, cell.beside), spreads, strict=True):
        told = ranged(one, spread)
        yield from (told.mean, None if few else told.low, None if few else told.high)

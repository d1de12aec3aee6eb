"""Draw which uncertain assumptions spread a measure, and which would be worth knowing before choosing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.charts.bars import Bar, Row, Scale, bars_figure, change_scale
from sim.charts.look import LIGHT, Look
from sim.charts.sentences import lower_first
from sim.charts.view import Cell, Column, Table, View
from sim.questions.uncertainty.numbers import guessed, part, share
from sim.questions.uncertainty.uncertainty import Choice, Spread, Uncertainty
from sim.questions.uncertainty.variance_shares import Guess
from sim.questions.uncertainty.view import spreads
from sim.questions.uncertainty.words import MOST, choice_lines, standing_out, worth_words, worths_seen
from sim.results.measures.table import measure_of
from sim.runs.futures.unknowns import Unknown
from sim.words.audience import PAGE, unknown_words

NO_KIND = "No group of assumptions stands out from noise yet; more draws may tell."
NONE_SEEN = "No single assumption stands out from noise yet; more draws may tell."
REST = "All others, and interactions"
WHISKERS = (
    "Shares are of the spread (its variance); thin lines are 95 % ranges. Shares below 0 are noise; more draws "
    "reduce it."
)
WORTH_NOTE = (
    "How much better the choice would turn out on average, in the measure's unit. Thin lines are 95 % ranges. Groups "
    "and single assumptions are shown where noise alone would give as much in at most one study out of 20."
)
ENDS = ("", ", 95 % from", ", 95 % to")
SHOWN, SUMMED = 2, 3  # colors
WIDEST = 4.0  # of a share's 95 % range, that is still drawn


def unknowns_view(found: Uncertainty, look: Look = LIGHT, place: int | None = None) -> View:
    """Return which assumptions spread a measure most: the largest shares that stand out from noise, the rest summed.

    Args:
        found: random variation and assumptions.
        look: of the page.
        place: 0 for the base, else the alternative whose difference is looked at; left out the first difference.
    """
    asked = _Asked(found, _place(found, place))
    known = _known(found)
    top = standing_out(asked.spread)
    named = [(unknown_name(known[path]), guess) for path, guess in top]
    rows = [(path, known[path].title, known[path].grade, share(guess)) for path, guess in top]
    titles = ("Input", "What it is", "Grade", "Share of the assumptions' uncertainty")
    reading = NONE_SEEN
    if top:
        which = PAGE.unknown(known[top[0][0]])
        told = part(top[0][1].value)
        reading = f"Projection: of the uncertainty that assumptions cause in {asked.what}, {told} is due to {which}."
    return View(
        key="unknowns",
        title="Which assumptions matter most",
        figure=_shares_figure(asked, named, look) if top else None,
        alt=_alt(asked, named),
        reading=reading,
        note=f"{WHISKERS} Grade C is weak evidence, grade D an assumption.",
        table=Table(tuple(map(Column, titles)), (*rows, ("", REST, "", part(_rest(named)))) if top else ()),
        data=_single_data(found, asked.spread),
    )


def groups_view(found: Uncertainty, look: Look = LIGHT, place: int | None = None) -> View:
    """Return which groups of assumptions spread a measure most, the rest summed; arguments as of `unknowns_view`."""
    asked = _Asked(found, _place(found, place))
    shares = sorted(
        ((group, guess) for group, (_, guess) in asked.spread.groups.items()), key=lambda one: -one[1].value
    )
    top = shares[:MOST]
    drawn = asked.spread.whole.parts.ignorance > 0.0
    rows = [(group, share(guess)) for group, guess in top]
    kind, of = Column("Group of assumptions"), "Share of the assumptions' uncertainty"
    reading = "No uncertain assumption moves it."
    if drawn:
        told = share(top[0][1])
        seen = f"Projection: of the uncertainty that assumptions cause in {asked.what}, {told} is due to {top[0][0]}."
        reading = seen if top[0][1].low > 0.0 else NO_KIND
    return View(
        key="groups",
        title="Which group of assumptions matters most",
        figure=_shares_figure(asked, top, look) if drawn and _can_be_drawn(top) else None,
        alt=_alt(asked, top),
        reading=reading,
        note=WHISKERS,
        table=Table((kind, Column(of)), (*rows, (REST, part(_rest(top)))) if drawn else ()),
        data=Table(
            (kind, *(Column(f"{of}{end}", "share") for end in ENDS)),
            tuple((group, guess.value, guess.low, guess.high) for group, guess in shares),
        ),
    )


@dataclass(frozen=True)
class _Asked:
    found: Uncertainty
    place: int

    @property
    def spread(self) -> Spread:
        return spreads(self.found)[self.place]

    @property
    def what(self) -> str:
        of = f"{PAGE.scenario(self.found.names[self.place])} against the base" if self.place else "base"
        return f"{lower_first(self.found.label)} ({of})"


def _place(found: Uncertainty, place: int | None) -> int:
    return min(1, len(found.differences)) if place is None else place


def _can_be_drawn(top: Sequence[tuple[str, Guess]]) -> bool:
    """Whether the ranges are narrow enough that a bar beside them can be seen."""
    return all(guess.high - guess.low < WIDEST for _, guess in top)


def _heading(asked: _Asked) -> str:
    return f"Share of the uncertainty that assumptions cause in {asked.what}"


def _shares_figure(asked: _Asked, top: Sequence[tuple[str, Guess]], look: Look) -> Any:
    return bars_figure([(row, Scale("share")) for row in _share_rows(top)], look, _heading(asked))


def _alt(asked: _Asked, top: Sequence[tuple[str, Guess]]) -> str:
    return f"Bar chart. {_heading(asked)}. {_rows_told(_share_rows(top))}"


def _known(found: Uncertainty) -> dict[str, Unknown]:
    return {one.path: one for one in found.unknowns}


def unknown_name(one: Unknown) -> str:
    """Return what an assumption is called, with the grade of its evidence."""
    return unknown_words(one, f"grade {one.grade}")


def _rest(top: Sequence[tuple[str, Guess]]) -> float:
    return 1.0 - sum(guess.value for _, guess in top)


def _share_rows(top: Sequence[tuple[str, Guess]]) -> list[Row]:
    rows = [
        Row(name, (Bar(0.0, max(guess.value, 0.0), share(guess), SHOWN, (guess.low, guess.high)),))
        for name, guess in top
    ]
    rest = _rest(top)
    return [*rows, Row(REST, (Bar(0.0, max(rest, 0.0), part(rest), SUMMED),))]


def _rows_told(rows: Sequence[Row]) -> str:
    return " ".join(f"{row.name}: {', '.join(bar.text for bar in row.bars)}." for row in rows)


def _single_data(found: Uncertainty, one: Spread) -> Table:
    columns = [
        Column(title) for title in ("Input", "What it is", "Group", "Grade", "Unit", "Low", "Point value", "High")
    ]
    columns += [Column(f"Share of the assumptions' uncertainty{end}", "share") for end in ENDS]
    known = _known(found)
    ordered = sorted(one.single.items(), key=lambda pair: -pair[1].value)
    rows = tuple((*_card(known[path]), guess.value, guess.low, guess.high) for path, guess in ordered)
    return Table(tuple(columns), rows)


def _card(one: Unknown) -> tuple[Cell, ...]:
    return one.path, one.title, one.group, one.grade, one.unit, one.low, one.likely, one.high


# what knowing would be worth --------------------------------------------------------------------------------------


def worth_view(found: Uncertainty, look: Look = LIGHT) -> View:
    """Return what knowing an assumption before choosing among the scenarios would be worth."""
    choice = found.choice
    told = [] if choice is None else _worths(found, choice)
    unit = measure_of(found.key).unit
    rows = [_worth_row(found, name, guess, place) for place, (name, guess) in enumerate(told)]
    seen = any(guess.value > 0.0 for _, guess in told)
    return View(
        key="worth",
        title="Value of knowing an assumption before choosing",
        figure=bars_figure([(row, change_scale(unit, "")) for row in rows], look) if seen else None,
        alt=f"Bar chart of the value of knowing. {_rows_told(rows)}",
        reading=_worth_reading(found),
        note=WORTH_NOTE,
        table=Table((Column("Known before choosing"), Column("Value")), tuple(_worth_cells(found, told))),
        data=None if choice is None else _worth_data(found, choice),
    )


def _worths(found: Uncertainty, choice: Choice) -> list[tuple[str, Guess]]:
    """Return what is worth knowing: everything, groups, single ones; only what noise would hardly give."""
    known = _known(found)
    groups = [(f"All of: {group}", one.value) for group, one in choice.groups.items() if one.detectable]
    groups.sort(key=lambda pair: -pair[1].value)
    single = [(unknown_name(known[path]), one.value) for path, one in worths_seen(choice)]
    return [("All uncertain assumptions", choice.everything), *groups, *single]


def _worth_row(found: Uncertainty, name: str, guess: Guess, place: int) -> Row:
    color = SUMMED if place == 0 else SHOWN
    bar = Bar(0.0, guess.value, guessed(guess, found.key), color, (guess.low, guess.high))
    return Row(name, (bar,))


def _worth_cells(found: Uncertainty, told: Sequence[tuple[str, Guess]]) -> list[tuple[str, str]]:
    return [(name, guessed(guess, found.key)) for name, guess in told]


def _worth_reading(found: Uncertainty) -> str:
    sure = " ".join(choice_lines(found))
    if found.choice is None:
        return sure or "There is one scenario, so there is nothing to choose."
    return f"{sure} {worth_words(found, found.choice)}"


def _worth_data(found: Uncertainty, choice: Choice) -> Table:
    unit = measure_of(found.key).unit
    names = ("Value", "95 % from", "95 % to", "Value in held-out draws", "Value from noise alone")
    everything = choice.everything
    rows: list[tuple[Cell, ...]] = [
        ("everything", everything.value, everything.low, everything.high, None, None),
        *(
            (name, one.value.value, one.value.low, one.value.high, one.held_out, one.noise)
            for name, one in (*choice.groups.items(), *choice.single.items())
        ),
    ]
    return Table((Column("Known before choosing"), *(Column(name, unit) for name in names)), tuple(rows))

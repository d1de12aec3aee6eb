"""Whom a change reaches, as text for a terminal and as plain values for JSON; docs/fair.md explains the keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Final

from sim.questions.compare.shapes import drawn_shape, spread_shape
from sim.questions.fair.divisions import ONE_GROUP, Mark, marks_of, missing
from sim.questions.fair.fair import ASPECTS, FEWEST, Aspect, Cell, Fair
from sim.questions.fair.tables import HIDDEN, Row, tables_told
from sim.words.as_json import Shape, made_by
from sim.words.futures import range_name, ranges_told, runs_told
from sim.words.layout import bullets, command_lines, paragraph, section, table
from sim.words.numbers import value

ALL_FEW: Final = f"Every group has fewer than {FEWEST} people, so nothing is told by group."
CAUSES_IN_WORDS: Final = {
    "black_identity": "Black identity",
    "non_white_identity": "non-White identity",
    "rural": "rural place",
    "full_time": "full-time work",
}
STANDARD_DEVIATION: Final = (
    "SD is a standard deviation, how far people typically lie from the mean of all; 0.2 SD is usually called small"
)
NOT_KNOWN: Final = (
    (
        "Nothing in the rules of hiring, pay, promotion or dismissal asks for a person's group: where groups fare "
        "differently there, it is by where they work, their hours, their tenure, and the marks above."
    ),
    (
        "The model does not know discrimination, stigma, who applies or who is asked to apply; equal numbers here do "
        "not show that an employer is fair."
    ),
    (
        "Groups by race are those of the list of people, or drawn at hire by the scenario's place.black_share and "
        "place.non_white_share (assumptions unless typed), the same at every rung and wage."
    ),
)


def fair_text(fair: Fair, command: str) -> str:
    """Return the answer as text."""
    parts = [
        paragraph(f"WHOM IT REACHES: {fair.answer.base.title}"),
        paragraph(" ".join(how_told(fair, "beneath them"))),
    ]
    parts += [section(title, body) for title, body in _tables(fair)]
    parts.append(section("MARKS OF UNEQUAL CONDITIONS", bullets(marks_told(fair))))
    parts.append(section("WHAT THE MODEL DOES NOT KNOW", bullets(NOT_KNOWN)))
    parts.append(section("HOW TO MAKE IT AGAIN", command_lines(command)))
    return "\n\n".join(part for part in parts if part)


def how_told(fair: Fair, sides: str) -> list[str]:
    """Return how the numbers were found, what is left out, and what ranges mean.

    Args:
        fair: the answer.
        sides: where it stands in how many futures a difference holds.
    """
    answer = fair.answer
    told = [
        f"Found over {runs_told(answer)} together; people are those of the base in post, on average.",
        (
            f"{HIDDEN} stands where fewer than {FEWEST} people are behind a number"
            f"{' (behind a range: in one future of 20, or more)' * answer.over_futures}, or where such a number could "
            "be found by subtraction."
        ),
        nothing_told(fair),
    ]
    if answer.settings.replications == 1:
        told.append("One run shows one possible future and no range: it supports no conclusion.")
    if answer.alternatives:
        apart = "future by future" if answer.settings.unknowns else "run by run"
        told.append(f"Differences are from the base, {apart}; beside all is a group's difference less everybody's.")
    if answer.alternatives or answer.over_futures:
        told.append(ranges_told(answer, sides=sides))
    return [one for one in told if one]


def nothing_told(fair: Fair) -> str:
    """Return why nothing is told of any group; nothing where something is."""
    groups = fair.groups[1:]  # behind everybody
    if not all(map(fair.hides, groups)):
        return ""
    return missing(fair.answer.base.loaded.scenario) or (ALL_FEW if groups else ONE_GROUP)


def _tables(fair: Fair) -> Iterator[tuple[str, str]]:
    ranges, cases = range_name(fair.answer), fair.answer.cases
    for one in tables_told(fair):
        heading = ("", "People", "Base", "Then", "Difference", ranges, "Beside all", ranges)
        title = f"{one.aspect.label.upper()}, {one.unit}"
        if not one.case:
            yield title, table(("", "People", "Value", ranges), [_alone(row) for row in one.rows])
        else:
            rows = [line for row in one.rows for line in _compared(row)]
            yield f"{title}: {cases[one.case].name}", table(heading, rows)


def _alone(row: Row) -> tuple[str, ...]:
    return (row.name, row.people, row.amounts[0].mean, row.amounts[0].ends)


def _compared(row: Row) -> list[tuple[str, ...]]:
    """Return a group's row, and beneath it in how many futures its differences are on the side of their mean."""
    base, then, *apart = row.amounts
    cells = [text for one in apart for text in (one.mean, one.ends)]
    sides = [one.side for one in apart]
    told = [(row.name, row.people, base.mean, then.mean, *cells)]
    return [*told, ("", "", "", "", "", sides[0], "", sides[1])] if any(sides) else told


def marks_told(fair: Fair) -> list[str]:
    """Return the marks of the base, and those of alternatives that differ."""
    futures = fair.answer.settings.futures
    drawn = {} if futures is None else {one.path: (one.low, one.high) for one in futures.unknowns}
    base = marks_of(fair.answer.base.loaded.scenario)
    told = [_mark(one, drawn) for one in base]
    told += [STANDARD_DEVIATION] if told else []
    for case in fair.answer.cases[1:]:
        own = [one for one in marks_of(case.loaded.scenario) if one not in base]
        told += [f"{case.name}: {_mark(one, drawn)}" for one in own]
    return told


def _mark(one: Mark, drawn: Mapping[str, tuple[float, float]]) -> str:
    cause, outcome = one.key.split(".")
    where = "typed" if one.typed else f"grade {one.grade}, {one.source}"
    ends = None if one.typed else drawn.get(f"effects.{one.key}")
    where += "" if ends is None else f"; drawn from {_size(ends[0])} to {_size(ends[1])}"
    effect = value(one.effect, "SD", signed=True, extra=1)
    return f"{CAUSES_IN_WORDS[cause]} → {outcome}: {effect} for one SD ({where}); effects.{one.key} = 0 takes it out"


def _size(end: float) -> str:
    return value(end, "SD", extra=1).removesuffix(" SD")


# as JSON -------------------------------------------------------------------------------------------------------------


def fair_shape(fair: Fair) -> Shape:
    """Return an answer for JSON, the base first among its scenarios."""
    return {
        "replications": fair.answer.settings.replications,
        "seed": fair.answer.settings.seed,
        **made_by(),
        **drawn_shape(fair.answer),
        "within": fair.answer.within,
        "fewest": FEWEST,
        "people": {group: fair.told_people(group) for group in fair.groups},
        "aspects": [{"key": one.key, "label": one.label, "unit": one.unit} for one in ASPECTS],
        "scenarios": [_case_shape(fair, case) for case in range(len(fair.answer.cases))],
        "not_known": list(NOT_KNOWN),
    }


def _case_shape(fair: Fair, case: int) -> Shape:
    named = fair.answer.cases[case]
    return {
        "name": named.name,
        "title": named.title,
        "marks": [asdict(one) for one in marks_of(named.loaded.scenario)],
        "groups": {group: {one.key: _cell_shape(fair, one, group, case) for one in ASPECTS} for group in fair.groups},
    }


def _cell_shape(fair: Fair, aspect: Aspect, group: str, case: int) -> Shape:
    cell = fair.cell(aspect, group, case)
    shape: Shape = {"hidden": cell.hidden, "value": asdict(cell.value)}
    shape |= {"difference": asdict(cell.difference), "beside": asdict(cell.beside)} if case else {}
    return shape if cell.single is None else shape | {"futures": _single_shape(cell, case)}


def _single_shape(cell: Cell, case: int) -> Shape:
    names = ("value", "difference", "beside") if case else ("value",)
    bands = {name: getattr(cell.single, name) for name in names}
    return {name: one and spread_shape(one) for name, one in bands.items()}

"""Whom a change reaches, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.questions.fair.fair import ASPECTS, FEWEST, Aspect, Cell, Fair
from sim.questions.fair.marks import Mark, marks_of
from sim.results.groups import EVERYBODY
from sim.results.summary import Estimate
from sim.words.layout import bullets, command_lines, counted, paragraph, section, table
from sim.words.numbers import NONE
from sim.words.ranges import mean_told, span

NAMES: Final = {
    EVERYBODY: "Everybody", "black": "Black", "other_non_white": "Other non-White", "white": "White",
    "rural": "Rural", "urban": "Urban", "full_time": "Full-time", "part_time": "Part-time",
}  # fmt: skip
HIDDEN: Final = "–"
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
    parts = [f"WHOM IT REACHES: {fair.answer.base.title}", paragraph(" ".join(_how(fair)))]
    parts += [section(title, body) for title, body in _tables(fair)]
    parts.append(section("MARKS OF UNEQUAL CONDITIONS", bullets(_marks(fair))))
    parts.append(section("WHAT THE MODEL DOES NOT KNOW", bullets(NOT_KNOWN)))
    parts.append(section("HOW TO MAKE IT AGAIN", command_lines(command)))
    return "\n\n".join(part for part in parts if part)


def _how(fair: Fair) -> list[str]:
    runs = counted(fair.answer.settings.replications, "run")
    told = [
        f"Found over {runs} together; people are those of the base in post, on average.",
        (
            f"{HIDDEN} stands where fewer than {FEWEST} people are behind a number, or where such a number could be "
            "found by subtraction."
        ),
    ]
    if fair.answer.settings.replications == 1:
        told.append("One run shows one possible future and no range: it supports no conclusion.")
    if fair.answer.alternatives:
        told.append(
            "Differences are from the base, run by run; beside everybody is a group's difference less everybody's. "
            "Ranges show random variation only; in each cell those of all alternatives hold together with 95 %."
        )
    return told


def _tables(fair: Fair) -> Iterator[tuple[str, str]]:
    """Return the tables: one an aspect, for each alternative, or for the base where there is none."""
    for case in range(1, len(fair.answer.cases)) or (0,):
        name = fair.answer.cases[case].name if case else ""
        for aspect in ASPECTS:
            rows = [_row(fair, aspect, group, case) for group in fair.groups]
            if any(set(row[2:]) - {HIDDEN, NONE, ""} for row in rows) and not _never(fair, aspect, case):
                title = f"{aspect.label.upper()}, {_unit(aspect)}"
                yield (f"{title}: {name}" if name else title), table(_heading(case), rows)


def _never(fair: Fair, aspect: Aspect, case: int) -> bool:
    """Whether something did not happen to anybody."""
    return all(fair.cell(aspect, EVERYBODY, one).value.mean in (None, 0.0) for one in {0, case})


def _unit(aspect: Aspect) -> str:
    return {"USD/hour": "mean wage", "share": "share"}.get(aspect.unit, aspect.unit)


def _heading(case: int) -> tuple[str, ...]:
    if not case:
        return ("", "People", "Value", "95 % range")
    return ("", "People", "Base", "Then", "Difference", "95 % range", "Beside all", "95 % range")


def _row(fair: Fair, aspect: Aspect, group: str, case: int) -> tuple[str, ...]:
    """Return a group's row."""
    people, own, unit = fair.told_people(group), fair.cell(aspect, group, case), _measured(aspect)
    name = (NAMES[group], HIDDEN if people is None else f"{people:,.0f}")
    if own.hidden:
        return (*name, *[HIDDEN] * (len(_heading(case)) - 2))
    if not case:
        return (*name, mean_told(own.value, unit), span(own.value, unit))
    base = fair.cell(aspect, group, 0)
    return (*name, mean_told(base.value, unit), mean_told(own.value, unit), *_differences(own, group, unit))


def _measured(aspect: Aspect) -> str:
    return "per 100 filled posts a year" if aspect.unit.startswith("per 100") else aspect.unit


def _differences(own: Cell, group: str, unit: str) -> tuple[str, ...]:
    both = [own.difference] if group == EVERYBODY else [own.difference, own.beside]
    told = [text for one in both for text in (mean_told(one, unit, signed=True, brief=True), _span(one, unit))]
    return (*told, *[""] * (4 - len(told)))


def _span(one: Estimate, unit: str) -> str:
    return span(one, unit, signed=True, brief=True)


def _marks(fair: Fair) -> list[str]:
    """Return the marks of the base, and those of alternatives that differ."""
    base = marks_of(fair.answer.base.loaded.scenario)
    told = [_mark(one) for one in base]
    for case in fair.answer.cases[1:]:
        told += [f"{case.name}: {_mark(one)}" for one in marks_of(case.loaded.scenario) if one not in base]
    return told


def _mark(one: Mark) -> str:
    cause, outcome = one.key.replace("_", " ").split(".")
    where = "typed" if one.typed else f"grade {one.grade}, {one.source}"
    return f"{cause} → {outcome}: {one.effect:+.2f} SD for one SD ({where}); effects.{one.key} = 0 takes it out"

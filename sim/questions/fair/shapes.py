"""Whom a change reaches as plain values for JSON; docs/fair.md explains the keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sim.questions.compare.shapes import drawn_shape, spread_shape
from sim.questions.fair.fair import ASPECTS, FEWEST, Aspect, Cell, Fair
from sim.questions.fair.marks import marks_of
from sim.questions.fair.text import NOT_KNOWN
from sim.words.as_json import made_by

Shape = dict[str, Any]


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
    return shape if cell.single is None else shape | {"futures": _single(cell, case)}


def _single(cell: Cell, case: int) -> Shape:
    names = ("value", "difference", "beside") if case else ("value",)
    bands = {name: getattr(cell.single, name) for name in names}
    return {name: one and spread_shape(one) for name, one in bands.items()}

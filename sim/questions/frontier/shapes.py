"""A frontier as plain values for JSON; what is undefined is null."""

from __future__ import annotations

from dataclasses import asdict

from sim.questions.compare.shapes import drawn_shape, made_from, spread_shape
from sim.questions.frontier.frontier import Frontier, Mix
from sim.questions.frontier.text import runnable
from sim.questions.frontier.words import frontier_sentence, notes
from sim.questions.solve.levers import Grid, Lever
from sim.results.measures.table import MEASURES, measure_of
from sim.words.as_json import Shape
from sim.words.audience import COMMANDS


def frontier_shape(found: Frontier) -> Shape:
    """Return the shape of `peerstay frontier --json`."""
    planned = found.planned
    return {
        **made_from(found.base, found.settings),
        "sentence": frontier_sentence(found),
        "notes": list(notes(found, COMMANDS)),
        "vary": [_lever(lever, grid) for lever, grid in planned.levers],
        "balance": {"path": planned.balance.path, "unit": planned.balance.unit, "today": planned.balance.today},
        "equal": planned.plan.equal,
        "objectives": [
            {"measure": key, "unit": measure_of(key).unit, "direction": measure_of(key).direction}
            for key in planned.plan.measures
        ],
        "frontier": list(found.best),
        **drawn_shape(found.answer),
        "mixes": [_mix(found, number, mix) for number, mix in enumerate(found.mixes)],
    }


def _lever(lever: Lever, grid: Grid) -> Shape:
    ends = {"low": grid.value(0), "high": grid.value(grid.size - 1)}
    return {"path": lever.path, "unit": lever.unit, "today": lever.today, **ends}


def _mix(found: Frontier, number: int, mix: Mix) -> Shape:
    grid = found.planned.places
    return {
        "number": number,
        "is_base": mix.is_base,
        "settings": dict(mix.settings),
        "run_as": dict(runnable(found, mix)),
        "balanced_at": None if mix.balance is None else mix.balance.value(grid),
        "gaps_usd": {str(grid.value(place)): gap for place, gap in sorted(mix.gaps.items())},
        "comparable": mix.comparable,
        "on_frontier": mix.on_frontier,
        "beaten_by": list(mix.beaten_by),
        "measures": {key: _measured(found, number, key) for key in mix.values},
    }


def _measured(found: Frontier, number: int, key: str) -> Shape:
    spread = found.spread(number, key)
    unit = measure_of(key).unit if key.partition(".")[0] in MEASURES else "USD a year"
    return {
        "unit": unit,
        **asdict(found.estimate(number, key)),
        "difference": asdict(found.difference(number, key)),
        **({} if spread is None or not number else {"futures": spread_shape(spread)}),
    }

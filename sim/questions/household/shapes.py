"""What a raise leaves in the household as plain values for JSON; docs/household.md explains the keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sim.evidence.net_income import AMOUNTS, HOURS_PER_YEAR, NET, WITH_HEALTH, Curve, load_net_income
from sim.evidence.raises import Raise, both
from sim.questions.household.asked import Asked
from sim.runs.answer import Alternative, Answer
from sim.words.as_json import made_by
from sim.words.earnings.household import how_to_read, reached

Shape = dict[str, Any]


def household_shape(asked: Asked) -> Shape:
    """Return what is asked for JSON."""
    known = load_net_income()
    return {
        "program": known.program,
        "version": known.version,
        "year": known.year,
        **made_by(),
        "hours_per_year": HOURS_PER_YEAR,
        "state": asked.state,
        "how_to_read": how_to_read(known),
        "raise": None if asked.wages is None else _raise_shape(asked.wages, asked.gross, asked.raises),
        "curves": [_curve_shape(curve) for curve in asked.curves],
    }


def _raise_shape(wages: tuple[float, float], gross: float, raises: tuple[Raise, ...]) -> Shape:
    return {"from": wages[0], "to": wages[1], "gross": gross, "households": [_kept_shape(one) for one in raises]}


def _kept_shape(one: Raise) -> Shape:
    return {
        "household": one.household,
        NET: one.moved[NET],
        "kept": one.kept(NET),
        WITH_HEALTH: one.moved[WITH_HEALTH],
        "kept_with_health": one.kept(WITH_HEALTH),
        "parts": dict(one.felt),
    }


def _curve_shape(curve: Curve) -> Shape:
    return {
        "household": curve.household,
        "wages": list(curve.wages),
        **{name: list(curve.amounts[name]) for name in AMOUNTS},
        "cliffs": [asdict(one) for one in both(curve)],
    }


def reached_shape(one: Alternative, answer: Answer) -> list[Shape]:
    """Return what of the entry wages that an alternative changes reaches households, for JSON."""
    return [
        {
            "kind": own.kind or None,
            "state": own.state,
            "month": own.month,
            **_raise_shape((own.before, own.after), own.gross, own.raises),
            "why_not": own.why_not or None,
        }
        for own in reached(one, answer)
    ]

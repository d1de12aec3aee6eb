"""Answers of `solve` as plain values for JSON; what is undefined is null."""

from __future__ import annotations

from dataclasses import asdict

from sim.questions.compare.shapes import compare_shape, made_from
from sim.questions.solve.constraints import Wish
from sim.questions.solve.rows import judged_by
from sim.questions.solve.solve import Found, Solution, Tried
from sim.questions.solve.words import notes, solved_sentence
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.words.as_json import Shape
from sim.words.audience import COMMANDS


def solve_shape(solution: Solution) -> Shape:
    """Return the shape of `peerstay solve --json`."""
    asked = solution.asked
    grid = asked.grid
    return {
        **made_from(asked.base, solution.settings),
        "outcome": solution.outcome,
        "sentence": solved_sentence(solution),
        "notes": list(notes(solution, COMMANDS)),
        "vary": {
            "path": asked.lever.path,
            "unit": asked.lever.unit,
            "today": asked.lever.today,
            "low": grid.value(0),
            "high": grid.value(grid.size - 1),
            "step": float(grid.step),
        },
        "until": [_wish(wish) for wish in asked.wishes],
        "with_chance": asked.chance,
        "answer": None if solution.found is None else _found(solution, solution.found),
        "other_direction": None if solution.other is None else _found(solution, solution.other),
        "best": _tried(solution, solution.best),
        "today": _tried(solution, solution.today),
        "tried": [_tried(solution, one) for one in solution.tried],
        "compared": compare_shape(solution.answer),
    }


def _wish(wish: Wish) -> Shape:
    return {
        "measure": wish.key,
        "unit": measure_of(wish.key).unit,
        "operator": wish.operator,
        "of_base": wish.factor,
        "plus": wish.offset,
        "text": wish.text,
    }


def _found(solution: Solution, found: Found) -> Shape:
    return {
        "value": found.value,
        "direction": found.direction,
        "low": found.low,
        "high": found.high,
        "at_the_end_of_the_range": found.at_the_end,
        "fails_again": found.fails,
        "holds_again": found.again,
        "at": _tried(solution, found.at),
        "one_step_less": _tried(solution, found.before),
    }


def _tried(solution: Solution, tried: Tried) -> Shape:
    verdict = tried.verdict
    pairs = zip(solution.asked.wishes, verdict.measured, verdict.margins, strict=True)
    return {
        "value": tried.value,
        "holds": tried.met,
        "surely": {1: True, 0: None, -1: False}[tried.sure],
        "chance": _estimate(verdict.chance),
        "conditions": [
            {"measure": wish.key, "measured": _estimate(one), "margin": _estimate(margin)}
            for wish, one, margin in pairs
        ],
        **_single(solution, tried),
    }


def _single(solution: Solution, tried: Tried) -> Shape:
    """Return what single futures show: the share that meets all conditions, and the middle 90 % of each."""
    single = tried.single
    if single is None:
        return {}
    bands = [judged_by(solution, place, tried) if band else None for place, band in enumerate(single.bands)]
    conditions = [None if one is None else {"low_90": one.low, "high_90": one.high} for one in bands]
    return {"futures": {"met_share": single.met, "conditions": conditions}}


def _estimate(one: Estimate | None) -> Shape | None:
    return None if one is None else asdict(one)

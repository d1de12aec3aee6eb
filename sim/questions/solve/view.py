"""Draw an answer of `solve`: every value tried, how it compares with the constraints, and the answer among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.charts.look import LIGHT, Look
from sim.charts.view import Cell, Column, Table, View
from sim.questions.solve.rows import judged_by, near_rows, shows_how_often, target_of
from sim.questions.solve.solve import Solution, Tried
from sim.questions.solve.view_figure import solution_figure
from sim.questions.solve.words import fine_range, solved_sentence, verdict_words, wish_label, wished_words
from sim.results.measures.table import measure_of
from sim.words.inputs import name_in_words, value_in_words
from sim.words.layout import listed

WHAT, HOLDS = "What it is", "Are the constraints met?"
HOLDS_ON_AVERAGE: Final = "Are they met on average?"
MET_IN: Final = "Share of futures in which all are met"
OF_MEANS: Final = "Thin lines are 95 % ranges of the means; of a difference from the base, run by run"
OF_FUTURES: Final = "Thin lines hold the middle 90 % of single futures; of a difference from the base, future by future"
OF_SHARES: Final = "Thin lines are 95 % ranges of the share of projected futures in which all conditions hold"


def solution_view(solution: Solution, look: Look = LIGHT) -> View:
    """Return the view of an answer found backwards."""
    return View(
        key="solution",
        title="Which value meets the constraints",
        figure=solution_figure(solution, look),
        alt=_alt(solution),
        reading=solved_sentence(solution),
        note=_note(solution),
        table=_table(solution),
        data=_data(solution),
    )


def _note(solution: Solution) -> str:
    shares = solution.asked.chance is not None
    ranges = OF_SHARES if shares else OF_FUTURES if solution.over_futures else OF_MEANS
    hollow = f"the side {'of the mean ' if ranges == OF_FUTURES else ''}may be random variation"
    return f"{ranges}. The tinted side of the dashed line meets the constraint. Hollow marks: {hollow}."


def _alt(solution: Solution) -> str:
    lever = solution.asked.lever
    told = [
        f"{value_in_words(one.value, lever.unit)}: {_measured(solution, one)}, {verdict_words(one)}"
        for one in _everywhere(solution)
    ]
    what = f"Chart of {_name(solution)} against the constraints: {wished_words(solution, 'is')}"
    return f"{what}. {'. '.join(told)}."


def _measured(solution: Solution, one: Tried) -> str:
    if one.verdict.chance is not None:
        return f"all conditions hold in {fine_range(one.verdict.chance, 'share')}"
    shown = enumerate(solution.asked.wishes)
    return listed([fine_range(judged_by(solution, at, one), measure_of(wish.key).unit) for at, wish in shown])


def _everywhere(solution: Solution) -> Sequence[Tried]:
    """Return today and the values tried, by value; today apart where the input is left out there."""
    today, tried = solution.today, solution.tried
    left_out = [today] if today.value is None else []
    known = {one.value: one for one in (*tried, *([] if left_out else [today])) if one.value is not None}
    return [*left_out, *(known[value] for value in sorted(known))]


def _name(solution: Solution) -> str:
    return name_in_words(solution.asked.lever.path.split("."))


def _table(solution: Solution) -> Table:
    heading, rows = near_rows(solution)
    titles = (_name(solution), WHAT, *heading[2:-1], HOLDS_ON_AVERAGE if shows_how_often(solution) else HOLDS)
    unit = solution.asked.lever.unit
    columns = (Column(f"{titles[0]}, {unit}" if unit else titles[0]), *map(Column, titles[1:]))
    return Table(columns, tuple(rows))


def _data(solution: Solution) -> Table:
    """Return every value tried in full precision: what each condition is judged by, its line, and how it stands."""
    asked = solution.asked
    columns = [Column(_name(solution), asked.lever.unit)]
    for wish in asked.wishes:
        what = f"{wish_label(wish, solution)}{', difference from the base' if wish.factor == 1.0 else ''}"
        columns += [Column(f"{what}{part}", measure_of(wish.key).unit) for part in ("", ", from", ", to", ", target")]
    if asked.chance is not None:
        columns += [Column(f"All met{part}", "share") for part in ("", ", from", ", to", ", target")]
    columns += [Column(MET_IN, "share")] if shows_how_often(solution) else []
    rows = tuple((one.value, *_numbers(solution, one), verdict_words(one)) for one in _everywhere(solution))
    return Table((*columns, Column(HOLDS)), rows)


def _numbers(solution: Solution, one: Tried) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for place in range(len(solution.asked.wishes)):
        shown = judged_by(solution, place, one)
        cells += [shown.mean, shown.low, shown.high, target_of(solution, place)]
    share = one.verdict.chance
    if share is not None:
        return (*cells, share.mean, share.low, share.high, solution.asked.chance)
    single = one.single
    return (*cells, single.met) if single is not None and shows_how_often(solution) else tuple(cells)

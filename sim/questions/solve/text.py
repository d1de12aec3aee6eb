"""An answer of `solve` as rows, as text and as plain values for JSON.

Rows are the values tried that show the answer, the same for terminal and page. In JSON, what is undefined is null.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

from sim.questions.compare.shapes import compare_shape, made_from
from sim.questions.compare.tables import comparison_table
from sim.questions.solve.constraints import Wish
from sim.questions.solve.levers import Number
from sim.questions.solve.solve import Found, Solution, Tried
from sim.questions.solve.words import (
    amount,
    fine_range,
    notes,
    solution_lines,
    solved_sentence,
    verdict_words,
    wish_label,
)
from sim.questions.solve.words_futures import met_in
from sim.results.measures.table import MEASURES, measure_of
from sim.results.spreads import Spread, ranged
from sim.results.summary import Estimate
from sim.words.as_json import Shape
from sim.words.audience import COMMANDS
from sim.words.layout import NAMES, bullets, command_lines, counted, paragraph, section, table
from sim.words.provenance import Stamp, command_line, luck_only, what_if_of


def near_rows(solution: Solution) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heading and rows of the values that show the answer.

    They are today, the ends of its range, a step less, itself, where it fails; columns: the value, what it is, each
    condition, the chance where one is asked for, how it stands.
    """
    labels = dict.fromkeys(label_of_wish(wish, solution) for wish in solution.asked.wishes)
    heading = (solution.asked.lever.path, "", *labels, *_share_headings(solution))
    return heading, [row_of(solution, name, one) for name, one in told_values(solution)]


def _share_headings(solution: Solution) -> tuple[str, ...]:
    """Return the headings of how often a value meets the constraints, and of how it stands."""
    if solution.asked.chance is not None:
        return "All met in", ""
    return ("Met in", "On average") if shows_how_often(solution) else ("",)


def shows_how_often(solution: Solution) -> bool:
    """Whether beside the mean stands in how many futures a value meets the constraints."""
    return solution.asked.chance is None and bool(met_in(solution.today))


def label_of_wish(wish: Wish, solution: Solution) -> str:
    """Return the heading of a condition's column."""
    label = wish_label(wish, solution)
    return f"{label} against base" if wish.factor == 1.0 else label


def row_of(solution: Solution, name: str, one: Tried) -> tuple[str, ...]:
    """Return the row of a value tried."""
    cells = {
        label_of_wish(wish, solution): fine_range(judged_by(solution, place, one), measure_of(wish.key).unit)
        for place, wish in enumerate(solution.asked.wishes)
    }
    share = () if one.verdict.chance is None else (fine_range(one.verdict.chance, "share"),)
    share = (met_in(one),) if shows_how_often(solution) else share
    return amount(solution.asked.lever, one.value), name, *cells.values(), *share, verdict_words(one)


def target_of(solution: Solution, place: int) -> float | None:
    """Return where a condition's line lies: of a difference from the base at its target, else at the value."""
    wish = solution.asked.wishes[place]
    if wish.factor in (0.0, 1.0):
        return wish.offset
    base = solution.base.verdict.measured[place].mean
    return None if base is None else wish.factor * base + wish.offset


def judged_by(solution: Solution, place: int, one: Tried) -> Estimate:
    """Return what a condition is judged by, with the range that is told: of single futures where there are any."""
    judged = mean_of(solution, place, one)
    band, wish, target = _band(one, place), solution.asked.wishes[place], target_of(solution, place)
    if band is None or not wish.factor or target is None:
        return ranged(judged, band)
    low, high = _beside(wish, target, band.low, band.high)
    return replace(judged, low=low, high=high)


def _band(one: Tried, place: int) -> Spread | None:
    return None if one.single is None else one.single.bands[place]


def mean_of(solution: Solution, place: int, one: Tried) -> Estimate:
    """Return what a condition is judged by: the measure, or against the base with the range of the paired margin."""
    wish, margin = solution.asked.wishes[place], one.verdict.margins[place]
    target = target_of(solution, place)
    if not wish.factor or margin.mean is None or target is None:
        return one.verdict.measured[place]
    low, high = _beside(wish, target, margin.low, margin.high)
    return Estimate(target + (1.0 if wish.wants_more else -1.0) * margin.mean, low, high, margin.n)


def _beside(wish: Wish, target: float, *margins: float | None) -> list[float | None]:
    """Return the ends of what is judged from those of its margin."""
    sign = 1.0 if wish.wants_more else -1.0
    ends = [None if end is None else target + sign * end for end in margins]
    return ends if wish.wants_more else ends[::-1]


def told_values(solution: Solution) -> list[tuple[str, Tried]]:
    """Return what is shown of the values tried, by value, each once with all it is."""
    names: dict[Number | None, str] = {}
    for name, one in _named(solution):
        names[one.value] = ", ".join(part for part in (names.get(one.value, ""), name) if part)
    by_value = {one.value: one for one in (*solution.tried, solution.today)}
    order = sorted(names, key=lambda value: -math.inf if value is None else value)
    return [(names[value], by_value[value]) for value in order]


def _named(solution: Solution) -> Iterator[tuple[str, Tried]]:
    found, tried = solution.found, solution.tried
    yield "today", solution.today
    if found is None:
        yield from (("", one) for one in _spread(tried))
        if solution.outcome == "unreachable":
            yield "best", solution.best
    else:
        yield from _named_around(found, tried)


def _named_around(found: Found, tried: Sequence[Tried]) -> Iterator[tuple[str, Tried]]:
    """What is named once an answer is found: it, the step before, the ends of its range, and where it fails again."""
    if not found.at_the_end:
        yield "one step less", found.before
    yield "answer", found.at
    for name, end in (("near end of its range", found.low), ("far end of its range", found.high)):
        yield from ((name, one) for one in tried if one.value == end != found.value)
    if found.fails:
        yield "fails again", next(one for one in tried if one.value == found.fails[0])


def _spread(tried: Sequence[Tried], most: int = 5) -> list[Tried]:
    """Return a few of the values tried, both ends among them."""
    last = len(tried) - 1
    places = sorted({round(last * place / (most - 1)) for place in range(most)}) if last > 0 else range(last + 1)
    return [tried[place] for place in places]


# as text -------------------------------------------------------------------------------------------------------------

COSTS = (
    "headcount", "exits_per_year", "hours_delivered_per_year", "cost_usd_per_year", "revenue_usd_per_year",
    "margin_usd_per_year", "cash_end_usd", "chance_of_negative_cash", "spending_federal_usd_per_year",
    "spending_state_usd_per_year", "spending_county_usd_per_year", "spending_other_usd_per_year",
)  # fmt: skip

PATH_WIDTH = 26  # of an address in the heading, which goes on beneath


def solve_text(solution: Solution, stamp: Stamp, sets: Sequence[str]) -> str:
    """Return the text of `peerstay solve`."""
    answer, *besides = solution_lines(solution, COMMANDS)
    parts = [
        paragraph(answer),
        table(*near_rows(solution), left=2, kept=(PATH_WIDTH, NAMES[1])),
        bullets(besides),
        section(_costs_title(solution), _costs(solution)),
        section("Full comparison with the base", _use(solution, sets)),
        section("Reproduce this", _reproduce(solution, stamp)),
    ]
    return "\n\n".join(part for part in parts if part)


def _costs_title(solution: Solution) -> str:
    return (
        "Effects and costs, compared with the base"
        if solution.found
        else "Effects of the best value, compared with the base"
    )


def _costs(solution: Solution) -> str:
    answer = solution.answer
    if not answer.alternatives:
        return ""
    measured = answer.alternatives[0].measures
    wished = [wish.key for wish in solution.asked.wishes]
    keys = [*dict.fromkeys((*wished, *COSTS))]
    moving = [key for key in keys if measured[key].base.mean or measured[key].alternative.mean]
    return comparison_table(answer, sorted(moving, key=lambda key: [*MEASURES].index(key.partition(".")[0])))


def _use(solution: Solution, sets: Sequence[str]) -> str:
    if not solution.answer.alternatives or solution.found is None:
        return ""
    asked = solution.asked
    answer = what_if_of(asked.base, asked.start, [(asked.lever.path, solution.found.value)])
    return command_lines(command_line([asked.base, answer], solution.settings, sets) + luck_only(solution.settings))


def _reproduce(solution: Solution, stamp: Stamp) -> str:
    made = (
        f"peerstay {stamp.version}, seed {stamp.seed}, {counted(stamp.replications, 'replication')}, "
        f"{counted(len(solution.tried), 'value')} tried, made {stamp.made}. {stamp.digests()}Fingerprint of the base: "
        f"{next(iter(stamp.fingerprints.values()))}."
    )
    return f"{command_lines(stamp.command)}\n{paragraph(made, '  ')}"


# as JSON -------------------------------------------------------------------------------------------------------------


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

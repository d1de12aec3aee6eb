"""An answer of `solve` in words: the smallest change, what it does, how sure that is, what to be careful about."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.questions.solve.constraints import Wish
from sim.questions.solve.levers import Lever, Number
from sim.questions.solve.solve import Found, Solution, Tried
from sim.questions.solve.words_futures import (
    how_to_read,
    in_how_many,
    left_open,
    run_word,
    runs,
    too_few,
    what_it_takes,
)
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.scenario.differences import differences
from sim.scenario.files import Loaded
from sim.words.audience import PAGE, Ways
from sim.words.inputs import between, change_in_plain_words, name_in_words, value_in_words
from sim.words.layout import counted, listed
from sim.words.numbers import NONE, is_hourly, is_money
from sim.words.sentences import month_name
from sim.words.stand_in import told_label

KEPT, PRACTICE_COST = "retention_12_months", "practices.training_usd_per_peer_month"
OPERATORS = {">=": "at least", "<=": "at most", ">": "above", "<": "below"}
STANDING = {
    (True, 1): "clearly met",
    (True, 0): "met, but not clearly",
    (False, 0): "not met, but not clearly",
    (False, -1): "clearly not met",
}


def solved_sentence(solution: Solution) -> str:
    """Return the answer in a sentence or two."""
    tellers = {"found": _found, "already": _already, "unreachable": _unreachable, "no effect": _no_effect}
    return tellers[solution.outcome](solution)


def solution_lines(solution: Solution, ways: Ways = PAGE) -> tuple[str, ...]:
    """Return the answer and, a line each, what a careful reader has to know besides."""
    return solved_sentence(solution), *notes(solution, ways)


def _found(solution: Solution) -> str:
    found, lever = solution.found, solution.asked.lever
    assert found is not None
    verb = {"up": "Raising", "down": "Lowering"}[found.direction]
    moved = "from {} to {}".format(*between(lever.today, found.value, lever.unit))
    if lever.today is None:
        verb, moved = "Setting", f"(left out today) to {with_unit(lever, found.value)}"
    least = "the smallest change tried" if found.at_the_end else "the smallest change"
    return (
        f"{verb} {_named(lever)} {moved} is {least} that brings {wished_words(solution, 'to')} "
        f"({answer_range(solution, found)}; {runs(solution)}).{in_how_many(solution, found.at)}"
    )


def _already(solution: Solution) -> str:
    sure = "" if solution.today.sure > 0 else ", though not clearly: it may be random variation"
    share = solution.today.verdict.chance
    shown = "" if share is None else f"{fine_range(share, 'share')} of futures; "
    return (
        f"No change is needed: {_as_is(solution)}, {wished_words(solution, 'is')} ({shown}{runs(solution)}){sure}."
        f"{in_how_many(solution, solution.today)}"
    )


def _unreachable(solution: Solution) -> str:
    best, lever = solution.best, solution.asked.lever
    where = _as_is(solution) if best is solution.today else f"at {with_unit(lever, best.value)}"
    doubt = "" if best.sure < 0 else "; the best value may miss by random variation alone, and more runs would tell"
    return (
        f"Not reachable: no value of {_named(lever)} tried from {_ends(solution)} brings "
        f"{wished_words(solution, 'to')}. The best is {where}: {measured_words(solution, best)} "
        f"({runs(solution)}){doubt}.{in_how_many(solution, best)}"
    )


def _as_is(solution: Solution) -> str:
    """Return what today's value of the input is told of."""
    typed = solution.asked.start.what_if
    return "as things are" if typed is None else f"with {listed([one.said for one in typed.assignments])} alone"


def _no_effect(solution: Solution) -> str:
    wishes = listed([f'"{_lower(wish_label(wish, solution))}"' for wish in solution.asked.wishes])
    return (
        f"{_named(solution.asked.lever)} has no effect here: from {_ends(solution)} it leaves {wishes} unchanged "
        f"in every {run_word(solution)} ({runs(solution)})."
    )


def notes(solution: Solution, ways: Ways = PAGE) -> Iterator[str]:
    """Yield what a careful reader has to know besides."""
    lever, found = solution.asked.lever, solution.found
    yield from together(solution.asked.base, solution.asked.start, "every value, today's too")
    yield from what_it_takes(solution, ways)
    if found is not None:
        yield from _shape_notes(solution, found)
        yield from _shrunk(solution, ways)
    if solution.outcome == "unreachable":
        tried = counted(len(solution.tried), "value")
        yield f"{tried} were tried, most of them near the best; a solution between them may have been missed."
    yield from _undefined(solution)
    yield from left_open(solution, ways)
    for month in lever.dated:
        named = ways.input(lever.path)
        yield f"The scenario itself sets {named} again in {month_name(month)}: the values tried apply until then."
    if lever.path.startswith("practices.") and "SD" in lever.unit:
        yield f"A practice costs nothing by itself: add what it costs under {ways.input(PRACTICE_COST)}."
    yield from too_few(solution)
    if len(solution.asked.wishes) > 1 and solution.asked.chance is None:
        yield "Each constraint is judged by its own 95 % interval."
    if solution.outcome in ("found", "unreachable"):
        yield how_to_read(solution)


def together(base: Loaded, start: Loaded, what: str) -> Iterator[str]:
    """Yield what is changed besides what is varied, if anything is; `what` is changed with it."""
    if start is not base:
        changes = "; ".join(map(change_in_plain_words, differences(base.scenario, start.scenario))) or "nothing"
        yield f"Changed with {what}: {changes}. The base is without it."


def _shape_notes(solution: Solution, found: Found) -> Iterator[str]:
    lever, other = solution.asked.lever, solution.other
    if found.at_the_end:
        yield "The end of the range nearest to today's value already works; a range that starts closer may show less."
    if found.fails is not None:
        first, last = between(*found.fails, lever.unit)
        where = f"from {first} to {last}" if found.fails[0] != found.fails[1] else f"at {last}"
        more = "" if found.again is None else f", and works again at {with_unit(lever, found.again[0])}"
        yield f"Going further undoes it: {where}, as tried, it clearly fails{more}."
    if found.high is None:
        yield "No value from the answer on meets the constraints clearly: the far end of its range is open."
    if other is not None:
        yield f"The other direction works too, farther from today's value: at {with_unit(lever, other.value)}."


def _undefined(solution: Solution) -> Iterator[str]:
    """Yield which measures have no value somewhere; such a value of the input meets nothing."""
    everywhere = (solution.today, *solution.tried)
    for place, wish in enumerate(solution.asked.wishes):
        if any(one.verdict.measured[place].mean is None for one in everywhere):
            label = _lower(wish_label(wish, solution))
            yield f'"{label}" is undefined (–) at some values: those do not count as meeting it.'


def _shrunk(solution: Solution, ways: Ways) -> Iterator[str]:
    """Yield that a total fell because there are fewer peers, if that is so."""
    if not solution.answer.alternatives:
        return
    peers = solution.answer.alternatives[0].measures["headcount"]
    fewer = [measure_of(wish.key) for wish in solution.asked.wishes if not wish.wants_more]
    totals_fell = any((one.family, one.level) == ("people", "portfolio") for one in fewer)
    if totals_fell and peers.detectable and (peers.difference.mean or 0.0) < 0:
        yield (
            f"Part of it comes from fewer peers in post ({fine(peers.base.mean, 'peers')} in the base, "
            f"{fine(peers.alternative.mean, 'peers')} here): {ways.result(KEPT)} shows whether people stay."
        )


def wished_words(solution: Solution, link: str) -> str:
    """Return the constraints, with the share of futures they must hold in; `link` joins a measure to its target."""
    wishes = listed([wish_words(wish, link, solution) for wish in solution.asked.wishes])
    chance = solution.asked.chance
    share = "on average over the projected futures"
    return f"{wishes} {share if chance is None else f'in at least {_percent(chance)} of projected futures'}"


def wish_label(wish: Wish, solution: Solution) -> str:
    """Return what the measure of a condition is called where the search begins."""
    return told_label(wish.key, [solution.asked.start])


def wish_words(wish: Wish, link: str, solution: Solution) -> str:
    """Return one condition: `"people who leave" is at most 12 people a year`."""
    behind = _behind(measure_of(wish.key).unit, wish)
    return f'"{_lower(wish_label(wish, solution))}" {link} {target_words(wish)}{behind}'


def target_words(wish: Wish) -> str:
    """Return the constraint on a measure, without its unit: `at most the base's less 2`."""
    unit = measure_of(wish.key).unit
    target = plain(wish.offset, unit)
    if wish.factor == 1.0:
        change = f" {'less' if wish.offset < 0 else 'plus'} {plain(abs(wish.offset), unit)}"
        target = f"the base's{change if wish.offset else ''}"
    elif wish.factor:
        target = f"{_percent(wish.factor)} of the base's"
    return f"{OPERATORS[wish.operator]} {target}"


def measured_words(solution: Solution, tried: Tried) -> str:
    """Return what was measured at a value."""
    told = [
        f'"{_lower(wish_label(wish, solution))}" {fine(one.mean, measure_of(wish.key).unit)}'
        for wish, one in zip(solution.asked.wishes, tried.verdict.measured, strict=True)
    ]
    share = tried.verdict.chance
    return listed(told) + ("" if share is None else f", all constraints in {_percent(share.mean)} of futures")


def verdict_words(tried: Tried) -> str:
    """Return how a value stands in words."""
    return STANDING.get((tried.met, tried.sure), "met" if tried.met else "not met")


def amount(lever: Lever, value: Number | None) -> str:
    """Return a value of the input without its unit."""
    if value is None:
        return "left out"
    if lever.in_dollars and 0.01 <= abs(value) < 1000 and round(value, 2) == value:
        return f"{value:,.2f}"
    return f"{value:,.12g}"


def with_unit(lever: Lever, value: Number | None) -> str:
    """Return a value of the input with its unit: `$25.07 an hour`."""
    return value_in_words(value, lever.unit)


def fine(number: float | None, unit: str) -> str:
    """Return a measured value with the digits that tell neighbors apart."""
    if number is None:
        return NONE
    if unit == "share":
        return f"{100 * number:.2f} %"
    size = abs(number)
    digits = 2 if is_hourly(unit) else 0 if size >= 1000 or is_money(unit) else 1 if size >= 100 else 2
    text = f"{size:,.{digits}f}"
    sign = "−" if number < 0 and float(text.replace(",", "")) else ""
    return f"{sign}{'$' if is_money(unit) else ''}{text}"


def fine_range(one: Estimate, unit: str) -> str:
    """Return a value with its interval."""
    low, high = (fine(end, unit).removesuffix(" %") for end in (one.low, one.high))
    return fine(one.mean, unit) + (f" ({low} to {high})" if low != high else "")


def plain(number: float, unit: str) -> str:
    """Return a target as exactly as it was typed."""
    sign = "−" if number < 0 else ""
    if unit == "share":
        return f"{sign}{100 * abs(number):.10g} %"
    return f"{sign}{'$' if is_money(unit) else ''}{abs(number):,.12g}"


def _behind(unit: str, wish: Wish) -> str:
    """Return the unit where the number does not show it."""
    return "" if is_money(unit) or unit in ("share", "ratio") or wish.factor else f" {unit}"


def _named(lever: Lever) -> str:
    return f'"{_lower(name_in_words(lever.path.split(".")))}"'


def answer_range(solution: Solution, found: Found) -> str:
    """Return which values random variation cannot distinguish from the answer."""
    lever = solution.asked.lever
    if found.at_the_end:
        return "a smaller change may be enough: this is the end of the range"
    far = farthest(solution, found) if found.high is None else found.high
    low, high = between(found.value if found.low is None else found.low, far, lever.unit)
    low = "no change" if found.low is None else low
    return f"95 % range of this answer: {low} to {'beyond ' if found.high is None else ''}{high}"


def farthest(solution: Solution, found: Found) -> Number:
    """Return the last value tried beyond the answer, before it surely fails again."""
    side = 1 if found.direction == "up" else -1
    limit = math.inf if found.fails is None else side * found.fails[0]
    beyond = [side * one.value for one in solution.tried if one.value is not None]
    return side * max(value for value in beyond if side * found.value <= value < limit)


def _ends(solution: Solution) -> str:
    grid, lever = solution.asked.grid, solution.asked.lever
    return "{} to {}".format(*between(grid.value(0), grid.value(grid.size - 1), lever.unit))


def _percent(share: float | None) -> str:
    return NONE if share is None else f"{100 * share:.4g} %"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

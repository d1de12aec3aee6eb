"""Which mixes are best at equal cost, how that was judged, and what to be careful about, in words."""

from __future__ import annotations

from collections.abc import Iterator

from sim.questions.frontier.equal_cost import Balanced
from sim.questions.frontier.frontier import Frontier, Mix
from sim.questions.frontier.mixes import PUBLIC_BILL, PUBLIC_SPENDING
from sim.questions.solve.levers import Lever
from sim.questions.solve.words import amount, together
from sim.results.measures.table import measure_of
from sim.scenario.timeline import plans
from sim.words.audience import PAGE, Ways
from sim.words.inputs import between, value_in_words
from sim.words.layout import capitalized, counted
from sim.words.sentences import month_name
from sim.words.stand_in import told_label

EQUALS = {
    PUBLIC_BILL: "the same public bill (all costs less what other payers bring in)",
    PUBLIC_SPENDING: "the same public spending (federal, state and county money that arrives)",
}


def frontier_sentence(found: Frontier) -> str:
    """Return what came out in a sentence or two."""
    comparable = _comparable(found) - 1
    if not comparable:
        tried = counted(len(found.mixes) - 1, "mix", "mixes")
        return f"None of {tried} could be brought to {equal_words(found)} as the base."
    others = [number for number in found.best if number]
    wished = " and ".join(_wished(key, found) for key in found.planned.plan.measures)
    base = "No mix beats the base either" if found.mixes[0].on_frontier else "The base is beaten by a mix"
    runs = counted(found.settings.replications, "run")
    return (
        f"Of {counted(comparable, 'mix', 'mixes')} with {equal_words(found)} as the base, {len(others)} "
        f"{'is' if len(others) == 1 else 'are'} beaten by no other on {wished} at once. {base} ({runs})."
    )


def objective_label(key: str, found: Frontier) -> str:
    """Return what a measure is called for the organization whose mixes are compared."""
    return told_label(key, [found.start])


def better_side(key: str) -> str:
    """Return which side of an objective is better."""
    return "more is better" if measure_of(key).direction == "higher" else "less is better"


def half_range(found: Frontier, number: int, key: str) -> float:
    """Return half of the 95 % range of a mix's difference from the base; 0 where there is none."""
    one = found.difference(number, key)
    return 0.0 if one.low is None or one.high is None else (one.high - one.low) / 2.0


def equal_words(found: Frontier) -> str:
    """Return what is kept equal."""
    equal = found.planned.plan.equal
    return EQUALS[equal] if equal in EQUALS else f'the same "{objective_label(equal, found).lower()}"'


def notes(found: Frontier, ways: Ways = PAGE) -> Iterator[str]:
    """Yield what a careful reader has to know besides."""
    plan = found.planned.plan
    yield from together(found.base, found.start, "every mix")
    if found.settings.replications == 1:
        yield "One run: nothing can be told apart from random variation, so no mix counts as beaten."
    yield (
        f"Each mix is brought to equal cost by {ways.input(plan.balance)}; a fraction lies between two values that "
        "were run, and figures are interpolated between theirs."
    )
    rivals = counted(max(_comparable(found) - 1, 1), "rival")
    yield (
        "A mix is beaten when another is better on every objective, by more than random variation explains. That "
        f"allows for {rivals}: the chance of wrongly leaving out an unbeaten mix is 5 % at most. It does not decide "
        f"which of the remaining mixes is best. {_ranges_told(found)}, and the mixes picked look a little "
        f"better than they are: {ways.seed} judges the same mixes afresh."
    )
    yield from _left_out(found, ways)
    yield from _lever_notes(found, ways)
    if plan.equal == PUBLIC_SPENDING:
        yield (
            "Claims and contracts pay for what is delivered, not for what a mix costs: at equal public spending a "
            "more expensive mix shows a worse margin. Read the margin, or keep the public bill equal."
        )


def _ranges_told(found: Frontier) -> str:
    futures = found.settings.futures
    if futures is None:
        return "Ranges show random variation only"
    drawn = counted(len(futures.unknowns), "uncertain assumption")
    held = "hold the middle 90 % of single futures" if found.answer.over_futures else "are 95 % intervals of means"
    return f"All mixes are projected in the same futures, each with {drawn} drawn anew; ranges {held}"


def _comparable(found: Frontier) -> int:
    return sum(mix.comparable for mix in found.mixes)


def _left_out(found: Frontier, ways: Ways) -> Iterator[str]:
    """Yield how many mixes could not be brought to the base's cost, and why that may be."""
    left = len(found.mixes) - _comparable(found)
    if not left:
        return
    why = ""
    if _unmoved(found):
        why = f": {ways.input(found.planned.balance.path)} does not change the cost here{ways.balance}"
    elif _enforced(found):
        why = (
            ": the employer's money rules respond (budget, layoffs), so more posts need not cost more. "
            f"{capitalized(ways.paid)}"
        )
    gone = f"{counted(left, 'mix', 'mixes')} could not be brought to the base's cost with {_places(found, ways)}"
    yield f"{gone} and {'is' if left == 1 else 'are'} left out{why}."


def _unmoved(found: Frontier) -> bool:
    """Whether the balancing input never changed the cost of any mix that was left out."""
    left = [mix for mix in found.mixes if not mix.comparable]
    return all(len(set(mix.gaps.values())) == 1 < len(mix.gaps) for mix in left)


def _lever_notes(found: Frontier, ways: Ways) -> Iterator[str]:
    for lever, _ in found.planned.levers:
        named = ways.input(lever.path)
        for month in lever.dated:
            yield f"The scenario itself sets {named} again in {month_name(month)}: the mixes apply until then."
        if lever.path.startswith("practices.") and "SD" in lever.unit:
            yield f"In the model {named} costs nothing by itself, so more of it is free here: be skeptical."


def number_of(lever: Lever, value: float) -> str:
    """Return a value of the balancing input, a fraction where it lies between two."""
    return f"{value:,.1f}" if lever.whole else amount(lever, round(value, 4))


def nearest_words(found: Frontier, balance: Balanced) -> str:
    """Return the nearest value that can be had, and the dollars it is away from the base's."""
    place, gap = balance.nearest
    lever, grid = found.planned.balance, found.planned.places
    sign = "−" if gap < 0 else "+"
    return f"{amount(lever, grid.value(place))}: {sign}${abs(gap):,.0f}"


def settings_words(found: Frontier, mix: Mix) -> tuple[str, ...]:
    """Return the values of the mixed inputs, today's for the base."""
    given = dict(mix.settings)
    return tuple(amount(lever, given.get(lever.path, lever.today)) for lever, _ in found.planned.levers)


def settings_told(found: Frontier, mix: Mix) -> tuple[str, ...]:
    """Return the values of the mixed inputs and of the one that balances, with their units."""
    given, balance = dict(mix.settings), found.planned.balance
    mixed = [value_in_words(given.get(lever.path, lever.today), lever.unit) for lever, _ in found.planned.levers]
    value = balance.today if mix.balance is None else mix.balance.value(found.planned.places)
    told = "left out" if value is None else value_in_words(round(value, 1 if balance.whole else 4), balance.unit)
    return (*mixed, told)


def _wished(key: str, found: Frontier) -> str:
    side = "high" if measure_of(key).direction == "higher" else "low"
    return f'{side} "{objective_label(key, found).lower()}"'


def _places(found: Frontier, ways: Ways) -> str:
    lever, grid = found.planned.balance, found.planned.places
    low, high = between(grid.value(0), grid.value(grid.size - 1), lever.unit)
    return f"{ways.input(lever.path)} from {low} to {high}"


def _enforced(found: Frontier) -> bool:
    return any(tables.rules.enforce for plan in plans(found.base.scenario) for _, tables in plan.epochs)

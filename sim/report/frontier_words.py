"""Say in words which mixes are best at equal dollars, how that was judged, and what to beware of."""

from __future__ import annotations

from collections.abc import Iterator

from sim.experiment.balance import Balanced
from sim.experiment.frontier import Frontier, Mix
from sim.experiment.levers import Lever
from sim.experiment.mixes import PUBLIC_BILL, PUBLIC_SPENDING
from sim.report.solve_words import amount
from sim.results.measures import label_of, measure_of
from sim.scenario.timeline import plans

EQUALS = {
    PUBLIC_BILL: "the public bill (all cost less what other payers bring)",
    PUBLIC_SPENDING: "public spending (federal, state and county money that arrives)",
}


def frontier_sentence(found: Frontier) -> str:
    """Return what came out in a sentence or two."""
    comparable = _comparable(found) - 1
    if not comparable:
        return f"None of {len(found.mixes) - 1} mixes could be brought to {equal_words(found)} of the base."
    others = [number for number in found.best if number]
    wished = " and ".join(_wished(key) for key in found.planned.plan.measures)
    base = "The base is among them" if found.mixes[0].on_frontier else "The base is not among them: a mix beats it"
    runs = found.settings.replications
    return (
        f"Of {comparable} mixes with {equal_words(found)} of the base, {len(others)} are beaten by no other on "
        f"{wished} at once. {base} ({runs:,} run{'s' * (runs != 1)})."
    )


def objective_words(key: str) -> str:
    """Return an objective with its unit and the side that is better."""
    return f"{label_of(key)}, {measure_of(key).unit} ({better_side(key)})"


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
    return EQUALS[equal] if equal in EQUALS else f'the "{label_of(equal).lower()}"'


def notes(found: Frontier) -> Iterator[str]:
    """Yield what a careful reader has to know besides."""
    plan = found.planned.plan
    if found.settings.replications == 1:
        yield "One run: nothing can be told from luck, so no mix is called beaten."
    yield (
        f"Each mix is brought to equal dollars by {plan.balance}; a fraction lies between two values that were run, "
        "and figures are drawn straight between theirs."
    )
    yield (
        "A mix is beaten when another is better on every measure wished beyond the interval of the paired difference, "
        f"widened for {max(_comparable(found) - 1, 1)} rivals: the chance to leave out wrongly a mix that none beats "
        "is 5 % at most. Which mix of those left is best is not decided here. Ranges show luck alone; those picked "
        "look a little better than they are: another --seed judges the same mixes anew."
    )
    yield from _left_out(found)
    yield from _lever_notes(found)
    wished = [measure_of(key) for key in plan.measures]
    if any(one.family == "people" and one.level == "portfolio" and one.direction == "lower" for one in wished):
        yield "Fewer posts have fewer people who leave: separations_per_100_posts_year tells the rate."
    if plan.equal == PUBLIC_SPENDING:
        yield (
            "Claims and contracts pay for what is delivered, not for what a mix costs: at equal public spending a "
            "dearer mix shows as a worse margin. Read the margin, or keep the public bill equal."
        )


def _comparable(found: Frontier) -> int:
    return sum(mix.comparable for mix in found.mixes)


def _left_out(found: Frontier) -> Iterator[str]:
    """Yield how many mixes could not be brought to the base's dollars, and why that may be."""
    left = len(found.mixes) - _comparable(found)
    if not left:
        return
    why = ""
    if _unmoved(found):
        why = f": {found.planned.balance.path} does not move the dollars here; name another input with --balance"
    elif _enforced(found):
        why = (
            ": the employer's own rules answer to money (budget, layoffs), so more posts need not cost more. "
            "--set rules.enforce=false asks what mixes do if they are paid for"
        )
    yield f"{left} of the mixes could not be brought to the base's dollars with {_places(found)} and are left out{why}."


def _unmoved(found: Frontier) -> bool:
    """Say whether the balancing input never moved the dollars of a mix that was left out."""
    left = [mix for mix in found.mixes if not mix.comparable]
    return all(len(set(mix.gaps.values())) == 1 < len(mix.gaps) for mix in left)


def _lever_notes(found: Frontier) -> Iterator[str]:
    for lever, _ in found.planned.levers:
        for month in lever.dated:
            yield f"The scenario itself sets {lever.path} anew in {month}: what is varied holds until then."
        if lever.path.startswith("practices.") and "SD" in lever.unit:
            yield f"{lever.path} costs nothing by itself in the model, so more of it is free here: doubt it."


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


def _wished(key: str) -> str:
    side = "high" if measure_of(key).direction == "higher" else "low"
    return f'{side} "{label_of(key).lower()}"'


def _places(found: Frontier) -> str:
    lever, grid = found.planned.balance, found.planned.places
    return f"{lever.path} from {amount(lever, grid.value(0))} to {amount(lever, grid.value(grid.size - 1))}"


def _enforced(found: Frontier) -> bool:
    return any(tables.rules.enforce for plan in plans(found.base.scenario) for _, tables in plan.epochs)

"""How much of a result comes from the feedback loops: the answer with them, without them, and what they add.

Without its loops (`experiment.feedback = false`) workload, funding certainty, absence, the queue and contagion stay
where they are, as in a calculation on a sheet: what an alternative changes then is the static answer. Base and
alternative are run both ways on the same opening and the same random numbers, so the interaction is found run by run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.results.blocks import Floats
from sim.results.intervals import Share, correlation, difference_ends
from sim.results.measures.table import measure_of
from sim.results.summary import NOTHING, Estimate, Values, difference_of, estimate, together
from sim.scenario.files import Loaded
from sim.scenario.fingerprint import fingerprint
from sim.scenario.problems import Problem, ScenarioError


@dataclass(frozen=True)
class Loop:
    """One measure's difference from the base with loops, without them, and the part that the loops add."""

    dynamic: Estimate
    static: Estimate
    interaction: Estimate


def without_loops(loaded: Loaded) -> Loaded:
    """Return a scenario with its loops off.

    Raises:
        ScenarioError: when they are off already.
    """
    experiment = loaded.scenario.experiment
    if not experiment.feedback:
        rule, fix = "the loops are off already, so there is nothing to set against them", "leave out --loop-off"
        raise ScenarioError([Problem(loaded.label, None, "experiment.feedback", "false", rule, fix)])
    scenario = loaded.scenario.model_copy(update={"experiment": experiment.model_copy(update={"feedback": False})})
    raw = loaded.raw | {"experiment": {**loaded.raw.get("experiment", {}), "feedback": False}}
    return replace(loaded, scenario=scenario, fingerprint=fingerprint(scenario), raw=raw, warnings=())


def loops(with_loops: Sequence[Values], without: Sequence[Values]) -> tuple[dict[str, Loop], ...]:
    """Return the comparison for each alternative; the first values of both are the base's."""
    comparisons = len(with_loops) - 1
    pairs = zip(with_loops[1:], without[1:], strict=True)
    return tuple(
        {key: _loop(key, (with_loops[0], one), (without[0], other), comparisons) for key in one} for one, other in pairs
    )


def _loop(key: str, on: tuple[Values, Values], off: tuple[Values, Values], comparisons: int) -> Loop:
    if not all(key in values for values in (*on, *off)):
        return Loop(NOTHING, NOTHING, NOTHING)
    within = together(comparisons)
    dynamic, static = (difference_of(key, pair[0][key], pair[1][key], within) for pair in (on, off))
    moved = [pair[1][key] - pair[0][key] for pair in (on, off)]
    return Loop(dynamic, static, _added(key, (dynamic, static), moved, within))


def _added(key: str, told: tuple[Estimate, Estimate], moved: Sequence[Floats], within: float) -> Estimate:
    """Return what the loops add; of chances with the interval of two differences that belong together run by run."""
    added = estimate(moved[0] - moved[1], within=within)
    if not measure_of(key).is_chance or added.n < 2:
        return added
    dynamic, static = (Share(one.mean or 0.0, one.low or 0.0, one.high or 0.0, float(added.n)) for one in told)
    return Estimate(added.mean, *difference_ends(static, dynamic, correlation(moved[1], moved[0], added.n)), added.n)

"""Draw worlds that are the same every time and differ from one another, for the two ways of running the model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from sim.model.world import log
from sim.scenario.schema import Scenario
from tests.property.worlds import comparisons, scenarios


class RandomWorld(NamedTuple):
    """A base, what starts from its opening (the base itself, as often as not), and the luck."""

    pair: tuple[Scenario, Scenario]
    replication: int
    seed: int


ALONE = scenarios(apart=True).map(lambda scenario: (scenario, scenario))
GROUPS = (*log.GROUPS, None)
WORLDS = st.builds(
    RandomWorld,
    st.one_of(ALONE, ALONE, comparisons(apart=True)),
    st.integers(0, 5),
    st.integers(0, 2**40),
)


def random_world(number: int) -> RandomWorld:
    """Return the world of a number.

    Hypothesis begins every search with the simplest value and then varies what it has seen: the third value of a search
    of its own seed is neither.
    """
    drawn: list[RandomWorld] = []

    @seed(number)
    @settings(max_examples=3, phases=(Phase.generate,), database=None, deadline=None, suppress_health_check=HealthCheck)
    @given(WORLDS)
    def note(world: RandomWorld) -> None:
        drawn.append(world)

    with _without_local_constants():
        note()
    last = drawn[-1]
    return last._replace(pair=(_with_groups(last.pair[0]), _with_groups(last.pair[1])))


def _with_groups(scenario: Scenario) -> Scenario:
    """Return a scenario whose listed people state their groups in turn; drawn apart, every other draw would move."""
    roster = tuple(
        entry.model_copy(update={"group": GROUPS[place % len(GROUPS)]})
        for place, entry in enumerate(scenario.posts.roster)
    )
    return scenario.model_copy(update={"posts": scenario.posts.model_copy(update={"roster": roster})})


@contextmanager
def _without_local_constants() -> Iterator[None]:
    """Keep the numbers Hypothesis finds in imported source out of the draws.

    It mixes them in, so which worlds come out would depend on the tests that ran before in the same process, and on
    every number in the code.
    """
    providers.CONSTANTS_CACHE.cache.clear()
    with patch.object(providers, "_get_local_constants", providers.Constants):
        yield
    providers.CONSTANTS_CACHE.cache.clear()

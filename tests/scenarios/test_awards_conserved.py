"""Every dollar of an award is drawn, lapses or is carried, by fiscal year, in the library and in random worlds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sim.model.engine.run import BlockResult, simulate
from sim.results.blocks import Sums
from sim.results.books import books_of
from sim.results.sums import gather
from sim.scenario.schema import Scenario
from tests.agreement.random_worlds import random_world
from tests.scenarios.library import FEW, NAMES, base_of, beside_base, loaded

WORLDS = (7, 12, 16, 20, 22, 26, 28, 29, 39, 54)  # with awards; of nine something lapses or is left at the end


def awards_of(books: Sums) -> Iterator[tuple[str, dict[str, np.ndarray]]]:
    """Yield the books of each award in whole cents, shape (replications, fiscal years)."""
    for key in books:
        what, _, name = key.partition(".")
        if what == "drawn":
            parts = ("awarded", "drawn", "lapsed", "carried")
            yield name, {part: np.rint(books[f"{part}.{name}"] * 100).astype(np.int64) for part in parts}


def check(blocks: tuple[BlockResult, ...], scenario: Scenario, base: Scenario) -> int:
    """Check every award of a result against its books; return how many awards lapsed or carried anything."""
    found = 0
    for name, award in awards_of(books_of([gather(blocks, scenario, base)])[0]):
        carried = award["carried"]
        before = np.concatenate((np.zeros_like(carried[:, :1]), carried[:, :-1]), axis=1)
        told = f"{name}: {award}"
        np.testing.assert_array_equal(before + award["awarded"], award["drawn"] + award["lapsed"] + carried, told)
        found += bool(award["lapsed"].any()) + bool(carried[:, -1].any())
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_award_of_the_library_is_drawn_lapses_or_is_carried_to_the_cent(name: str) -> None:
    check(beside_base(name, FEW), loaded(name).scenario, loaded(base_of(name)).scenario)


@pytest.mark.timeout(900)  # solves stated turnover in some
def test_every_award_of_random_worlds_is_drawn_lapses_or_is_carried_to_the_cent() -> None:
    found = 0
    for number in WORLDS:
        base, scenario = random_world(number).pair
        blocks = simulate(base, [scenario], range(2), number)[1]
        found += check(tuple(blocks), scenario, base)
    assert found >= 9

"""Alternatives that share a block are, to the last bit, what each is alone, and an opening is found again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from sim.model.engine.run import BlockResult, Kind, opened, project
from sim.model.engine.together import projected
from sim.runs import blocks
from sim.runs.blocks import Task, run_block, solved_for
from sim.runs.futures import openings
from sim.runs.futures.openings import AT_MOST, opened_once
from sim.scenario.files import load_table
from sim.scenario.rows import Rows, UnlikeRowsError, one_after_another, rows_of
from sim.scenario.schema import Scenario
from tests.determinism.busy import (
    busy,
    busy_portfolio,
    busy_tables,
    crowded,
    endowed,
    market,
    moving,
    poor,
    positioned,
    renewing,
)
from tests.determinism.rows import of_row
from tests.determinism.varied import varied
from tests.worlds import merged

ROWS = 3
LATER = [{"at": "2027-10", "set": {"pay.wage_usd_per_hour": 21.0, "effects.burnout.exit_voluntary": 0.5}}]
OTHER = [{"at": "2027-10", "set": {"posts.number": 12}}]


def starts(world: Callable[..., Scenario]) -> tuple[list[Kind], Rows]:
    base = rows_of(varied(world(), ROWS, seed=3))
    return opened(base, range(5, 5 + ROWS), 9, {}), base


def digests(result: Sequence[BlockResult]) -> list[str]:
    return [of_row(list(result), number) for number in range(5, 5 + ROWS)]


def alternatives(world: Callable[..., Scenario]) -> list[Rows]:
    """Return three of one structure, one of another, one with dated changes, one that is the same in all rows."""
    rows = [rows_of(varied(world(), ROWS, seed=seed)) for seed in (4, 5, 6)]
    more = [rows_of(varied(world(change=change), ROWS, seed=7)) for change in (OTHER, LATER)]
    return [*rows, *more, rows_of((world(pay={"wage_usd_per_hour": 19.25}),) * ROWS)]


@pytest.mark.parametrize("world", [busy, busy_portfolio, poor, endowed, crowded, renewing, positioned, market, moving])
def test_alternatives_are_among_others_what_each_is_alone(world: Callable[..., Scenario]) -> None:
    kinds, base = starts(world)
    everyone = [base, *alternatives(world)]
    together = projected(everyone, kinds)
    for own, among in zip(everyone, together, strict=True):
        assert digests(among) == digests(project(own, kinds))
    assert len({tuple(digests(among)) for among in together}) == len(everyone)


def test_most_share_a_block_and_other_structures_have_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks: list[int] = []

    def counted(scenario: Rows, kinds: Sequence[Kind]) -> list[BlockResult]:
        blocks.append(scenario.size // ROWS)
        return project(scenario, kinds)

    monkeypatch.setattr("sim.model.engine.together.project", counted)
    kinds, base = starts(busy)
    projected([base, *alternatives(busy)], kinds)
    assert sorted(blocks) == [1, 1, 5]  # those with posts by date, and with a wage in later dollars, stand alone


def test_a_batch_is_no_larger_than_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds, base = starts(busy)
    monkeypatch.setattr("sim.model.engine.together.POSTS_AT_ONCE", 2 * ROWS * 11)
    everyone = [base, *alternatives(busy)[:3]]
    assert [digests(one) for one in projected(everyone, kinds)] == [digests(project(one, kinds)) for one in everyone]


def test_rows_one_after_another_are_those_of_each() -> None:
    one, two = (rows_of(varied(busy(), ROWS, seed=seed)) for seed in (4, 5))
    both = one_after_another((one, two))
    assert both.size == 2 * ROWS
    alone = [*one.alone("employer"), *two.alone("employer")]
    for ours, theirs in zip(both.alone("employer"), alone, strict=True):
        assert ours.model_dump(exclude={"effects"}) == theirs.model_dump(exclude={"effects"})
        assert ours.effects.overrides().items() >= theirs.effects.overrides().items()


def test_other_horizons_or_feedback_do_not_stand_together() -> None:
    one = rows_of((busy(),) * 2)
    for more in ({"horizon": {"months": 19}}, {"experiment": {"feedback": False}}):
        with pytest.raises(UnlikeRowsError):
            one_after_another((one, rows_of((busy(**more),) * 2)))


def test_an_opening_is_found_again_for_the_same_rows_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings, "_KEPT", {})

    def found(seed: int = 9, numbers: Sequence[int] = (1, 2), **more: Any) -> list[Kind]:
        loaded = load_table(merged(busy_tables(), {"horizon": {"months": 3, "warm_up_months": 2}} | more))
        rows = rows_of([loaded.scenario] * 2)
        return opened_once(loaded, rows, numbers, seed, solved_for(loaded.scenario))

    first = found()
    assert found() is first
    assert found(seed=10) is not first
    assert found(numbers=(1, 3)) is not first
    assert len(openings._KEPT) == AT_MOST
    assert found(pay={"wage_usd_per_hour": 18.0}) is not first
    again = found()
    assert again is not first
    assert np.array_equal(again[0].opening.roster.hired, first[0].opening.roster.hired)
    monkeypatch.setattr(openings, "MOST_POSTS", again[0].opening.roster.filled.size - 1)
    assert found() is not found()  # one that is too large is not kept
    assert not openings._KEPT


def test_rounds_over_luck_alone_find_the_opening_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings, "_KEPT", {})
    lived: list[object] = []
    monkeypatch.setattr(blocks, "opened", lambda *asked: lived.append(asked) or opened(*asked))

    def sums(wage: float, seed: int = 4) -> dict[str, Any]:
        base, other = (
            load_table(merged(busy_tables(), {"horizon": {"months": 3, "warm_up_months": 2}} | more)).scenario
            for more in ({}, {"pay": {"wage_usd_per_hour": wage}})
        )
        return run_block(Task((base, other), range(2), seed, solved_for(base))).sums[1]

    first, other = sums(23.0), sums(24.0)
    assert len(lived) == 1
    openings._KEPT.clear()
    alone = sums(24.0)
    assert all(np.array_equal(other[name], alone[name], equal_nan=True) for name in alone)
    assert any(not np.array_equal(first[name], alone[name], equal_nan=True) for name in alone)
    sums(24.0, seed=5)
    assert len(lived) == 3

"""Replications in blocks and processes: the same bits, whoever runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pytest

from sim.results.summary import Values
from sim.runs import blocks
from sim.runs import replicate as module
from sim.runs.blocks import run_block
from sim.runs.pieces import Piece
from sim.runs.replicate import Memory, Settings, check_alike, replicate, run
from sim.runs.workers.executors import Serial
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario
from tests.worlds import quiet

SHORT = {"horizon": {"months": 6, "warm_up_months": 3}}
LEAVING = {"turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.5}}}


def small(**more: object) -> Scenario:
    return quiet(**SHORT, **LEAVING, posts={"number": 5}, **more)


def pair() -> list[Scenario]:
    return [small(), small(pay={"wage_usd_per_hour": 22.0})]


def same(ours: Values, theirs: Values) -> bool:
    return ours.keys() == theirs.keys() and all(np.array_equal(ours[k], theirs[k], equal_nan=True) for k in ours)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "POSTS_AT_ONCE", 15)  # three replications a block


def test_blocks_and_processes_leave_every_bit_as_it_is(narrow: None) -> None:
    alone = replicate(pair(), Settings(7, 1, jobs=1))
    spread = replicate(pair(), Settings(7, 1, jobs=2))
    assert all(same(ours, theirs) for ours, theirs in zip(alone, spread, strict=True))


def test_one_block_gives_the_same_bits_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = replicate(pair(), Settings(7, 1))
    monkeypatch.setattr(blocks, "POSTS_AT_ONCE", 5)
    assert all(same(ours, theirs) for ours, theirs in zip(whole, replicate(pair(), Settings(7, 1)), strict=True))


def test_more_replications_leave_the_first_as_they_were() -> None:
    few, many = (replicate([small()], Settings(number, 1))[0] for number in (3, 8))
    assert np.array_equal(few["headcount"], many["headcount"][:3])


def test_base_and_alternative_meet_the_same_luck() -> None:
    base, alike = replicate([small(), small(title="the same again")], Settings(5, 9))
    assert same(base, alike)


def test_progress_is_told_block_by_block(narrow: None) -> None:
    told: list[tuple[int, int]] = []
    replicate([small()], Settings(7, 1, progress=lambda done, total: told.append((done, total))))
    assert told == [(0, 7), (2, 7), (4, 7), (7, 7)]


def test_results_are_kept_only_when_somebody_wants_them(narrow: None) -> None:
    kept: list[Piece] = []
    replicate(pair(), Settings(7, 1), keep=kept.append)
    assert [piece.numbers for piece in kept] == [range(2), range(2, 4), range(4, 7)]
    results = kept[0].results
    assert results is not None
    assert len(results) == 2
    assert all(piece.results is None for piece in run([small()], Settings(2, 1), [range(2)]))


def test_what_is_kept_is_not_run_again_and_more_replications_extend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Memory()
    replicate(pair(), Settings(5, 1), kept=kept)
    ran: list[range] = []
    monkeypatch.setattr(module, "run_block", lambda task: ran.append(task.numbers) or run_block(task))
    extended = replicate(pair(), Settings(8, 1), kept=kept)
    assert [number for block in ran for number in block] == [5, 6, 7]
    whole = replicate(pair(), Settings(8, 1))
    assert all(same(ours, theirs) for ours, theirs in zip(extended, whole, strict=True))
    ran.clear()
    fewer = replicate(pair(), Settings(3, 1), kept=kept)
    assert not ran
    assert all(same(ours, theirs) for ours, theirs in zip(fewer, replicate(pair(), Settings(3, 1)), strict=True))


def test_results_are_kept_in_the_order_of_the_replications(narrow: None) -> None:
    kept: list[Piece] = []
    replicate([small()], Settings(9, 1, executor=Backwards()), kept.append)
    assert [piece.numbers for piece in kept] == [range(3), range(3, 6), range(6, 9)]


class Backwards:
    """Hand the last result over first."""

    workers = 1

    def results(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        yield from reversed(list(Serial().results(function, items)))


# what can be compared


def problems(*others: Scenario, names: tuple[str, ...] = ()) -> str:
    with pytest.raises(ScenarioError) as caught:
        check_alike([small(), *others], names)
    return str(caught.value)


def test_another_horizon_cannot_be_compared() -> None:
    other = quiet(horizon={"months": 12, "warm_up_months": 3})
    assert problems(other, names=("base.toml", "other.toml")) == (
        "other.toml: horizon.months = 12: must be as in the base (6), from whose opening it starts"
    )


def test_other_kinds_of_employers_cannot_be_compared() -> None:
    told = problems(small(title="Statewide", employer=[{"name": "clinic", "count": 3}]))
    assert (
        told
        == "Statewide: employer = clinic: kinds must be those of the base (employer): employers are compared one by one"
    )


def test_another_number_of_employers_cannot_be_compared() -> None:
    base, other = (small(employer=[{"name": "clinic", "count": count}]) for count in (2, 3))
    with pytest.raises(ScenarioError, match=r"employer\.clinic\.count = 3: must be as in the base \(2\)"):
        replicate([base, other], Settings(1, 1))


def test_every_fault_is_told_at_once() -> None:
    other = quiet(horizon={"months": 12, "warm_up_months": 4, "start": "2030-01"})
    assert problems(other, other).count("\n") == 5

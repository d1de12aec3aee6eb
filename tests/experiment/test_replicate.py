"""Replications in blocks and processes: the same bits, whoever runs them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from sim.experiment import replicate as module
from sim.experiment.replicate import Piece, Settings, block_size, check_alike, replicate, run_blocks, seconds, workers
from sim.results.summary import Values
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
    monkeypatch.setattr(module, "POSTS_AT_ONCE", 15)  # three replications a block


def test_blocks_and_processes_leave_every_bit_as_it_is(narrow: None) -> None:
    alone = replicate(pair(), Settings(7, 1, jobs=1))
    spread = replicate(pair(), Settings(7, 1, jobs=2))
    assert all(same(ours, theirs) for ours, theirs in zip(alone, spread, strict=True))


def test_one_block_gives_the_same_bits_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = replicate(pair(), Settings(7, 1))
    monkeypatch.setattr(module, "POSTS_AT_ONCE", 5)
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
    assert told == [(3, 7), (6, 7), (7, 7)]


def test_results_are_kept_only_when_somebody_wants_them(narrow: None) -> None:
    kept: list[Piece] = []
    replicate(pair(), Settings(7, 1), keep=kept.append)
    assert [piece.numbers for piece in kept] == [range(3), range(3, 6), range(6, 7)]
    results = kept[0].results
    assert results is not None
    assert len(results) == 2
    assert all(piece.results is None for piece in run_blocks([small()], Settings(2, 1), keep=False))


def test_a_block_holds_one_replication_at_least_and_not_more_posts_than_fit() -> None:
    assert block_size([quiet(posts={"number": 100_000})]) == 1
    assert block_size([quiet(posts={"number": 40})]) == module.POSTS_AT_ONCE // 40
    kinds = [{"name": f"kind_{number}", "count": 2} for number in range(4)]
    assert block_size([quiet(posts={"number": 40}, employer=kinds)]) == module.POSTS_IN_ALL // 320


def test_a_second_process_is_started_only_when_the_work_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert workers([small()], Settings(10, 1)) == 1
    assert workers([quiet(posts={"number": 5000})], Settings(200, 1)) == module.MOST_WORKERS
    assert workers([small()], Settings(10, 1, jobs=3)) == 3
    assert seconds([small()], 10) < seconds(pair(), 10) < seconds(pair(), 1000)


def test_workers_are_ended_when_the_work_is_broken_off(narrow: None) -> None:
    def broken_off() -> Iterator[Piece]:
        blocks = run_blocks(pair(), Settings(9, 1, jobs=2), keep=False)
        yield next(blocks)
        blocks.throw(KeyboardInterrupt)

    before = set(multiprocessing.active_children())
    with pytest.raises(KeyboardInterrupt):
        list(broken_off())
    for worker in set(multiprocessing.active_children()) - before:
        worker.join(10)
        assert not worker.is_alive()


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


def test_ctrl_c_is_left_alone_in_a_thread_that_may_not_touch_it() -> None:
    before, inside = signal.getsignal(signal.SIGINT), []

    def start() -> None:
        with module._interrupts_ignored():
            inside.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert inside == [before]
    with module._interrupts_ignored():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) is before

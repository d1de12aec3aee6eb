"""A visitor's study goes on in the background, in the pool that all share; stopped, it goes on where it was."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest

from sim.runs.workers.work import Executor, Serial, WorkersError
from sim.scenario.problems import Problem, ScenarioError
from sim.ui.server import searches as searches_module
from sim.ui.server.pool import WORKERS_LOST, Pool
from sim.ui.server.searches import Found, Searches, Study, Tell
from sim.ui.server.work import PROGRAM
from tests.app.worlds import wait


class Gate(Serial):
    """Work in this process, each call only once it is let through."""

    def __init__(self) -> None:
        self.open = threading.Semaphore(0)
        self.made: list[int] = []

    def results(self, function: Callable[[Any], Any], items: Any) -> Iterator[tuple[int, Any]]:
        for place, item in enumerate(items):
            self.open.acquire()
            self.made.append(item.item.item)
            yield place, function(item)


def doubled(number: int) -> int:
    return 2 * number


def failing(number: int) -> int:
    raise ZeroDivisionError(number)


def refused(number: int) -> int:
    raise ScenarioError([Problem("posts", None, "posts.number", str(number), "must be above 0")])


def in_rounds(*sizes: int, function: Callable[[int], int] = doubled) -> Study:
    """Return a study of more numbers in each round, that finds the sum of what came of them."""

    def study(executor: Executor, tell: Tell) -> Iterator[int]:
        for size in sizes:
            total = 0
            for done, (_, result) in enumerate(executor.results(function, range(size)), 1):
                total += result
                tell(f"{done} of {sizes[-1]}", done / sizes[-1])
            yield total

    return study


@contextmanager
def following(executor: Executor, most: int = 16, **more: Any) -> Iterator[Searches]:
    pool = Pool(lambda: nullcontext(executor), **more)
    try:
        yield Searches(pool, most)
    finally:
        pool.close()


def ended(searches: Searches, key: str, study: Study, visitor: str = "ann") -> Found:
    wait(lambda: not searches.ask(key, study, visitor).running)
    return searches.ask(key, study, visitor)


def test_each_round_gives_a_better_answer_and_makes_only_what_is_new() -> None:
    gate = Gate()
    with following(gate) as searches:
        study = in_rounds(3, 6)
        searches.ask("a", study, "ann")
        gate.open.release(3)
        wait(lambda: searches.found("a").latest == 6)
        assert searches.found("a").running
        gate.open.release(3)
        found = ended(searches, "a", study)
    assert (found.latest, found.whole, found.share, found.fault) == (30, True, 1.0, "")
    assert gate.made == list(range(6))


def test_a_study_that_is_stopped_keeps_what_it_has_and_goes_on_where_it_was() -> None:
    gate = Gate()
    with following(gate) as searches:
        study = in_rounds(2, 6)
        searches.ask("a", study, "ann")
        gate.open.release(3)
        wait(lambda: len(gate.made) == 3)
        searches.leave("ann")
        gate.open.release()
        wait(lambda: not searches.found("a").running)
        rested = searches.found("a")
        gate.open.release(10)
        found = ended(searches, "a", study)
    assert (rested.latest, rested.whole) == (2, False)
    assert (found.latest, found.whole) == (30, True)
    assert sorted(gate.made) == list(range(6))


def test_two_visitors_of_one_study_share_it_and_one_leaving_does_not_end_it() -> None:
    gate = Gate()
    with following(gate) as searches:
        study = in_rounds(4)
        searches.ask("a", study, "ann")
        searches.ask("a", study, "bob")
        searches.leave("ann")
        gate.open.release(4)
        wait(lambda: searches.found("a").whole)
    assert gate.made == list(range(4))


def test_asking_another_study_lets_the_first_one_rest() -> None:
    gate = Gate()
    with following(gate) as searches:
        searches.ask("a", in_rounds(50), "ann")
        searches.ask("b", in_rounds(2), "ann")
        gate.open.release(60)
        wait(lambda: searches.found("b").whole)
        wait(lambda: not searches.found("a").running)
    assert len(gate.made) < 20


def test_a_visitor_who_has_not_looked_for_long_is_not_waited_for() -> None:
    now = [0.0]
    gate = Gate()
    with following(gate, clock=lambda: now[0]) as searches:
        searches.ask("a", in_rounds(50), "ann")
        gate.open.release()
        wait(lambda: len(gate.made) == 1)
        now[0] = searches_module.PATIENCE_SECONDS + 1
        gate.open.release(100)
        wait(lambda: not searches.found("a").running)
    assert len(gate.made) < 50


@pytest.mark.parametrize(
    ("function", "says"), [(failing, PROGRAM.format(name="ZeroDivisionError")), (refused, "must be above 0")]
)
def test_a_study_that_fails_says_why_and_another_visitor_does_not_notice(function: Any, says: str) -> None:
    with following(Serial()) as searches:
        bad = ended(searches, "bad", in_rounds(3, function=function))
        good = ended(searches, "good", in_rounds(3), "bob")
    assert says in bad.fault
    assert (good.fault, good.latest) == ("", 6)


def test_a_fault_of_the_study_itself_is_told_too() -> None:
    def study(_executor: Executor, _tell: Tell) -> Iterator[int]:
        yield refused(-1)

    with following(Serial()) as searches:
        assert "must be above 0" in ended(searches, "a", study).fault


class LostOnce(Serial):
    """Fail the first time."""

    def __init__(self, fault: Exception) -> None:
        self.times, self.fault = 0, fault

    def results(self, function: Any, items: Any) -> Iterator[tuple[int, Any]]:
        self.times += 1
        if self.times == 1:
            next(iter(items))
            raise self.fault
        yield from super().results(function, items)


@pytest.mark.parametrize(
    ("fault", "told"),
    [(WorkersError("gone"), WORKERS_LOST), (TypeError("cannot pickle"), PROGRAM.format(name="TypeError"))],
    ids=("lost", "unsent"),
)
def test_what_befalls_the_workers_is_told_and_asked_again_the_study_goes_on(fault: Exception, told: str) -> None:
    with following(LostOnce(fault)) as searches:
        study = in_rounds(3)
        assert ended(searches, "a", study).fault == told
        searches.again("a")
        assert ended(searches, "a", study).latest == 6


def test_the_study_nobody_has_looked_at_for_longest_is_forgotten() -> None:
    with following(Serial(), most=2) as searches:
        for key in "abac":
            ended(searches, key, in_rounds(2))
        assert [searches.found(key).whole for key in "abc"] == [True, False, True]

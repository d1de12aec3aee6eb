"""A visitor's run goes on in the background, gives first numbers from a small round, and disturbs nobody else's."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import numpy as np
import pytest

from sim.runs.answer import ask
from sim.runs.blocks import Task
from sim.runs.replicate import Settings
from sim.runs.viewed import run_viewed
from sim.runs.workers.processes import Processes
from sim.runs.workers.work import Executor, Serial, WorkersError
from sim.ui.question import Alternative, Question
from sim.ui.reading import Read, read
from sim.ui.server import job as job_module
from sim.ui.server import jobs as jobs_module
from sim.ui.server.job import FIRST
from sim.ui.server.jobs import Jobs, Progress
from sim.ui.server.pool import BUSY, LOOK_SECONDS, LOOK_SHARE, WORKERS_LOST, Pool
from sim.ui.server.results import result_of
from sim.ui.server.work import PROGRAM
from tests.app.worlds import small, wait


class Gate(Serial):
    """Work in this process, each block only once it is let through."""

    def __init__(self) -> None:
        self.open = threading.Semaphore(0)
        self.held = False
        self.blocks: list[tuple[float, range]] = []
        self.solved = 0

    def results(self, function: Callable[[Any], Any], items: Any) -> Iterator[tuple[int, Any]]:
        for place, item in enumerate(items):
            if isinstance(item.item, Task):  # a base is solved without being let through
                if not self.open.acquire(blocking=False):
                    self.held = True
                    self.open.acquire()
                    self.held = False
                self.blocks.append((item.item.scenarios[-1].pay.wage_usd_per_hour, item.item.numbers))
            else:
                self.solved += 1
            yield place, function(item)


@contextmanager
def running(opened: Callable[[], AbstractContextManager[Executor]], **more: Any) -> Iterator[Jobs]:
    pool = Pool(opened, **more)
    try:
        yield Jobs(pool)
    finally:
        pool.close()


@pytest.fixture(autouse=True)
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of small worlds are cut as those of large ones are."""
    monkeypatch.setattr(job_module, "BLOCK_SECONDS", 0.02)


def wage(usd: float, replications: int = 60) -> tuple[Question, Read]:
    question = small(Alternative({"pay": {"wage_usd_per_hour": usd}}), replications=replications)
    return question, read(question)


def look(jobs: Jobs, asked: tuple[Question, Read], visitor: str = "ann") -> Progress:
    question, found = asked
    return jobs.ask(found, question.seed, question.replications, visitor)


def values(found: Any) -> list[Any]:
    return [case.values for case in found.cases]


def test_the_page_gives_the_same_digits_as_the_command_line() -> None:
    asked = question, found = wage(24.0)
    with running(lambda: nullcontext(Serial())) as jobs:
        wait(lambda: not look(jobs, asked).running)
        answer = result_of(found.sound, jobs.finished(found.key), question.seed, question.replications).answer
    whole = ask(found.sound[0], found.sound[1:], Settings(question.replications, question.seed, unknowns=True))
    for ours, theirs in zip(values(answer), values(whole), strict=True):
        assert ours.keys() == theirs.keys()
        assert all(np.array_equal(ours[key], theirs[key], equal_nan=True) for key in ours)


def test_the_first_round_is_small_and_its_numbers_are_there_at_once() -> None:
    asked = question, found = wage(24.0)
    gate = Gate()
    with running(lambda: nullcontext(gate)) as jobs:
        look(jobs, asked)
        gate.open.release()
        wait(lambda: look(jobs, asked).done > 0)
        progress = look(jobs, asked)
        result = result_of(found.sound, jobs.finished(found.key), question.seed, progress.done)
        gate.open.release(10)
    assert (progress.done, progress.running) == (FIRST, True)
    assert progress.seconds_left is not None
    assert result.answer.base.measures["headcount"].n == FIRST
    assert len(result.views[0]["employers"]) == FIRST


def test_a_newcomers_first_round_comes_before_the_rest_of_a_long_run() -> None:
    long, late = wage(24.0, replications=2_000), wage(30.0)
    gate = Gate()
    with running(lambda: nullcontext(gate)) as jobs:
        look(jobs, long, "ann")
        gate.open.release(2)
        wait(lambda: len(gate.blocks) == 2)
        look(jobs, late, "bob")
        gate.open.release(2)
        wait(lambda: look(jobs, late, "bob").done >= FIRST)
        assert look(jobs, long, "ann").running
        gate.open.release(200)
    assert 30.0 in [usd for usd, _ in gate.blocks[:4]]


def test_two_visitors_of_one_question_share_its_run_and_one_leaving_does_not_end_it() -> None:
    asked = wage(24.0)
    gate = Gate()
    with running(lambda: nullcontext(gate)) as jobs:
        look(jobs, asked, "ann")
        look(jobs, asked, "bob")
        jobs.leave("ann")
        gate.open.release(100)
        wait(lambda: jobs.progress(asked[1].key, 60).done == 60)
    starts = [block.start for _, block in gate.blocks]
    assert len(starts) == len(set(starts))


def test_stopping_keeps_what_is_finished_and_going_on_makes_only_the_rest() -> None:
    asked = wage(24.0)
    gate = Gate()
    with running(lambda: nullcontext(gate)) as jobs:
        look(jobs, asked)
        gate.open.release()
        wait(lambda: len(gate.blocks) == 1)
        jobs.leave("ann")
        gate.open.release()
        wait(lambda: jobs.progress(asked[1].key, 60).done >= FIRST)
        kept = jobs.progress(asked[1].key, 60).done
        assert kept < 60
        assert look(jobs, asked).done >= kept
        gate.open.release(100)
        wait(lambda: not look(jobs, asked).running)
    covered = sorted(number for _, block in gate.blocks for number in block)
    assert covered == list(range(60))


def test_asking_another_question_lets_the_first_one_rest() -> None:
    first, second = wage(24.0, replications=2_000), wage(25.0)
    gate = Gate()
    with running(lambda: nullcontext(gate)) as jobs:
        look(jobs, first)
        look(jobs, second)
        gate.open.release(100)
        wait(lambda: not look(jobs, second).running)
        time.sleep(0.02)
    assert sum(usd == 24.0 for usd, _ in gate.blocks) <= 1


def test_a_visitor_who_has_not_looked_for_long_is_not_waited_for() -> None:
    now = [0.0]
    asked = wage(24.0)
    gate = Gate()
    with running(lambda: nullcontext(gate), clock=lambda: now[0]) as jobs:
        look(jobs, asked)
        gate.open.release()
        wait(lambda: jobs.progress(asked[1].key, 60).done > 0)
        now[0] = job_module.PATIENCE_SECONDS + 1
        gate.open.release(100)
        time.sleep(0.02)
        assert jobs.progress(asked[1].key, 60).done < 60


def test_more_replications_extend_a_run() -> None:
    gate = Gate()
    gate.open.release(100)
    with running(lambda: nullcontext(gate)) as jobs:
        wait(lambda: not look(jobs, wage(24.0, 40)).running)
        wait(lambda: not look(jobs, wage(24.0, 70)).running)
    assert sorted(number for _, block in gate.blocks for number in block) == list(range(70))


def test_a_run_that_fails_says_why_and_another_visitor_does_not_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ui.server.job.run_viewed", _faulty)
    bad, good = wage(99.0), wage(24.0)
    with running(lambda: nullcontext(Serial())) as jobs:
        wait(lambda: bool(look(jobs, bad, "ann").fault))
        wait(lambda: not look(jobs, good, "bob").running)
        assert look(jobs, bad, "ann").fault == PROGRAM.format(name="ZeroDivisionError")
        assert not look(jobs, bad, "ann").running
        assert not look(jobs, good, "bob").fault


def _faulty(task: Any) -> Any:
    if task.scenarios[-1].pay.wage_usd_per_hour == 99.0:
        raise ZeroDivisionError("a fault")
    return run_viewed(task)


class Lost(Serial):
    def results(self, _function: Any, items: Any) -> Iterator[tuple[int, Any]]:
        next(iter(items))
        raise WorkersError("gone")
        yield


def test_lost_workers_are_told_and_new_ones_answer_when_asked_again() -> None:
    opened: list[Executor] = [Serial(), Lost()]
    asked = wage(24.0)
    with running(lambda: nullcontext(opened.pop() if len(opened) > 1 else opened[0])) as jobs:
        wait(lambda: bool(look(jobs, asked).fault))
        assert look(jobs, asked).fault == WORKERS_LOST
        jobs.again(asked[1].key)
        wait(lambda: not look(jobs, asked).running)
        assert look(jobs, asked) == Progress(60, 60, running=False)


def test_a_worker_that_dies_costs_time_and_no_result() -> None:
    asked = wage(24.0, replications=400)
    with running(lambda: Processes(1)) as jobs:
        wait(lambda: look(jobs, asked).done > 0)
        for child in _children():
            os.kill(child, 9)
        wait(lambda: not look(jobs, asked).running)
        assert look(jobs, asked) == Progress(400, 400, running=False)


def _children() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def test_the_run_nobody_has_looked_at_for_longest_is_forgotten_and_can_be_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs_module, "MOST_JOBS", 2)
    first, second, third = (wage(usd, FIRST) for usd in (24.0, 25.0, 26.0))
    with running(lambda: nullcontext(Serial())) as jobs:
        for asked in (first, second, first, third):
            wait(lambda asked=asked: not look(jobs, asked).running)  # type: ignore[misc]
        assert jobs.progress(second[1].key, FIRST).done == 0
        assert jobs.progress(first[1].key, FIRST).done == FIRST
        wait(lambda: not look(jobs, second).running)
        assert look(jobs, second).done == FIRST


def test_results_that_take_too_much_room_go_but_never_the_last_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "MOST_BYTES", 1)
    first, second = wage(24.0, FIRST), wage(25.0, FIRST)
    with running(lambda: nullcontext(Serial())) as jobs:
        wait(lambda: not look(jobs, first).running)
        wait(lambda: not look(jobs, second).running)
        assert jobs.progress(first[1].key, FIRST).done == 0
        assert jobs.progress(second[1].key, FIRST).done == FIRST


@pytest.mark.parametrize("limit", ["MOST_JOBS", "MOST_BYTES"])
def test_more_visitors_than_there_is_room_for_lose_nothing_while_they_wait(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(jobs_module, limit, 1)
    gate, everyone = Gate(), {name: wage(usd) for name, usd in (("ann", 24.0), ("bob", 25.0), ("eve", 26.0))}

    def reached(many: int) -> bool:
        return all(jobs.progress(found.key, 60).done >= many for _, found in everyone.values())

    with running(lambda: nullcontext(gate)) as jobs:
        for done in (0, FIRST):
            wait(lambda done=done: reached(done))  # type: ignore[misc]
            told = [look(jobs, asked, name) for _ in range(2) for name, asked in everyone.items()]
            assert all(one.running and one.done == done for one in told)
            gate.open.release(3 if done == 0 else 100)
        wait(lambda: reached(60))
        if limit == "MOST_JOBS":  # whoever waits to be drawn finds it at the end too
            assert all(look(jobs, asked, name).done == 60 for name, asked in everyone.items())
    assert len(gate.blocks) == len({(usd, block.start) for usd, block in gate.blocks})


def test_runs_of_visitors_who_wait_may_fill_the_memory_and_then_no_newcomer_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = wage(24.0), wage(25.0)
    gate = Gate()
    with running(lambda: nullcontext(gate)) as jobs:
        look(jobs, first, "ann")
        gate.open.release()
        wait(lambda: look(jobs, first, "ann").done == FIRST)
        monkeypatch.setattr(jobs_module, "MOST_BYTES", 1)
        assert look(jobs, second, "bob").fault == BUSY.format(number=1)
        gate.open.release(100)
        wait(lambda: not look(jobs, first, "ann").running)
        assert look(jobs, second, "bob").running
        wait(lambda: not look(jobs, second, "bob").running)


def test_a_server_with_its_hands_full_asks_newcomers_to_wait_and_goes_on_with_the_others() -> None:
    first, second = wage(24.0), wage(25.0)
    gate = Gate()
    with running(lambda: nullcontext(gate), most=1) as jobs:
        look(jobs, first, "ann")
        refused = look(jobs, second, "bob")
        assert refused.fault == BUSY.format(number=1)
        assert not refused.running
        assert look(jobs, first, "eve").running  # the same question costs nothing
        gate.open.release(100)
        wait(lambda: not look(jobs, first, "ann").running)
        wait(lambda: not look(jobs, second, "bob").running)
        assert look(jobs, second, "bob") == Progress(60, 60, running=False)


def test_a_page_that_waits_looks_again_later_the_more_people_wait() -> None:
    gate, asked = Gate(), wage(24.0)
    with running(lambda: nullcontext(gate)) as jobs:
        assert jobs._pool.pace() == LOOK_SECONDS
        for number in range(20):
            look(jobs, asked, visitor=f"visitor {number}")
        assert jobs._pool.pace() == pytest.approx(20 * LOOK_SHARE)
        assert jobs._pool.pace(coming=30) == pytest.approx(50 * LOOK_SHARE)
        assert jobs._pool.pace(coming=1_000) < job_module.PATIENCE_SECONDS / 2  # whoever looks so seldom has not gone
        for _ in range(10):
            gate.open.release()
        wait(lambda: not look(jobs, asked).running)
        assert jobs._pool.pace() == LOOK_SECONDS


def test_a_base_is_solved_once_for_all_questions_about_it() -> None:
    gate = Gate()
    gate.open.release(100)
    with running(lambda: nullcontext(gate)) as jobs:
        for usd in (24.0, 25.0, 26.0):
            wait(lambda usd=usd: not look(jobs, wage(usd), f"visitor of {usd}").running)  # type: ignore[misc]
    assert gate.solved == 1


def test_what_the_first_round_leaves_is_shared_by_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_module, "BLOCK_SECONDS", 60.0)
    gate = Gate()
    gate.workers = 2
    gate.open.release(100)
    with running(lambda: nullcontext(gate)) as jobs:
        wait(lambda: jobs._pool.workers == 2)
        wait(lambda: not look(jobs, wage(24.0, 100)).running)
    assert sorted((one.start, one.stop) for _, one in gate.blocks) == [(0, 20), (20, 60), (60, 100)]


def test_a_first_round_stands_behind_no_long_one() -> None:
    busy, free = Gate(), Gate()
    long, late = wage(24.0, replications=2_000), wage(30.0)
    free.open.release(100)
    busy.open.release()  # whichever worker takes the long one's first round, it is let through
    pool = Pool(lambda: nullcontext(busy))
    first = Pool(lambda: nullcontext(free), change=pool.change)
    jobs = Jobs(pool, first)
    try:
        look(jobs, long, "ann")
        wait(lambda: look(jobs, long, "ann").done >= FIRST and busy.held)
        look(jobs, late, "bob")
        wait(lambda: look(jobs, late, "bob").done == FIRST)  # while the other worker is held by the long one
        assert [block for usd, block in free.blocks if usd == 30.0] == [range(FIRST)]
        busy.open.release(1000)
    finally:
        first.close()
        pool.close()


def test_what_is_likely_to_be_asked_is_run_ahead_only_while_nobody_waits() -> None:
    likely, other, gate = wage(24.0), wage(25.0), Gate()
    with running(lambda: nullcontext(gate)) as jobs:
        look(jobs, other, "bob")
        jobs.foresee(likely[1], 1, "ann")
        gate.open.release(100)
        wait(lambda: not look(jobs, other, "bob").running)
        assert jobs.progress(likely[1].key, 60).done == 0
        jobs.foresee(likely[1], 1, "ann")
        wait(lambda: jobs.progress(likely[1].key, 60).done == FIRST)
        time.sleep(0.02)
        assert jobs.progress(likely[1].key, 60).done == FIRST  # and no further


def test_bases_are_solved_ahead_and_not_again_for_whoever_asks() -> None:
    asked, gate = wage(24.0), Gate()
    gate.open.release(100)
    with running(lambda: nullcontext(gate)) as jobs:
        jobs.prepare([asked[1].sound[0].scenario])
        wait(lambda: bool(jobs.solved(asked[1].sound[0].scenario)))
        wait(lambda: not look(jobs, asked).running)
    assert gate.solved == 1

"""Few pages are drawn at a time, and a page that waits for its work lets others draw meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace

import pytest
import streamlit as st

from sim.ui.answers import job_status
from sim.ui.server import shared
from sim.ui.server.drawing_limit import AT_A_TIME, queued, rest, turn


class Crowd:
    """Threads that want to be within at the same time."""

    def __init__(self, resting: bool) -> None:
        self.within = self.most = 0
        self._resting, self._lock = resting, threading.Lock()
        threads = [threading.Thread(target=self._draw) for _ in range(4 * AT_A_TIME)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(timeout=30.0)
        assert not any(one.is_alive() for one in threads)

    def _draw(self) -> None:
        with turn(), turn():  # a part of a page has the page's turn
            if self._resting:
                with rest():
                    self._count()
            else:
                self._count()

    def _count(self) -> None:
        with self._lock:
            self.within += 1
            self.most = max(self.most, self.within)
        time.sleep(0.1)
        with self._lock:
            self.within -= 1


def test_no_more_are_drawn_at_a_time_than_there_are_turns() -> None:
    assert Crowd(resting=False).most == AT_A_TIME


def test_who_waits_for_work_keeps_nobody_from_drawing() -> None:
    assert Crowd(resting=True).most > AT_A_TIME


def test_outside_of_a_turn_there_is_nothing_to_let_go() -> None:
    with rest():
        pass
    assert Crowd(resting=False).most == AT_A_TIME


def test_who_waits_longest_comes_next_however_quickly_another_wants_its_turn_again() -> None:
    told: list[str] = []

    def draw() -> None:
        with turn():
            told.append("came later")

    with ExitStack() as others:
        for _ in range(AT_A_TIME - 1):
            others.enter_context(_held_elsewhere())
        with turn():
            waits = threading.Thread(target=draw)
            waits.start()
            while not queued():
                time.sleep(0.001)
            with rest():
                pass
            told.append("came first")
        waits.join(timeout=30.0)
    assert told == ["came later", "came first"]
    assert not queued()


def test_a_page_counts_who_waits_to_be_drawn_and_looks_less_often_at_what_is_further_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[float | None] = []

    def fragment(drawn: Callable[[], None], run_every: float | None) -> Callable[[], None]:
        told.append(run_every)
        return drawn

    monkeypatch.setattr(st, "fragment", fragment)
    monkeypatch.setattr(shared, "pool", lambda: SimpleNamespace(pace=lambda coming: 2.0 * coming))
    monkeypatch.setattr(job_status, "queued", lambda: 3)
    for running, further in ((True, False), (True, True), (False, False)):
        job_status.watched(running, lambda: None, further=further)
    assert told == [6.0, 6.0 * job_status.FURTHER_TIMES, None]


@contextmanager
def _held_elsewhere() -> Iterator[None]:
    """Another thread's turn."""
    begun, ended = threading.Event(), threading.Event()

    def draw() -> None:
        with turn():
            begun.set()
            ended.wait(timeout=30.0)

    threading.Thread(target=draw).start()
    begun.wait(timeout=30.0)
    yield
    ended.set()

"""Few pages are drawn at a time, and a page that waits for its work lets others draw meanwhile."""

from __future__ import annotations

import threading
import time

from sim.ui.server.drawing_limit import AT_A_TIME, rest, turn


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

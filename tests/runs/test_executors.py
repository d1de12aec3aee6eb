"""Who does the work: each result once, in this process or several, and whoever dies."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sim.runs.workers import executors, processes
from sim.runs.workers.executors import Executor, Processes, Serial, WorkersError, executor_for, workers_for


def doubled(item: int) -> int:
    return 2 * item


def refusing(item: int) -> int:
    raise ValueError(f"not {item}")


def dying(item: int) -> int:
    os._exit(9)


def dying_once(item: tuple[int, str]) -> int:
    """End the worker that meets an item first; half of the item's result may be on its way then."""
    number, mark = item
    if number % 3 == 1 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def all_of(executor: Executor, number: int) -> None:
    assert sorted(executor.results(doubled, range(number))) == [(place, 2 * place) for place in range(number)]


def test_every_result_comes_once_whoever_does_the_work() -> None:
    all_of(Serial(), 20)
    with Processes(2) as executor:
        all_of(executor, 20)
        all_of(executor, 3)  # and again, with the same processes
        assert list(executor.results(doubled, [])) == []


def test_a_fault_of_the_work_itself_is_told_as_it_is() -> None:
    with Processes(2) as executor:
        with pytest.raises(ValueError, match="not 0"):
            list(executor.results(refusing, [0]))
        all_of(executor, 5)


def test_what_a_dead_worker_held_is_done_by_another(tmp_path: Path) -> None:
    items = [(number, str(tmp_path / str(number))) for number in range(8)]
    with Processes(2) as executor:
        assert sorted(executor.results(dying_once, items)) == [(number, 2 * number) for number in range(8)]
    assert {file.name for file in tmp_path.iterdir()} == {"1", "4", "7"}


def test_work_that_always_ends_its_worker_is_given_up_with_a_message() -> None:
    with Processes(2) as executor, pytest.raises(WorkersError, match=r"were ended 5 times.*--jobs 1"):
        list(executor.results(dying, range(4)))


PERSON = "hired in 2019-07"


def told_of(item: tuple[str, str]) -> str:
    """Return much of one person; the worker of the first look ends half-way through writing it."""
    return item[0] * 200_000


def cut_short(item: tuple[str, str]) -> str:
    text, mark = item
    if not Path(mark).exists():
        Path(mark).touch()
        threading.Timer(0.3, os._exit, (1,)).start()
        Path(mark).parent.joinpath("slow").write_text("")
        for file in Path(mark).parent.glob("peerstay-*"):
            (file / "half").write_bytes(b"half of something")
        time.sleep(5)
    return text


def test_what_workers_hand_over_stands_readable_in_no_file_and_is_deleted_when_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes.tempfile, "tempdir", str(tmp_path))
    with Processes(2) as executor:
        results = executor.results(told_of, [(PERSON, "") for _ in range(6)])
        seen = 0
        for _, text in results:
            assert text == PERSON * 200_000
            for file in executor._folder.iterdir():
                content = file.read_bytes()
                seen += len(content) > 0
                assert PERSON.encode()[:8] not in content
        assert seen, "no file was there to look at"
        assert list(executor._folder.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_what_a_dead_worker_left_half_written_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes.tempfile, "tempdir", str(tmp_path))
    with Processes(1) as executor:
        items = [(PERSON, str(tmp_path / "mark"))] * 2
        assert [text for _, text in executor.results(cut_short, items)] == [PERSON, PERSON]
        assert (tmp_path / "slow").exists()
        assert list(executor._folder.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1, 999_999, 1_000_000, 1_000_001, 2_500_000])
def test_a_veil_taken_twice_is_none_and_another_key_shows_nothing(size: int) -> None:
    data = bytes(size)
    veiled = b"".join(processes._veiled(data, b"a" * 32))
    assert len(veiled) == size
    assert b"".join(processes._veiled(veiled, b"a" * 32)) == data
    if size > 32:
        assert veiled.count(0) < size / 100
        assert b"".join(processes._veiled(veiled, b"b" * 32)) != data


def test_a_second_process_is_started_only_when_the_work_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert workers_for(None, 0.1) == 1
    assert workers_for(None, 1000.0) == executors.MOST_WORKERS
    assert workers_for(3, 0.1) == 3
    with executor_for(1, 1000.0) as executor:
        assert isinstance(executor, Serial)


def test_no_process_and_no_file_is_left_behind() -> None:
    before = set(multiprocessing.active_children())
    folder = None
    with contextlib.suppress(KeyboardInterrupt), Processes(2) as executor:
        folder = executor._folder
        next(executor.results(doubled, range(9)))
        raise KeyboardInterrupt
    for worker in set(multiprocessing.active_children()) - before:
        worker.join(10)
        assert not worker.is_alive()
    assert folder is not None
    assert not folder.exists()


PARENT = """
import time
from sim.runs.workers.executors import Processes
if __name__ == "__main__":
    with Processes(2) as executor:
        list(executor.results(abs, range(4)))
        print(*executor._pool._processes, executor._folder, flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up under /proc")
def test_workers_follow_a_parent_that_is_ended_by_force(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        *workers, folder = parent.stdout.readline().split()
        parent.kill()
    assert len(workers) == 2
    gone_by = time.monotonic() + 20
    while any(Path("/proc", worker, "exe").exists() for worker in workers) or Path(folder).exists():
        assert time.monotonic() < gone_by
        time.sleep(0.05)


def test_ctrl_c_is_left_alone_in_a_thread_that_may_not_touch_it() -> None:
    before, inside = signal.getsignal(signal.SIGINT), []

    def start() -> None:
        with processes._interrupts_ignored():
            inside.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert inside == [before]
    with processes._interrupts_ignored():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) is before

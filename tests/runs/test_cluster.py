"""A real Dask scheduler and two worker processes on loopback: the same bits, whoever dies."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import distributed
import numpy as np
import pytest

from sim.results.summary import Values
from sim.runs.replicate import Memory, Settings, fill, replicate
from sim.runs.workers import cluster as module
from sim.runs.workers.cluster import Cluster
from sim.runs.workers.executors import WorkersError, executor_for
from sim.scenario.schema import Scenario
from tests.worlds import quiet

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # distributed's own sockets
ROOT = Path(__file__).parents[2]
START_SECONDS, SOON_SECONDS = 60.0, 25.0
KILLS = int(os.environ.get("PEERSTAY_KILLS", "4"))  # 20 take more than a minute: each worker has to be started first
FOREIGN = """
def versions():
    return {"version": "0.0.9", "model": "other", "data": "other", "numpy": "2"}
"""


def worlds() -> list[Scenario]:
    leaving = {"kind": "hazards", "voluntary_per_year": 0.5}
    return [
        quiet(horizon={"months": 6, "warm_up_months": 3}, turnover={"level": leaving}, posts={"number": 5}, pay=pay)
        for pay in ({}, {"wage_usd_per_hour": 22.0})
    ]


@dataclass
class Dask:
    """A scheduler of our own and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    stack: ExitStack
    folder: Path

    def start_worker(self, python_path: Path | None = None) -> subprocess.Popen[bytes]:
        words = ("dask_worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory")
        self.workers.append(begun(self.stack, *words, str(self.folder), python_path=python_path))
        return self.workers[-1]

    def wait(self, workers: int) -> None:
        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=START_SECONDS)


@contextmanager
def dask(folder: Path, workers: int = 2) -> Iterator[Dask]:
    with ExitStack() as stack:
        file = folder / "scheduler.json"
        words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(file))
        scheduler = begun(stack, "dask_scheduler", *words)
        until(file.exists)
        until(lambda: b"tcp://" in file.read_bytes())
        address = file.read_text().split('"address": "')[1].split('"')[0]
        own = Dask(address, scheduler, [], stack, folder)
        for _ in range(workers):
            own.start_worker()
        if workers:
            own.wait(workers)
        yield own


def begun(stack: ExitStack, *words: str, python_path: Path | None = None) -> subprocess.Popen[bytes]:
    """Start one of Dask's programs; it is ended with the stack."""
    code = "import sys; sys.path[:0] = sys.argv.pop(1).split(); from distributed.cli.{0} import main; main()"
    command = [sys.executable, "-c", code.format(words[0]), str(python_path or ""), *words[1:]]
    quiet_streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = stack.enter_context(subprocess.Popen(command, **quiet_streams))
    stack.callback(lambda: process.poll() is None and process.kill())
    return process


def until(true: object) -> None:
    gone_by = time.monotonic() + START_SECONDS
    while not true():  # type: ignore[operator]
        assert time.monotonic() < gone_by
        time.sleep(0.02)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    with dask(tmp_path_factory.mktemp("dask")) as own:
        yield own


def same(ours: tuple[Values, ...], theirs: tuple[Values, ...]) -> bool:
    return all(
        np.array_equal(one[key], other[key], equal_nan=True)
        for one, other in zip(ours, theirs, strict=True)
        for key in one
    )


def test_a_cluster_two_processes_shares_and_one_process_give_the_same_bits(
    cluster: Dask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.runs.blocks.POSTS_AT_ONCE", 15)  # three replications a block
    alone = replicate(worlds(), Settings(12, 1, jobs=1))
    assert same(alone, replicate(worlds(), Settings(12, 1, jobs=2)))
    assert same(alone, replicate(worlds(), Settings(12, 1, cluster=cluster.address)))
    shares = Memory()
    for share in (range(8, 12), range(4), range(4, 8)):
        fill(worlds(), Settings(12, 1, jobs=1), share, shares)
    assert same(alone, replicate(worlds(), Settings(12, 1, jobs=1), kept=shares))


def slow(item: tuple[int, str]) -> int:
    """Leave a mark that it runs, and take a moment."""
    number, folder = item
    (Path(folder) / f"{number}-{os.getpid()}").touch()
    time.sleep(0.05)
    return number


@pytest.mark.slow
def test_dead_workers_cost_no_result_and_double_none(tmp_path: Path) -> None:
    with dask(tmp_path) as own, Cluster(own.address) as executor:
        done: list[tuple[int, int]] = []
        for place, result in executor.results(slow, [(number, str(tmp_path)) for number in range(5 * KILLS)]):
            done.append((place, result))
            if len(done) % 5 == 1:  # the one that has been at work longest goes, another comes
                own.start_worker()
                oldest = own.workers.pop(0)
                oldest.send_signal(signal.SIGKILL)
                oldest.wait()
        assert sorted(done) == [(number, number) for number in range(5 * KILLS)]


def test_a_worker_with_another_peerstay_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "other" / "sim" / "runs" / "workers"
    package.mkdir(parents=True)
    for folder in (package, package.parent, package.parent.parent):
        (folder / "__init__.py").touch()
    (package / "cluster.py").write_text(FOREIGN + "_versions_there = versions\n")
    with dask(tmp_path, workers=0) as own:
        own.start_worker(tmp_path / "other")
        own.wait(1)
        with pytest.raises(WorkersError, match=r"worker tcp://\S+ has version 0\.0\.9 instead of .*install the same"):
            Cluster(own.address).__enter__()


def test_a_worker_with_another_peerstay_that_comes_later_is_refused_too(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "sim", other / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    (other / "data").symlink_to(ROOT / "data")
    (other / "sim" / "__init__.py").write_text('__version__ = "0.0.9"\n')
    with dask(tmp_path, workers=1) as own, Cluster(own.address) as executor:
        told = executor.results(slow, [(number, str(tmp_path)) for number in range(200)])
        assert next(told) == (0, 0)
        own.start_worker(other)
        own.wait(2)
        own.workers[0].kill()  # so that there is nobody else to do it
        with pytest.raises(WorkersError, match=r"worker tcp://\S+ has version 0\.0\.9 instead of .*install the same"):
            list(told)


def test_a_worker_looks_at_itself_before_it_does_anything() -> None:
    assert module._done_there(module.versions(), len, "four") == 4
    with pytest.raises(WorkersError, match=r"has version \S+ instead of 9\.9"):
        module._done_there(module.versions() | {"version": "9.9"}, pytest.fail, "was done")


def test_a_worker_without_peerstay_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other" / "sim").mkdir(parents=True)
    (tmp_path / "other" / "sim" / "__init__.py").touch()
    with dask(tmp_path, workers=0) as own:
        own.start_worker(tmp_path / "other")
        own.wait(1)
        with pytest.raises(WorkersError, match=r"worker tcp://\S+ cannot load peerstay .*install it there"):
            Cluster(own.address).__enter__()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("tcp://127.0.0.1:1", "no scheduler answers"),
        ("tcp://no-such-host.invalid:8786", "no scheduler answers"),
        ("nonsense", "is no address of a scheduler"),
        ("http://127.0.0.1:1", "is no address of a scheduler"),
        ("tcp://127.0.0.1:port", "is no address of a scheduler"),
        ("tcp://:8786", "is no address of a scheduler"),
        ("", "is no address of a scheduler"),
    ],
)
def test_a_wrong_address_is_told_within_seconds(address: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 1.0)
    begin = time.monotonic()
    with pytest.raises(WorkersError, match=f"--cluster {address}: .*{why}"):
        Cluster(address).__enter__()
    assert time.monotonic() - begin < SOON_SECONDS


def test_a_scheduler_without_workers_is_told_within_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 2.0)
    with dask(tmp_path, workers=0) as own, pytest.raises(WorkersError, match="has no workers; start some: dask worker"):
        Cluster(own.address).__enter__()


@pytest.mark.parametrize("who", ["scheduler", "workers"])
def test_a_cluster_that_dies_is_told_within_seconds(who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 3.0)
    with dask(tmp_path, workers=1) as own, executor_for(cluster=own.address) as executor:
        results = executor.results(slow, [(number, str(tmp_path)) for number in range(1000)])
        next(results)
        doomed = own.scheduler if who == "scheduler" else own.workers[0]
        doomed.kill()
        begin = time.monotonic()
        with pytest.raises(WorkersError, match=r"(is|are) gone; what was done is kept, run it again to go on"):
            list(results)
        assert time.monotonic() - begin < SOON_SECONDS


def test_somebody_who_is_no_scheduler_is_told_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(WorkersError, match=f"--cluster {address}: no scheduler answers"):
            Cluster(address).__enter__()

"""Start the page as `peerstay app` does, on a port of its own, and end it with all of its workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 120.0  # on a machine that others share


@dataclass(frozen=True)
class Served:
    """A running page: where it listens, its process, and what it has written."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def told(self) -> str:
        return self.log.read_text(errors="replace")


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Served]:
    """The page, started from a folder that is not the project's; here once it answers."""
    port = _free_port()
    command = [sys.executable, "-c", "from sim.cli import main; main()", "app", "--no-open"]
    command += ["--address", "127.0.0.1", "--port", str(port)]
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=out, start_new_session=True, env={**os.environ, **environment}
        )
    page = Served(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait(page)
        yield page
    finally:
        _end(process)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(page: Served) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{page.address}/_stcore/health", timeout=START_SECONDS):
                return
        except (urllib.error.URLError, OSError):
            alive = page.process.poll() is None and time.monotonic() < until
            assert alive, f"the page did not start: {page.told()}"
            time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server and its workers, which are a process group of their own."""
    for hard in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, hard)
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            return

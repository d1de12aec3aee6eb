"""A command as somebody at a terminal of so many columns sees it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """What came out: the answer, what was said beside it on stderr (a terminal too), and the exit code."""

    answer: str
    beside: str
    code: int


def at_terminal(columns: int, *args: str, **more: str) -> Seen:
    """Run `peerstay` with both outputs on terminals of so many columns; `more` are environment variables."""
    ends = [pty.openpty(), pty.openpty()]
    environment = {**os.environ, "COLUMNS": str(columns), "LINES": "50", **more}
    started = subprocess.Popen(
        [sys.executable, "-m", "peerstay", *args],
        stdin=subprocess.DEVNULL,
        stdout=ends[0][1],
        stderr=ends[1][1],
        env=environment,
    )
    for _, inner in ends:
        os.close(inner)
    told = [_everything(outer) for outer, _ in ends]
    return Seen(*(text.replace("\r\n", "\n") for text in told), started.wait(60))


def _everything(outer: int) -> str:
    """Return what a terminal was sent; it ends with an error where its other side is closed."""
    pieces = []
    try:
        while piece := os.read(outer, 65_536):
            pieces.append(piece)
    except OSError:
        pass
    os.close(outer)
    return b"".join(pieces).decode()

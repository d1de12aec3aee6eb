"""The page's server and its workers are ended by force: no answer is lost or other, and nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from sim.ui.question import Question
from tests.app.worlds import small
from tests.room.visitors import FIRST_NUMBERS, answered, come, lived, sentence
from tests.served import Served, served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(os.name != "posix", reason="processes are ended by signals of POSIX"),
]
LONG = small(replications=300, posts={"number": 40}, horizon={"months": 60, "warm_up_months": 12})
OTHER = replace(LONG, seed=2)
QUICK = small(replications=60)
SOON_SECONDS = 30.0


def workers(page: Served) -> list[psutil.Process]:
    """Return the processes that work for a server."""
    children = psutil.Process(page.process.pid).children(recursive=True)
    return [one for one in children if "spawn_main" in " ".join(one.cmdline())]


async def until_first_numbers(page: Served, question: Question) -> None:
    async with await come(page.address) as visitor:
        await visitor.open("compare", question)
        await visitor.until(lambda one: FIRST_NUMBERS["compare"] in one.told)
        assert visitor.faults == []


async def while_workers_are_ended(page: Served, question: Question, times: int) -> str:
    """Return what a visitor is told in the end, whose workers were ended again and again."""
    async with await come(page.address) as visitor:
        await visitor.open("compare", question)
        for _ in range(times):
            told = visitor.told
            await visitor.until(lambda one, before=told: len(one.told) > len(before) or one.settled)
            assert not visitor.settled, "the run was over before a worker could be ended"
            workers(page)[0].kill()
            await asyncio.sleep(0.5)
        await visitor.until(lambda one: FIRST_NUMBERS["compare"] in one.told and one.settled)
        assert visitor.faults == []
        assert "The workers of this server were ended" not in visitor.told
        return sentence(visitor.told)


def test_what_is_ended_by_force_costs_a_visitor_time_and_no_digit_and_leaves_no_process_and_no_file(
    tmp_path: Path,
) -> None:
    """Workers are ended, then a server; another one answers the same."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with served(tmp_path) as page:
        disturbed = lived(while_workers_are_ended(page, LONG, times=3))
    with served(tmp_path, TMPDIR=str(temporary)) as page:
        calm, before = (lived(answered(page.address, [question]))[0] for question in (LONG, QUICK))
        assert disturbed == sentence(calm.told)
        lived(until_first_numbers(page, OTHER))
        left = workers(page)
        assert left
        page.process.send_signal(signal.SIGKILL)
        page.process.wait()
        gone_by = time.monotonic() + SOON_SECONDS
        while any(one.is_running() for one in left) or list(temporary.glob("peerstay-*")):
            assert time.monotonic() < gone_by, (left, list(temporary.iterdir()))
            time.sleep(0.1)
    with served(tmp_path, TMPDIR=str(temporary)) as page:
        (again,) = lived(answered(page.address, [QUICK]))
        assert sentence(again.told) == sentence(before.told)

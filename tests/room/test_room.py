"""A room of people opens the page together: everybody gets an answer, and the server stays as large as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import psutil
import pytest
import streamlit as st
from streamlit.web.server.starlette.starlette_routes import _MAX_UPLOAD_MULTIPART_OVERHEAD_BYTES

from sim.evidence.paths import ROOT
from sim.ui.page import FAULT
from sim.ui.serving import HEADERS, IN_MEMORY, went_wrong
from tests.app.worlds import small
from tests.room import capacity
from tests.room.capacity import load
from tests.room.soak import grown, soaked
from tests.room.visitors import answered, lived
from tests.served import Served, served

SOAK_SECONDS = float(os.environ.get("PEERSTAY_SOAK_SECONDS", "25"))
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 2 * SOAK_SECONDS)]


def test_a_room_of_people_is_answered_from_the_first_moment_and_leaves_the_server_as_large_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One server: ten visitors before it has answered anybody, two more at once, then visitors who come and go."""
    with served(
        tmp_path, STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="5"
    ) as page:  # 120 s left alone, which hides a leak
        ten_who_come_together_all_get_an_answer(page)
        monkeypatch.setattr(capacity, "ASKED", small(replications=40))
        the_script_that_tells_how_many_visitors_a_server_carries_works(page)
        every_answer_tells_the_browser_what_it_may_not_do(page)
        visitors_who_come_and_go_leave_it_as_large_as_it_was(page)


def ten_who_come_together_all_get_an_answer(page: Served) -> None:
    questions = [small(replications=40, seed=1 + seed) for seed in range(10)]
    answers = lived(answered(page.address, questions))
    assert outside(page) == []
    assert [one.faults for one in answers] == [[]] * 10
    assert "a page stopped" not in page.told()
    assert FAULT not in "".join(one.told for one in answers)


def the_script_that_tells_how_many_visitors_a_server_carries_works(page: Served) -> None:
    told = load(page, 2)
    assert told.faults == 0
    assert all(0 < first <= whole for first, whole in zip(told.first, told.whole, strict=True))
    assert told.processor > 0
    assert told.row().startswith("| 2 | ")


def visitors_who_come_and_go_leave_it_as_large_as_it_was(page: Served) -> None:
    told = lived(soaked(page, SOAK_SECONDS, questions=6))
    assert told.faults == []
    assert told.visits > 10
    assert grown(told.megabytes) < 0.05, told.megabytes


def every_answer_tells_the_browser_what_it_may_not_do(page: Served) -> None:
    for path in ("/", "/compare", "/_stcore/health", "/static/nothing.js"):
        told = headers_of(page.address + path)
        assert {name: told[name] for name in HEADERS} == HEADERS


def outside(page: Served) -> list[str]:
    """Return whom a server or its workers talk to that is not on this machine."""
    server = psutil.Process(page.process.pid)
    there = [one.raddr for who in (server, *server.children(recursive=True)) for one in who.net_connections("inet")]
    return [address.ip for address in there if address and address.ip not in ("127.0.0.1", "::1")]


def test_no_upload_is_written_to_disk_not_even_one_that_is_refused() -> None:
    limit = int(tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["server"]["maxUploadSize"]) * 1024**2
    assert limit + _MAX_UPLOAD_MULTIPART_OVERHEAD_BYTES < IN_MEMORY


def headers_of(address: str) -> Message:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.headers
    except urllib.error.HTTPError as refused:
        return refused.headers


def test_what_goes_wrong_in_a_part_that_is_drawn_again_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "error", told.append)
    assert went_wrong(ValueError("a fault of the program"))
    assert told == [FAULT]


LATE = """
import gc
from sim.ui.serving import warm
warm()
import sys
import pytest
import tests.app.pages as pages
from sim.ui.navigation import PAGES
from tests.app.worlds import small

with pytest.MonkeyPatch().context() as patch, pages.serving(patch):
    app = pages.finished(pages.opened("compare", small(replications=20)))
    assert gc.get_freeze_count() > 100_000
    there = set(sys.modules)
    for name in PAGES:
        for question in (None, small(replications=20)):
            assert not pages.opened(name, question).exception
    print("late:", sorted(set(sys.modules) - there))
"""


def test_what_pages_need_is_imported_before_the_server_answers() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LATE], capture_output=True, text=True, check=True, timeout=300
    )
    assert "could not be rehearsed" not in done.stderr
    assert done.stdout.splitlines()[-1] == "late: []"

"""Drive the page without a browser: the workers are this process, the questions small."""

from __future__ import annotations

import contextlib
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from sim.cli import main
from sim.runs.toml import written
from sim.runs.workers.work import Serial
from sim.ui.question import Question, called, file_name
from sim.ui.reading import read
from sim.ui.server import shared as server
from sim.ui.server.jobs import Jobs
from sim.ui.state import QUESTION

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
COMPONENTS = cache(manifest_scanner.scan_component_manifests)  # what is installed, which AppTest reads for every page


@contextmanager
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for opener in ("opened", "opened_first"):
        monkeypatch.setattr(server, opener, lambda: nullcontext(Serial()))
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", COMPONENTS)
    monkeypatch.setattr(Jobs, "foresee", lambda *_: None)  # thousands of steps of a walk want no runs ahead
    st.cache_resource.clear()
    yield
    server.first_rounds().close()
    server.pool().close()
    st.cache_resource.clear()


def opened(page: str = "start", question: Question | None = None, **kept: Any) -> AppTest:
    """Return a page with a question open; `kept` are choices of the page itself."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
    if question is not None:
        app.session_state[QUESTION] = question
    for name, value in kept.items():
        app.session_state[f"kept.{name}"] = value
    app.run()
    return app if page == "start" else go(app, page)


def go(app: AppTest, page: str) -> AppTest:
    return app.switch_page(f"sim/ui/pages/{page}.py").run()


def asked(app: AppTest) -> Question:
    found: Question = app.session_state[QUESTION]
    return found


def decided(app: AppTest) -> str:
    """The table of base and alternatives side by side, as HTML; nothing while there is none."""
    return next((one.proto.body for one in app.get("html") if 'class="decision"' in one.proto.body), "")


def wait_for_rest(seconds: float = 2.0) -> None:
    """Wait until all work in the background rests, or so long: a page drawn meanwhile takes the work's own time."""
    pool = server.pool()

    def rests() -> bool:
        clients = (client for sources in pool._sources for client in sources())
        return not any(client.watchers(pool.clock()) for client in clients)

    with pool.change:
        pool.change.wait_for(rests, timeout=seconds)
    time.sleep(0.02)


def finished(app: AppTest) -> AppTest:
    """Look at a page until its run is finished."""
    until = time.monotonic() + PATIENCE
    while (not decided(app) and not app.error) or any(button.label == "Stop" for button in app.button):
        assert time.monotonic() < until, "the run did not finish"
        wait_for_rest()
        app.run()
    return app


def settled(app: AppTest) -> AppTest:
    """Look at a page until its study is whole."""
    until = time.monotonic() + PATIENCE
    while any(one.label == "Stop" for one in app.button):
        assert time.monotonic() < until, "the study did not end"
        wait_for_rest()
        app.run()
    assert not app.exception
    return app


def as_commanded(command: str, question: Question, folder: Path) -> str:
    """Return what the command that a page shows prints, its files beside it, under the names that the page uses."""
    for place, one in enumerate(read(question).sound):
        (folder / file_name(place)).write_text(written(one.raw), encoding="utf-8")
    program, *words = shlex.split(command.replace("\\\n", ""))  # a shell joins such lines
    with contextlib.chdir(folder):
        done = CliRunner().invoke(main, words, prog_name=program)
    assert done.exit_code == 0, done.output
    told = " ".join(done.stdout.split())
    for place in question.places:
        told = told.replace(Path(file_name(place)).stem, called(place))
    return told


def text(app: AppTest) -> str:
    """Return all that stands on a page."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.markdown,
        app.caption,
        app.error,
        app.warning,
        app.info,
        app.success,
    )
    return "\n".join(one.value for kind in kinds for one in kind).replace("\\", "")


def box(app: AppTest, label: str) -> Any:
    return next(one for one in app.number_input if one.label == label)


def button(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


def choice(app: AppTest, label: str) -> Any:
    return next(one for one in (*app.selectbox, *app.radio, *app.multiselect, *app.checkbox) if one.label == label)


def tables(app: AppTest) -> list[list[list[str]]]:
    """Return the tables of a page, each its heading and its rows."""
    shown = ([list(one.value.columns), *one.value.to_numpy().tolist()] for one in app.table)
    return [[[str(cell).replace("\\", "") for cell in row] for row in rows] for rows in shown]

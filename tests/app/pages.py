"""Drive the page without a browser: the workers are this process, the questions small."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from sim.runs.work import Serial
from sim.ui.question import Question
from sim.ui.server import shared as server
from sim.ui.state import QUESTION

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


@contextmanager
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(server, "opened", lambda: nullcontext(Serial()))
    st.cache_resource.clear()
    yield
    server.pool().close()
    st.cache_resource.clear()


def opened(page: str = "start", question: Question | None = None, **kept: Any) -> AppTest:
    """Return a page with a question open; `kept` are choices of the page itself."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=30)
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


def finished(app: AppTest) -> AppTest:
    """Look at a page until its run is finished."""
    until = time.monotonic() + PATIENCE
    while (not decided(app) and not app.error) or any(button.label == "Stop" for button in app.button):
        assert time.monotonic() < until, "the run did not finish"
        time.sleep(0.02)
        app.run()
    return app


def settled(app: AppTest) -> AppTest:
    """Look at a page until its study is whole."""
    until = time.monotonic() + PATIENCE
    while any(one.label == "Stop" for one in app.button):
        assert time.monotonic() < until, "the study did not end"
        time.sleep(0.02)
        app.run()
    assert not app.exception
    return app


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

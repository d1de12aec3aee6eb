"""No press is lost or met by a fault because the page has changed since the visitor saw it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import sim.ui
from sim.ui import choices, state


@pytest.mark.parametrize("entered", ["occupant 3", ["A", "gone"], (1, 2, 3)])
def test_a_choice_that_is_not_offered_any_more_is_left_out(monkeypatch: pytest.MonkeyPatch, entered: Any) -> None:
    taken: list[str] = []
    monkeypatch.setattr(state, "entered", lambda _: entered)
    choices._taken("key", ["A", "B", (0, 0, 0)], taken.append, "taken")
    assert not taken


@pytest.mark.parametrize("entered", ["A", ["A", "B"], [], (0, 0, 0), None])
def test_a_choice_that_is_offered_is_taken(monkeypatch: pytest.MonkeyPatch, entered: Any) -> None:
    taken: list[str] = []
    monkeypatch.setattr(state, "entered", lambda _: entered)
    choices._taken("key", ["A", "B", (0, 0, 0)], taken.append, "taken")
    assert taken == ["taken"]


def test_every_box_that_calls_back_leaves_out_what_is_not_offered_any_more() -> None:
    bare = re.compile(r"\bst\.(?:selectbox|radio|multiselect)\((?:(?!\n    \)|\n\n).)*?on_change", re.DOTALL)
    folder = Path(sim.ui.__path__[0])
    found = {file.name for file in folder.rglob("*.py") if bare.search(file.read_text())}
    assert found == {"choices.py", "households.py"}  # the latter takes any name that is typed


def _watching() -> None:
    import streamlit as st  # noqa: PLC0415  # run as a script of its own
    from streamlit.runtime.scriptrunner import get_script_run_ctx  # noqa: PLC0415

    from sim.ui.answers.job_status import watched  # noqa: PLC0415

    watched(bool(st.session_state["running"]), lambda: st.write("looked at"))
    found = get_script_run_ctx()
    assert found is not None
    st.session_state["names"] = sorted(found.shared.new_fragment_ids.snapshot())


def test_work_that_comes_to_rest_leaves_a_part_of_the_same_name() -> None:
    """A press of *Go on* that is under way finds what draws the page again; it was dropped by another name."""
    names = []
    for running in (True, False):
        app = AppTest.from_function(_watching)
        app.session_state["running"] = running
        app.run(timeout=60)
        assert not app.exception
        names.append(app.session_state["names"])
    assert len(names[0]) == 1
    assert names[0] == names[1]


def _asking() -> None:
    import streamlit as st  # noqa: PLC0415  # run as a script of its own

    from sim.ui import state  # noqa: PLC0415

    st.number_input("Posts", value=None, key=state.showing("posts", st.session_state.get("wanted", 10.0)))
    st.number_input("Other", value=None, key="other")


def test_a_box_is_told_its_value_only_where_it_shows_another() -> None:
    """What the page says again and again reaches the browser late, and takes back what was entered there meanwhile."""
    app = AppTest.from_function(_asking).run(timeout=60)
    assert app.number_input[0].proto.set_value  # it came without one
    app.number_input[1].set_value(4.0).run()
    assert (app.number_input[0].value, app.number_input[0].proto.set_value) == (10.0, False)
    app.session_state["wanted"] = 12.0
    app.run()
    assert (app.number_input[0].value, app.number_input[0].proto.set_value) == (12.0, True)
    app.number_input[0].set_value(15.0).run()  # which nothing takes over
    assert (app.number_input[0].value, app.number_input[0].proto.set_value) == (12.0, True)

"""A link made to do harm gets a message of this page and never a traceback or the framework's own page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sim.scenario.read.clean_text import clean
from sim.ui.page import FAULT
from sim.ui.question import Question
from sim.ui.state import QUESTION
from tests.app.pages import PATIENCE, ROOT, go, serving
from tests.app.test_links import link

PAY = {"pay": {"wage_usd_per_hour": 20.0}}
TINY = {"horizon": {"months": 2, "warm_up_months": 0}, "posts": {"number": 3}} | PAY
BASES: dict[str, dict[str, Any]] = {
    "a number for a table": {"pay": 3},
    "lists for values": {"pay": [1, [2, {"a": 1}]], "funding": {"a": []}},
    "employers that are none": {"employer": [3, {"name": 5}, {"name": "a", "pay": 7}]},
    "changes that are none": {"change": [{"at": 3, "set": 4}, 5]} | PAY,
    "kinds that are none": {"funding": {"a": {"kind": "zzz"}, "b": {"kind": 3}, "c": 5}, "ladder": {"a": 3}} | PAY,
    "numbers beyond all": {"posts": {"number": 10**18}, "pay": {"wage_usd_per_hour": 1e308}},
    "people that are none": {"posts": {"roster": [1, {"hired": 5}]}} | PAY,
    "nothing": {"pay": None, "title": None},
    "a file to extend": {"extends": "x.toml"} | PAY,
    "names of nothing": {"": {"": 1}, "a.b.c": 1} | PAY,
    "a terminal's commands": {"title": "\x1b[2J\u202eevil", "place": {"area": "\x07"}} | TINY,
    "half of a character": {"title": "\ud800 half"} | TINY,
    "markup": {"title": "<script>alert(1)</script> [x](javascript:alert(1)) ![](http://x) $a$"} | TINY,
    "a text much too long": {"title": "x" * 50_000} | TINY,
}
ADDRESSES = {
    "q": ("", "%%%", "\x00", "\ud7ff", "AAAA", "A" * 20_000, "../../etc/passwd"),
    "evidence": ("\x1b[2J", "<script>", "x" * 5_000, "..", ""),
    "story": ("-1.-1.-1", "9" * 400, "a.b.c", "\x00", "1.1e9.nan.0"),
    "solve": ("e30", "bnVsbA", "%00", "A" * 5_000),
    "mix": ("W10", "!"),
    "doubt": ("eyJrZXkiOiJ4In0", "ÿ"),
    "moves": ("eyJwbGFjZSI6OTl9", ""),
}
PAGES = {
    "q": "compare", "story": "story", "solve": "backwards", "mix": "backwards", "doubt": "matters", "moves": "matters",
}  # fmt: skip


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def came(question: Question | None = None, **parameters: str) -> AppTest:
    """Return the first page of somebody who comes by an address."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
    if question is not None:
        app.session_state[QUESTION] = question
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def stands(app: AppTest) -> None:
    """See that a page shows no traceback, no fault of the program, and no text that is not clean."""
    assert not app.exception
    assert FAULT not in [one.value for one in app.error]
    told = [str(one.value) for one in (*app.markdown, *app.error, *app.warning, *app.caption, *app.text_input)]
    assert all(clean(text) == text for text in told)


@pytest.mark.parametrize("name", BASES)
def test_a_link_with_a_hostile_scenario_opens_pages_of_ours(name: str) -> None:
    app = came(q=link(base=BASES[name], replications=2))
    stands(app)
    for page in ("build", "compare"):
        stands(go(app, page))


@pytest.mark.parametrize("name", ["changes that are none", "a terminal's commands", "numbers beyond all"])
def test_a_link_with_a_hostile_alternative_opens_pages_of_ours(name: str) -> None:
    app = came(q=link(base=TINY, alternatives=[{"over": BASES[name]}], replications=2, seed=2**63 - 1))
    for page in ("build", "compare"):
        stands(go(app, page))


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in ADDRESSES.items() for text in texts])
def test_a_hostile_address_is_answered_by_the_page_it_leads_to(name: str, text: str) -> None:
    app = came(None if name == "q" else Question(TINY, (), 2), **{name: text})
    stands(go(app, PAGES[name]) if name in PAGES else app)
    if name == "q":
        assert any("open an example" in one.value for one in app.error)


def test_what_goes_wrong_while_a_link_is_read_is_said_in_words_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> Question:
        raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "half a character")

    monkeypatch.setattr("sim.ui.state.question_of", broken)
    app = came(q=link(base=TINY))
    assert not app.exception
    assert FAULT in [one.value for one in app.error]

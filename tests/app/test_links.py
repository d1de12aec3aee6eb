"""A link holds the whole question, and one made to do harm does none."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import replace
from typing import Any

import pytest

from sim.ui import links
from sim.ui.links import LinkError, canonical, link_of, question_of
from sim.ui.question import Alternative, Question, with_input, without_people
from tests.app.worlds import HIGHER, small

ROSTER = {"posts": {"roster": [{"hired": "2025-03"}]}}


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")


def link(**more: Any) -> str:
    whole = {"v": 1, "base": {}, "alternatives": [], "replications": 20, "seed": 1} | more
    return packed(json.dumps(whole).encode())


@pytest.mark.parametrize(
    "question",
    [
        small(),
        small(HIGHER, Alternative({"pay": {"wage_usd_per_hour": 22.5}}, own=True), replications=37, seed=2**62),
        small(title='Umlauts ÄÖÜ, quotes " and a £'),
        Question({}),
    ],
)
def test_a_question_comes_back_from_its_link_as_it_was(question: Question) -> None:
    text = link_of(question)
    assert text is not None
    assert question_of(text) == question


def test_a_link_needs_no_quoting() -> None:
    assert set(str(link_of(small()))) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_the_texts_of_a_link_are_read_clean() -> None:
    question = question_of(link(base={"title": "\x1b[2Jone \u202etwo \ud800", "pay": {"wage_usd_per_hour": 20.0}}))
    assert question.base["title"] == "one two "
    assert question_of(str(link_of(question))) == question


def test_what_is_typed_on_the_page_is_taken_over_clean() -> None:
    changed = with_input(small(), 0, ("place", "area"), "Erie\u202e\x07")
    assert changed.base["place"]["area"] == "Erie"


@pytest.mark.parametrize(
    "question",
    [
        small(**ROSTER),
        small(Alternative(ROSTER)),
        small(employer=[{"name": "one", **ROSTER}]),
    ],
)
def test_people_listed_in_a_scenario_never_get_into_a_link_and_the_rest_does(question: Question) -> None:
    assert not question.lacks_people
    found = question_of(str(link_of(question)))
    assert "roster" not in canonical(found)
    assert "2025-03" not in canonical(found)
    assert found == without_people(question)
    assert found.lacks_people
    assert question_of(str(link_of(found))) == found  # told until a list is given, however often the page is reloaded
    assert replace(found, base=question.base, alternatives=question.alternatives) == replace(
        question, lacks_people=True
    )


def test_a_question_too_long_for_a_link_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "LONGEST", 100)
    assert link_of(small()) is None


NESTED = b'{"v":1,"base":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b',"alternatives":[],"replications":1,"seed":1}'
DEEP = {"a": 1}
for _ in range(40):
    DEEP = {"a": DEEP}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", "broken", id="empty"),
        pytest.param("%%%", "broken", id="no base64"),
        pytest.param("ÄÖÜ", "broken", id="not ASCII"),
        pytest.param("AAAA", "broken", id="not packed"),
        pytest.param(str(link_of(small()))[:-12], "broken", id="cut off"),
        pytest.param("A" * 20_000, "characters", id="too long"),
        pytest.param(packed(b" " * 10_000_000), "400,000 bytes", id="a bomb"),
        pytest.param(packed(b"not JSON"), "no scenario", id="no JSON"),
        pytest.param(packed(b'"text"'), "another version", id="a text"),
        pytest.param(packed(b"[1]"), "another version", id="a list"),
        pytest.param(packed(b"\xff\xfe"), "no scenario", id="no text"),
        pytest.param(packed(NESTED), "", id="nested beyond the reader"),
        pytest.param(link(base=DEEP), "nest deeper", id="nested beyond any scenario"),
        pytest.param(link(v=2), "another version", id="another version"),
        pytest.param(link(base=[]), "no base", id="a base that is no table"),
        pytest.param(link(alternatives=[{"over": {}}] * 5), "no base with at most 4", id="five alternatives"),
        pytest.param(link(alternatives=[{"over": 3}]), "no table", id="an alternative that is no table"),
        pytest.param(link(alternatives=[3]), "no table", id="an alternative that is a number"),
        pytest.param(link(replications=0), "replications", id="no replication"),
        pytest.param(link(replications="many"), "replications", id="replications in words"),
        pytest.param(link(replications=True), "replications", id="replications true"),
        pytest.param(link(seed=-1), "seed", id="a seed below zero"),
        pytest.param(packed(b'{"v":1,"base":{"a":NaN},"alternatives":[]}'), "no scenario", id="not a number"),
        pytest.param(packed(b'{"v":1,"base":{"a":1e999},"alternatives":[]}'), "no scenario", id="beyond all numbers"),
        pytest.param(packed(b'{"v":1,"base":{"a":1' + b"0" * 400 + b"}}"), "no scenario", id="a number of 400 digits"),
        pytest.param(link(base={"\ud800": 1}), "names that no scenario has", id="a name with half of a character"),
        pytest.param(link(base={"a": {"\x1b[2J": 1}}), "names that no scenario has", id="a name a terminal obeys"),
    ],
)
def test_a_hostile_link_gets_one_message_that_says_what_helps(text: str, told: str) -> None:
    with pytest.raises(LinkError) as fault:
        question_of(text)
    assert told in str(fault.value)
    assert "open an example" in str(fault.value)

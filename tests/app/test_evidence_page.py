"""The page of the evidence: what it finds, and that a card says what the command line says."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
import streamlit as st

from sim.charts.look import LIGHT
from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.evidence.marks import GRADES
from sim.evidence.register import load_claims
from sim.questions.evidence.by_state import by_state_view
from sim.questions.evidence.parts import card_parts, number_text
from sim.questions.evidence.shapes import listed_shapes, shape_of
from sim.questions.evidence.trace import find
from sim.ui import navigation
from sim.ui.inputs import evidence
from sim.ui.pages.evidence import CLAIMS, EFFECTS, INPUTS, RESULTS, SHELVES, card_list
from tests.app.pages import PATIENCE, ROOT, AppTest, choice, opened, text
from tests.app.worlds import small

KEY = "funding.denial_share"


def linked(key: str) -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
    app.query_params["evidence"] = key
    return app.run()


def test_a_link_opens_its_card_with_the_words_of_the_command_line() -> None:
    app = linked(KEY)
    assert app.title[0].value == "Where do the numbers come from?"
    assert app.query_params["evidence"] in (KEY, [KEY])
    shown = " ".join(text(app).split())
    for part in card_parts(shape_of(find(KEY), datetime.now(UTC).year)):
        for told in (part.title, part.text, *part.facts.values(), *part.items):
            assert " ".join(told.split()) in shown


@pytest.mark.parametrize(
    ("key", "shelf_name"),
    [("burnout.exit_voluntary", EFFECTS), ("exits_per_year", RESULTS), ("pay.wage_usd_per_hour", INPUTS)],
)
def test_a_link_opens_the_list_that_holds_its_card(key: str, shelf_name: str) -> None:
    app = linked(key)
    assert choice(app, "Look at").value == shelf_name
    assert key in app.header[0].value.replace("\\", "")


def test_a_link_to_nothing_says_so_and_names_what_is_near() -> None:
    app = linked("funding.denial_shar")
    assert "no input, effect, measure or source is called 'funding.denial_shar'" in text(app)
    assert "funding.denial_share" in text(app)


def test_the_card_that_is_chosen_stands_in_the_address() -> None:
    app = opened("evidence")
    choice(app, "Open one in full").set_value(KEY).run()
    assert app.query_params["evidence"] in (KEY, [KEY])
    assert app.header[0].value.startswith("funding")
    choice(app, "Look at").set_value(EFFECTS).run()
    assert "evidence" not in app.query_params
    assert len(app.header) == 2  # of the list


def test_going_back_to_an_address_without_a_card_closes_it() -> None:
    app = linked(KEY)
    assert len(app.header) == 3  # of card, list and map
    del app.query_params["evidence"]
    app.run()
    assert not app.exception
    assert len(app.header) == 2  # of the list
    assert app.title[0].value == "Where do the numbers come from?"


def test_lists_hold_all_there_is_and_flag_what_is_old() -> None:
    assert len(card_list(INPUTS, [], "").rows) == len(load_cards())
    assert len(card_list(EFFECTS, [], "").rows) == len(load_effects())
    assert len(card_list(CLAIMS, [], "").rows) == len(load_claims())
    old = [one for one in listed_shapes(datetime.now(UTC).year) if one["age"] and one["age"]["past_shelf_life"]]
    told = [row for name in (INPUTS, EFFECTS) for row in card_list(name, [], "").rows if "look it up again" in row[2]]
    assert len(told) == len(old) > 0


@pytest.mark.parametrize("name", SHELVES)
def test_a_search_narrows_every_list_to_what_has_all_its_words(name: str) -> None:
    every = card_list(name, [], "")
    assert 0 < len(card_list(name, [], "retention").rows or card_list(name, [], "of").rows) < len(every.rows)
    assert not card_list(name, [], "retention zebra").rows


def test_searching_and_grading_the_page_shows_only_what_fits() -> None:
    app = opened("evidence", **{"evidence.search": "denied", "evidence.grades": ["C"]})
    assert KEY in text_of_tables(app)
    app = opened("evidence", **{"evidence.search": "denied", "evidence.grades": ["A"]})
    assert "Nothing here has all these words" in text(app)


def text_of_tables(app: AppTest) -> str:
    return "\n".join(str(one.value.to_dict()) for one in app.table).replace("\\", "")


def test_large_numbers_are_written_in_full() -> None:
    assert [number_text(one) for one in (1_000_000.0, 123_456.0, -0.25, None)] == ["1,000,000", "123,456", "−0.25", "–"]


def test_the_card_beside_an_input_leads_to_all_that_is_known_of_it() -> None:
    app = opened("build", small(), step="pay")
    told = [one.proto.query_string for one in app.get("page_link")]
    assert "evidence=pay.wage_usd_per_hour" in told


def test_a_grade_is_a_quiet_mark_that_says_what_it_means(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[str, str, str]] = []

    def popover(label: str, **how: str) -> nullcontext[None]:
        drawn.append((label, how["type"], how["help"]))
        return nullcontext()

    monkeypatch.setattr(st, "popover", popover)
    monkeypatch.setattr(st, "markdown", lambda _: None)
    monkeypatch.setattr(navigation, "link", lambda *_, **__: None)
    key, card = next((key, card) for key, card in load_cards().items() if card.grade in GRADES)
    evidence.popover(key, "An input", "spot")
    assert [(told.split(" · ")[0], how, words) for told, how, words in drawn] == [
        (f"Grade {card.grade}", "tertiary", GRADES[card.grade])
    ]


def test_the_page_says_where_every_state_stands() -> None:
    app = opened("evidence")
    assert by_state_view("housing_wage", LIGHT).reading in text(app)
    choice(app, "What a scenario takes from its state").select("federal_share").run()
    assert by_state_view("federal_share", LIGHT).reading in text(app)

"""From any number a reader meets, its source is two steps away."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from sim.evidence.age import CONDUCT_YEARS, MONEY_YEARS, TERMS_YEARS, Age, age_of_card, shelf_years
from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.evidence.marks import GRADES, KINDS, OBTAINED, QUALITIES
from sim.evidence.sources import load_sources
from sim.influences.factors import FACTORS
from sim.questions.evidence.parts import card_text
from sim.questions.evidence.shapes import Shape, direct_inputs, measures_of_card, shape_of
from sim.questions.evidence.trace import find, titles
from sim.questions.evidence.where_it_acts import BORN_IN_MODEL, MODEL, SECTIONS, cards_of_cause
from sim.results.measures.table import MEASURES
from sim.scenario.describe import inputs
from sim.words.break_even import TYPICAL_SOURCE
from sim.words.earnings.wages import RENTS

ROOT = Path(__file__).parents[2]
README = (ROOT / "data/README.md").read_text(encoding="utf-8")
NO_NUMBER = {"funding.<name>.kind", "employer.<name>.name"}
YEAR = 2026
SETTINGS = {"change", "employer", "experiment", "horizon"}  # of the calculation, or how many there are of it


def typed(pattern: str) -> str:
    """Return the path of an input as a user types it, with names of their own."""
    return re.sub(r"<\w+>", "mine", pattern).replace("[]", "[0]")


@cache
def told(name: str) -> Shape:
    return shape_of(find(name), YEAR)


# inputs


@pytest.mark.parametrize("path", sorted({one.path for one in inputs()} - NO_NUMBER - {"effects.<cause>.<outcome>"}))
def test_every_input_leads_to_a_card_and_the_card_to_its_sources(path: str) -> None:
    card = told(typed(path))
    assert card["what"] == "input"
    assert any(one["asked"] for one in card["acts"]["inputs"])
    assert card["sources"]
    for one in card["sources"]:
        assert one["citation"]
        assert f"{one['key']} (" in card_text(card)


def test_only_names_and_kinds_have_no_card() -> None:
    assert {one.path for one in inputs() if not one.evidence} == NO_NUMBER
    for path in NO_NUMBER:
        assert "no number" in card_text(told(typed(path)))


def test_one_path_never_carries_two_cards() -> None:
    """Alternatives of a table share a path; they must share the card, or the answer would name one of two."""
    cards: dict[str, set[str]] = {}
    for one in inputs():
        cards.setdefault(one.path, set()).add(one.evidence)
    assert {path: keys for path, keys in cards.items() if len(keys) > 1} == {}


def test_no_name_stands_for_two_things() -> None:
    names = [*load_cards(), *load_effects(), *MEASURES, *load_sources()]
    assert len(names) == len(set(names))


def test_no_title_on_screen_stands_for_two_things() -> None:
    assert len(titles()) == len(load_cards()) + len(load_effects()) + len(MEASURES)


# effects and measures


@pytest.mark.parametrize("key", load_effects())
def test_every_effect_leads_to_its_source(key: str) -> None:
    effect = told(key)
    assert [one["key"] for one in effect["sources"]] == [load_effects()[key].source]
    assert effect["acts"]["inputs"] or effect["acts"]["cause_comes_from"]


@pytest.mark.parametrize("key", MEASURES)
def test_every_measure_leads_to_cards_and_effects_and_these_to_sources(key: str) -> None:
    """Two steps: the measure names what enters it, and each of these names its sources."""
    measure = told(key)
    assert measure["definition"]
    assert measure["acts"]["model"]
    assert measure["inputs"], "no input enters it: a number from nowhere"
    for one in (*measure["inputs"], *measure["effects"]):
        assert told(one["key"])["sources"], one


def test_a_measure_says_its_own_and_not_a_shorter_ones() -> None:
    assert direct_inputs("break_even_billable_share_full_cost") != direct_inputs("break_even_billable_share")
    assert direct_inputs("retention_60_months") == direct_inputs("retention_6_months")
    with pytest.raises(KeyError):
        direct_inputs("burn")


def test_every_input_of_the_model_stands_next_to_a_measure() -> None:
    """Left out are settings, and words for the reader."""
    alone = {key for key in load_cards() if not measures_of_card(key, list(MEASURES))}
    assert {key for key in alone if key.partition(".")[0] not in SETTINGS} == set()


def test_every_cause_comes_from_an_input_or_from_the_model() -> None:
    for effect in load_effects().values():
        assert bool(cards_of_cause(effect.cause)) != (effect.cause in BORN_IN_MODEL), effect.cause
    assert set(BORN_IN_MODEL) <= {effect.cause for effect in load_effects().values()}


def test_the_sections_are_those_of_the_model_page() -> None:
    headings = re.findall(r"^## (\d+)\. (.+)$", (ROOT / MODEL).read_text(encoding="utf-8"), re.MULTILINE)
    assert {int(number): title for number, title in headings} == SECTIONS
    assert {section for one in FACTORS.values() for section in one.sections} <= set(SECTIONS)


# marks and age


def test_marks_mean_what_the_data_dictionary_says() -> None:
    flat = " ".join(README.split())
    for mark, meaning in GRADES.items():
        assert f"**{mark}** {meaning}" in flat
    used = (
        (GRADES, {card.grade for card in load_cards().values()} | {one.grade for one in load_effects().values()}),
        (KINDS, {card.kind for card in load_cards().values()}),
        (OBTAINED, {one.obtained for one in load_sources().values()}),
        (QUALITIES, {one.quality for one in load_sources().values()}),
    )
    for known, found in used:
        assert found <= set(known)
    for word in (*OBTAINED, *QUALITIES):
        assert f"*{word}*" in flat


def test_a_figure_is_past_its_shelf_life_only_when_it_is_older() -> None:
    assert not Age(2025, 1, 1).past
    assert Age(2024, 1, 2).past
    card = load_cards()["place.outside_wage_usd_per_hour"]
    assert [age_of_card(card, year).past for year in (2023, 2024, 2025)] == [False, False, True]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("key", "years"),
    [
        ("recruitment.cost_per_hire", MONEY_YEARS),
        ("funding.rate", MONEY_YEARS),
        ("funding.covered", TERMS_YEARS),
        ("turnover.split", CONDUCT_YEARS),
        ("time_use.no_show", CONDUCT_YEARS),
    ],
)
def test_shelf_life_is_short_for_money_longer_for_terms_longest_for_conduct(key: str, years: int) -> None:
    assert shelf_years(load_cards()[key]) == years
    assert f"**{years} year" in README


def test_what_a_measure_and_an_answer_cite_is_a_known_source() -> None:
    for measure in MEASURES.values():
        assert set(re.findall(r"\[([a-z0-9_]+)\]", measure.definition)) <= set(load_sources()), measure.key
    assert {RENTS, TYPICAL_SOURCE} <= set(load_sources())

"""Every input of a scenario has a card that says what is known of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.evidence.cards import load_cards, read_cards
from sim.evidence.sources import load_sources, source
from sim.evidence.tables import EvidenceError
from sim.runs.futures.unknowns import GROUPS
from sim.scenario.defaults import resolve
from sim.scenario.describe import inputs
from sim.scenario.schema import Scenario
from sim.scenario.tables.pay import Pay

CARDS = load_cards()
GOOD = (
    '["pay.x"]\ntitle = "X"\nkind = "estimate"\nvalue = 1\nlow = 0\nhigh = 2\nunit = "USD"\ngrade = "B"\n'
    'sources = ["bell_2025"]\nyear = 2025\nplace = "US"\npopulation = "peers"\n'
)


def declared(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every declaration of an input, wherever it lies in the schema."""
    if isinstance(node, dict):
        if "evidence" in node:
            yield node
        for value in node.values():
            yield from declared(value)
    elif isinstance(node, list):
        for value in node:
            yield from declared(value)


INPUTS = list(declared(Scenario.model_json_schema()))


def test_every_input_has_a_card_and_every_card_an_input() -> None:
    assert {entry["evidence"] for entry in INPUTS} == set(CARDS)


def test_a_card_with_a_number_has_the_unit_of_every_input_it_speaks_of() -> None:
    """A text may stand beside the number it explains: the source of a living wage."""
    for entry in INPUTS:
        card = CARDS[entry["evidence"]]
        numbered = any(end is not None for end in (card.value, card.low, card.high))
        assert not numbered or entry["unit"] in (card.unit, "table"), entry["evidence"]
        assert card.unit in {other["unit"] for other in INPUTS if other["evidence"] == card.key}, card.key


def test_a_card_says_the_default_of_every_input_it_speaks_of_within_its_range() -> None:
    for one in inputs():
        card = CARDS.get(one.evidence)
        if card is None or isinstance(one.default, bool) or not isinstance(one.default, int | float):
            continue
        assert card.value == one.default, one.path
        assert card.low is None or card.low <= one.default, one.path
        assert card.high is None or one.default <= card.high, one.path


def test_a_card_says_what_an_input_left_out_becomes_without_a_state() -> None:
    filled = resolve(Scenario(pay=Pay(wage_usd_per_hour=20.0))).place
    for name in ("outside_wage_usd_per_hour", "minimum_wage_usd_per_hour"):
        assert CARDS[f"place.{name}"].value == getattr(filled, name), name
    assert f"{filled.living_wage_usd_per_hour} USD/hour" in CARDS["place.living_wage_usd_per_hour"].note


def test_no_two_cards_have_the_same_title() -> None:
    titles = [card.title for card in CARDS.values()]
    assert [title for title in titles if titles.count(title) > 1] == []


def test_every_card_cites_sources_that_are_known() -> None:
    assert {name for card in CARDS.values() for name in card.sources} <= set(load_sources())


def test_a_card_that_cites_nothing_but_an_assumption_has_the_lowest_grade_and_says_so() -> None:
    for key, card in CARDS.items():
        if {source(name).obtained for name in card.sources} <= {"assumption"}:
            assert card.grade == "D", key
        if card.grade == "D":
            assert "assumption" in card.note, key


def test_what_was_never_seen_supports_no_card() -> None:
    for key, card in CARDS.items():
        assert not [name for name in card.sources if source(name).obtained == "unseen"], key


def test_a_year_is_one_in_which_somebody_measured() -> None:
    for key, card in CARDS.items():
        assert card.year is None or 1990 <= card.year <= 2026, key


def test_no_source_stands_without_a_use() -> None:
    folder = Path(__file__).parents[2]
    files = (path for name in ("data", "seeds") for path in (folder / name).rglob("*") if path.is_file())
    tables = [path for path in files if path.name != "sources.toml" and path.suffix not in {".parquet", ".npz"}]
    tables += [path for name in ("scenarios", "studies") for path in (folder / name).rglob("*.toml")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in tables)
    notes = " ".join(known.note for known in load_sources().values())
    assert not [key for key in load_sources() if key not in text and key not in notes]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("value = 1", "value = 3"), r"evidence\.toml: pay\.x\.value = 3\.0: must lie within low 0\.0"),
        (GOOD.replace("value = 1", 'value = "one"'), r"pay\.x\.value = 'one': must be a number, or left out"),
        (GOOD.replace("value = 1", "value = true"), r"pay\.x\.value = True: must be a number, or left out"),
        (GOOD.replace('grade = "B"', 'grade = "E"'), r"pay\.x\.grade = 'E': must be one of A, B, C, D"),
        (GOOD.replace('"estimate"', '"guess"'), r"pay\.x\.kind = 'guess': must be one of estimate"),
        (GOOD.replace('["bell_2025"]', "[]"), r"pay\.x\.sources is empty"),
        (GOOD.replace('place = "US"\n', ""), r"pay\.x\.place is missing"),
        (GOOD + 'notes = "n"\n', r"pay\.x\.notes is not a field of a card; did you mean 'note'"),
    ],
)
def test_a_fault_in_a_card_names_key_field_and_rule(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "evidence.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError, match=said):
        read_cards(path)


def test_a_card_names_only_groups_that_a_study_of_uncertainty_has() -> None:
    named = {card.group for card in load_cards().values()} - {""}
    assert named
    assert named <= set(GROUPS)

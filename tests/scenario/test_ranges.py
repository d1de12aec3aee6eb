"""`[ranges]`: what is stated and uncertain all the same, laid from file to file, refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.runs.futures.unknown_inputs import open_in, unknowns_of
from sim.scenario.files import Loaded, load, load_table
from sim.scenario.problems import ScenarioError

BASE: dict[str, Any] = {
    "posts": {"number": 5},
    "pay": {"wage_usd_per_hour": 24.0},
    "funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.75}},
    "recruitment": {"days_to_fill": 70.0},
}
RATE = "funding.medicaid.rate_usd_per_unit"
RANGES = {RATE: [13.0, 15.0], "recruitment.days_to_fill": [50.0, 120.0]}
FILE = f"""
[posts]
number = 5
[pay]
wage_usd_per_hour = 24.0
[funding.medicaid]
kind = "fee_for_service"
rate_usd_per_unit = 13.75
[ranges]
"{RATE}" = [13.0, 15]
pay.wage_usd_per_hour = [23.0, 26.0]
"""


def with_ranges(**ranges: Any) -> Loaded:
    return load_table(BASE | {"ranges": RANGES | ranges})


def open_to(*everyone: Loaded) -> list[set[str]]:
    own = open_in(everyone, unknowns_of(everyone))
    return [set(one) & {RATE, "pay.wage_usd_per_hour"} for one in own]


def test_a_stated_input_with_a_range_is_drawn_around_its_value() -> None:
    known = {one.path: one for one in unknowns_of([with_ranges()])}
    assert (known[RATE].low, known[RATE].likely, known[RATE].high) == (13.0, 13.75, 15.0)
    assert (known["recruitment.days_to_fill"].low, known["recruitment.days_to_fill"].high) == (50.0, 120.0)
    assert RATE not in {one.path for one in unknowns_of([load_table(BASE)])}


def test_ranges_are_no_part_of_what_is_simulated_with_assumptions_as_known() -> None:
    assert with_ranges().fingerprint == load_table(BASE).fingerprint


def test_an_alternative_inherits_a_range_and_knows_what_it_states(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(FILE)
    (tmp_path / "more.toml").write_text('extends = "base.toml"\n[funding.medicaid]\nrate_usd_per_unit = 18.0\n')
    base, more = load(tmp_path / "base.toml"), load(tmp_path / "more.toml")
    assert more.scenario.ranges == {"pay.wage_usd_per_hour": [23.0, 26.0]}
    assert open_to(base, more) == [{RATE, "pay.wage_usd_per_hour"}, {"pay.wage_usd_per_hour"}]


def test_what_is_typed_is_known(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(FILE)
    typed = load(tmp_path / "base.toml", ["pay.wage_usd_per_hour=30"])
    assert typed.scenario.ranges == {RATE: [13.0, 15]}


def test_the_range_of_a_source_goes_with_the_source(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(FILE)
    (tmp_path / "less.toml").write_text('extends = "base.toml"\n[funding]\nmedicaid = "off"\n')
    assert load(tmp_path / "less.toml").scenario.ranges == {"pay.wage_usd_per_hour": [23.0, 26.0]}


def test_an_effect_may_have_a_range_of_its_own() -> None:
    loaded = load_table(
        BASE
        | {
            "effects": {"pay_adequacy": {"satisfaction": 0.2}},
            "ranges": {"effects.pay_adequacy.satisfaction": [0.1, 0.4]},
        }
    )
    known = {one.path: one for one in unknowns_of([loaded])}
    assert known["effects.pay_adequacy.satisfaction"].high == 0.4


@pytest.mark.parametrize(
    ("address", "ends", "rule"),
    [
        (RATE, [15.0, 13.0], "must be two numbers, the lower first"),
        (RATE, [13.0, 14.0, 15.0], "must be two numbers, the lower first"),
        (RATE, "13 to 15", "must be two numbers, the lower first"),
        (RATE, [13.0, True], "must be two numbers, the lower first"),
        (RATE, [13.0, float("nan")], "must be two numbers, the lower first"),
        (RATE, [15.0, 16.0], "must hold the value of the input, 13.75"),
        ("posts.number", [4.5, 6.0], "must have whole numbers as its ends"),
        ("turnover.other_field_share", [-0.1, 0.9], "must lie where the input may: from 0 to 1"),
        ("funding.medicaid.rate", [1.0, 2.0], "is no number of this scenario"),
        (RATE, [13.0, float("inf")], "must be two numbers, the lower first"),
        ("title", [1.0, 2.0], "is no number of this scenario"),
        ("posts.paid_hours_per_yaer", [1.0, 2.0], "is no number of this scenario"),
    ],
)
def test_a_range_that_is_none_is_refused_in_words(address: str, ends: Any, rule: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        with_ranges(**{address: ends})
    assert rule in str(refused.value)


def test_every_fault_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(FILE.replace("[13.0, 15]", "[14, 15]").replace("[23.0, 26.0]", "[26, 23]"))
    with pytest.raises(ScenarioError) as refused:
        load(tmp_path / "base.toml")
    assert [(one.line, one.path) for one in refused.value.problems] == [
        (10, f'ranges."{RATE}"'),
        (11, "ranges.pay.wage_usd_per_hour"),
    ]


def test_ranges_are_a_table() -> None:
    with pytest.raises(ScenarioError, match="must be a table"):
        load_table(BASE | {"ranges": 3})


def test_a_file_on_ranges_that_are_no_table_is_refused_in_words_too(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text("ranges = 3\npay.wage_usd_per_hour = 24.0\n")
    (tmp_path / "more.toml").write_text('extends = "base.toml"\nposts.number = 6\n')
    with pytest.raises(ScenarioError, match="must be a table"):
        load(tmp_path / "more.toml")

"""Scenarios in Python: values as values, dated too, and what is wrong said as everywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import peerstay
from sim.scenario.files import load
from sim.scenario.read.what_if import typed_as

BASE = "pa_fee_for_service"


@pytest.fixture(scope="module")
def base() -> peerstay.Scenario:
    return peerstay.scenario(BASE)


@pytest.mark.parametrize(
    ("changes", "at", "typed"),
    [
        ({"pay.wage_usd_per_hour": 25.0}, None, ["pay.wage_usd_per_hour=25.0"]),
        ({"pay.wage_usd_per_hour": np.float64(25.0), "posts.number": np.int64(38)}, None,
         ["pay.wage_usd_per_hour=25.0", "posts.number=38"]),
        ({"pay.wage_usd_per_hour": 25.0}, "2028-07", ["pay.wage_usd_per_hour=25.0@2028-07"]),
        ({"pay.wage_usd_per_hour": 25.0}, date(2028, 7, 15), ["pay.wage_usd_per_hour=25.0@2028-07"]),
        ({"pay.wage_usd_per_hour": 25.0}, pd.Timestamp("2028-07-01"), ["pay.wage_usd_per_hour=25.0@2028-07"]),
        ({"rules.braiding": ("county", "medicaid")}, None, ['rules.braiding=["county", "medicaid"]']),
        ({"funding.medicaid": {"rate_usd_per_unit": 15.0}}, None, ["funding.medicaid={rate_usd_per_unit=15.0}"]),
        ({"funding.county": "off", "rules.braiding": ["medicaid"]}, None,
         ["funding.county=off", 'rules.braiding=["medicaid"]']),
    ],
)  # fmt: skip
def test_values_mean_what_is_typed_with_the_command(
    base: peerstay.Scenario, changes: dict[str, object], at: object, typed: list[str]
) -> None:
    made = base.with_(changes, at=at)
    assert made.fingerprint == load(BASE, what_if=typed_as("raise", typed)).fingerprint
    assert made.fingerprint != base.fingerprint


def test_a_scenario_never_changes(base: peerstay.Scenario) -> None:
    before = base.fingerprint
    base.with_({"pay.wage_usd_per_hour": 30.0})
    assert base.fingerprint == before
    assert base["pay.wage_usd_per_hour"] == 24.0


def test_changes_pile_up(base: peerstay.Scenario) -> None:
    both = base.with_({"pay.wage_usd_per_hour": 25.0}).with_({"posts.number": 38}, at="2029-01")
    assert (both["pay.wage_usd_per_hour"], both["posts.number"]) == (25.0, 40)
    assert both.name == "wage_usd_per_hour 25, number 38 from 2029-01"
    assert base.with_({"posts.number": 38}, name="less").name == "less"


def test_what_is_wrong_is_told_with_its_address(base: peerstay.Scenario) -> None:
    with pytest.raises(peerstay.ScenarioError, match=r"with_ pay\.wage: pay\.wage = 25: is not an input"):
        base.with_({"pay.wage": 25})
    with pytest.raises(peerstay.ScenarioError, match="must be a number from 1 to 500"):
        base.with_({"pay.wage_usd_per_hour": "much"})
    with pytest.raises(peerstay.ScenarioError, match="is no scenario of the library"):
        peerstay.scenario("nothing_like_it")
    with pytest.raises(KeyError):
        base["pay.wage"]


def test_a_table_is_a_scenario_too() -> None:
    made = peerstay.scenario({"pay": {"wage_usd_per_hour": 21.0}, "horizon": {"start": date(2028, 1, 1)}})
    assert (made["pay.wage_usd_per_hour"], made["horizon.start"]) == (21.0, "2028-01")


def test_it_is_saved_whole_and_never_over_another(base: peerstay.Scenario, tmp_path: Path) -> None:
    later = base.with_({"pay.wage_usd_per_hour": 25.0}, at="2028-07")
    file = later.save(tmp_path / "later.toml")
    assert peerstay.scenario(file).fingerprint == later.fingerprint
    with pytest.raises(FileExistsError):
        base.save(file)


def test_it_shows_itself_in_short_and_in_a_notebook(base: peerstay.Scenario) -> None:
    assert repr(base) == f"<peerstay.Scenario {BASE}: {base.title}>"
    assert "covered to" in base._repr_html_()
    odd = base.with_({"pay.wage_usd_per_hour": 25.0}, title="<script>")
    assert "<script>" not in odd._repr_html_()

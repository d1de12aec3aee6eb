"""`peerstay household`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

ROOT = Path(__file__).parents[2]
BASE = str(ROOT / "scenarios/pa_fee_for_service.toml")
PORTFOLIO = str(ROOT / "scenarios/statewide_portfolio.toml")


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, ["household", *args], prog_name="peerstay")


def test_json_and_text_tell_the_same_raise() -> None:
    plain = json.loads(peerstay("--state", "pa", "--from", "24", "--to", "29", "--json").stdout)
    text = peerstay("--state", "PA", "--from", "24", "--to", "29").stdout
    assert (plain["state"], plain["year"], plain["raise"]["gross"]) == ("PA", 2026, 10_400.0)
    assert "From $24.00 to $29.00 an hour: $10,400 more gross a year" in text
    parent = next(one for one in plain["raise"]["households"] if one["household"] == "one_adult_one_child")
    assert sum(parent["parts"].values()) + 10_400 == pytest.approx(parent["net_with_health"], abs=3.0)
    line = next(one for one in text.splitlines() if "a single parent with one child" in one)
    assert line.split()[-6:] == ["+$7,730", "74.3", "%", "+$5,950", "57.2", "%"]


def test_a_scenario_gives_state_and_wage_and_options_come_first() -> None:
    own = json.loads(peerstay(BASE, "--to", "29", "--json").stdout)
    assert (own["state"], own["raise"]["from"], own["raise"]["to"]) == ("PA", 24.0, 29.0)
    other = json.loads(peerstay(BASE, "--state", "OH", "--from", "18", "--to", "24", "--json").stdout)
    assert (other["state"], other["raise"]["from"]) == ("OH", 18.0)
    assert "$12,480 more gross a year" in peerstay("--state", "OH", "--from", "18", "--to", "24").stdout
    set_ = json.loads(peerstay(BASE, "--set", "pay.wage_usd_per_hour=20", "--to", "24", "--json").stdout)
    assert set_["raise"]["from"] == 20.0


def test_every_fall_of_a_curve_is_told_and_marked() -> None:
    """Between two rows of the curve, $2 apart, there is a mark exactly where a fall ends in between."""
    args = ("--state", "AZ", "--household", "one_adult_one_child")
    (curve,) = json.loads(peerstay(*args, "--json").stdout)["curves"]
    text = peerstay(*args).stdout
    _, net, health, *told = text.split("Net income a year")
    for part, column in ((net, "net"), (health, "net_with_health")):
        marked = {float(line.split()[0].strip("$")) for line in part.splitlines() if "▼ $" in line}
        falls = [one for one in curve["cliffs"] if one["column"] == column]
        assert marked == {12 + 2 * -(-(one["high"] - 12) // 2) for one in falls} != set()
    listed = sum(" ".join(part.split()).count(" a year less (mostly ") for part in told)
    assert listed == len(curve["cliffs"])


def test_without_a_raise_there_are_curves_alone() -> None:
    assert json.loads(peerstay("--state", "DC", "--json").stdout)["raise"] is None
    assert "gross a year" not in peerstay("--state", "DC").stdout


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), "which state?"),
        (("--state", "US"), "Taxes and benefits are a state's"),
        (("--state", "ZZ"), "no table of net income for ZZ: it has the 50 states and DC, each by two letters"),
        (("--state", "PA", "--to", "29"), "from which wage? type --from"),
        (("--state", "PA", "--from", "29"), "to which wage? type --to"),
        (("--state", "PA", "--from", "8", "--to", "29"), "holds wages from $12.00 to $50.00 an hour"),
        (("--state", "PA", "--from", "24", "--to", "nan"), "this is outside"),
        (("--state", "PA", "--set", "pay.wage_usd_per_hour=3"), "--set changes a scenario"),
        ((PORTFOLIO, "--to", "29"), "from which wage? type --from"),
    ],
)
def test_what_cannot_be_answered_says_why(given: tuple[str, ...], told: str) -> None:
    result = peerstay(*given)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())

"""`peerstay fair`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from sim.cli import main

ROOT = Path(__file__).parents[2]
BASE, RISE = (str(ROOT / f"scenarios/{name}.toml") for name in ("statewide_portfolio", "statewide_rural_pay"))
FEW = ("--replications", "3", "--months", "13", "--jobs", "1")


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, ["fair", *args], prog_name="peerstay")


def test_json_and_text_tell_the_same() -> None:
    plain = json.loads(peerstay(BASE, RISE, *FEW, "--json").stdout)
    text = peerstay(BASE, RISE, *FEW).stdout
    base, rise = plain["scenarios"]
    rural = rise["groups"]["rural"]["pay"]
    assert "difference" not in base["groups"]["rural"]["pay"]
    assert f"+${rural['difference']['mean']:.2f}" in text
    assert f"{plain['people']['rural']:,.0f}" in text
    assert {one["key"] for one in plain["aspects"]} == {"pay", "kept", "left", "quit", "promoted"}
    assert len(base["marks"]) == 4
    assert plain["not_known"]


def test_a_hidden_cell_has_no_number_in_json_either() -> None:
    plain = json.loads(peerstay("pa_fee_for_service", *FEW, "--json").stdout)
    assert plain["people"]["black"] is None
    cell = plain["scenarios"][0]["groups"]["black"]["pay"]
    assert cell["hidden"]
    assert set(cell["value"].values()) == {None, 0}


def test_the_command_that_makes_it_again_is_told() -> None:
    text = " ".join(peerstay("pa_fee_for_service", *FEW, "--with", "pay.wage_usd_per_hour=26").stdout.split())
    again = text.partition("HOW TO MAKE IT AGAIN")[2]
    assert "peerstay fair pa_fee_for_service --with pay.wage_usd_per_hour=26 --months 13" in again


def test_futures_are_the_default_and_luck_alone_can_be_asked_for() -> None:
    few = ("pa_fee_for_service", "--with", "pay.wage_usd_per_hour=26", "--replications", "20", "--months", "13")
    told, luck = json.loads(peerstay(*few, "--json").stdout), json.loads(peerstay(*few, "--luck-only", "--json").stdout)
    assert told["drawn"]
    assert "drawn" not in luck
    pay = told["scenarios"][1]["groups"]["everybody"]["pay"]
    assert pay["futures"]["difference"]["low_90"] <= pay["difference"]["mean"]
    assert pay["futures"]["difference"]["higher_share"] == 1.0
    assert "futures" not in luck["scenarios"][1]["groups"]["everybody"]["pay"]
    assert "futures" not in told["scenarios"][1]["groups"]["black"]["pay"]  # too few are Black
    assert peerstay(*few, "--luck-only").stdout.rstrip().endswith("--luck-only")

"""`peerstay worth`, as a user meets it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

FEW = ("--replications", "6", "--months", "12", "--jobs", "1")


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, ["worth", "pa_fee_for_service", *args], prog_name="peerstay")


def test_json_and_text_tell_the_same() -> None:
    asked = (*FEW, "--with", "more: posts.number=50", "--averted", "4000", "--source", "made up for this test")
    plain, text = json.loads(peerstay(*asked, "--json").stdout), " ".join(peerstay(*asked).stdout.split())
    base, more = plain["scenarios"]
    assert (base["from_base"], more["from_base"], base["finding"]) == (False, True, "needs")
    assert f"avoids ${round(base['needed']['mean'], -1):,.0f} a year" in text
    assert plain["typed"] == {"usd": 4000.0, "source": "made up for this test"}
    assert more["net"]["mean"] == pytest.approx(4000 * more["served"]["mean"] - more["spent"]["mean"])
    assert "--averted 4000 --source 'made up for this test'" in text


@pytest.mark.parametrize(
    "given", [("--averted", "4000"), ("--source", "somebody"), ("--averted", "4000", "--source", " ")]
)
def test_a_worth_without_its_source_is_refused(given: tuple[str, ...]) -> None:
    result = peerstay(*FEW, *given)
    assert result.exit_code == 2
    assert "--averted and --source go together" in result.stderr


def test_a_payer_is_one_of_the_ledgers() -> None:
    assert peerstay(*FEW, "--payer", "nobody").exit_code == 2
    assert json.loads(peerstay(*FEW, "--payer", "state", "--json").stdout)["payer"] == "state"


def test_futures_are_the_default_and_luck_alone_can_be_asked_for() -> None:
    few = ("--replications", "20", "--months", "12", "--jobs", "1", "--with", "posts.number=50")
    told, luck = json.loads(peerstay(*few, "--json").stdout), json.loads(peerstay(*few, "--luck-only", "--json").stdout)
    assert told["drawn"]
    assert "drawn" not in luck
    assert "futures" not in luck["scenarios"][1]
    more = told["scenarios"][1]["futures"]
    assert more["spent"]["low_90"] < told["scenarios"][1]["spent"]["mean"] < more["spent"]["high_90"]
    assert more["spent"]["lower_share"] + more["spent"]["higher_share"] <= 1.0
    assert "lower_share" not in told["scenarios"][0]["futures"]["spent"]
    assert peerstay(*few, "--luck-only").stdout.rstrip().endswith("--payer all --luck-only")
    assert "--luck-only" not in peerstay(*few).stdout

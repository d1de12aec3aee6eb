"""`peerstay rate`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

ROOT = Path(__file__).parents[2]
BASE, OTHER = (str(ROOT / f"scenarios/{name}.toml") for name in ("pa_fee_for_service", "pa_rate_build_up"))
FEW = ("--replications", "3", "--months", "12", "--jobs", "1")


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, ["rate", *args], prog_name="peerstay")


def test_json_and_text_tell_the_same_rates() -> None:
    plain = json.loads(peerstay(BASE, OTHER, "--wage", "26", *FEW, "--json").stdout)
    text = peerstay(BASE, OTHER, "--wage", "26", *FEW).stdout
    assert [one["name"] for one in plain["scenarios"]] == ["pa_fee_for_service", "pa_rate_build_up", "wage 26"]
    assert [one["wage"] for one in plain["scenarios"]] == [24.0, 30.07, 26.0]
    assert plain["rules_enforced"] is False
    assert "(rules.enforce = false)" in " ".join(text.split())
    for one in plain["scenarios"]:
        assert f"${one['rate']['mean']:.2f}" in text
        assert one["rate"]["mean"] == one["lines"]["rate"]["mean"]
        brought = one["lines"]["brought"]["mean"]
        assert one["group_rates"]["6"] == pytest.approx(one["rate"]["mean"] * brought / 6)
        assert one["group_rate"] == pytest.approx(one["rate"]["mean"] * 2.5 / 13.5)
        assert f"${one['group_rate']:.2f} for each client in a group" in " ".join(text.split())
    assert plain["scenarios"][0]["difference"] is None
    assert plain["scenarios"][1]["difference"]["arithmetic"]["mean"] > 0
    known = {line["key"]: (line["how_known"], line["card"]) for line in plain["lines"]}
    assert known["fringe_moving"] == ("stated", "benefits.fringe_share")
    assert known["planned_leave"] == ("grade D", "time_use.leave_share")
    assert known["ramp_up"][0] == "simulated"
    assert known["rate"] == ("computed", None)


def test_a_wage_may_be_a_fact_and_its_source_is_told() -> None:
    plain = json.loads(peerstay(BASE, "--wage", "chw_p75_2025", *FEW, "--json").stdout)
    assert plain["scenarios"][1]["wage"] == 30.07
    assert plain["wage_source"] == "Community health workers, 75th percentile, US, 2025 (bls_oews_2025, quality S)"


def test_a_rate_is_asked_the_other_way_round() -> None:
    plain = json.loads(peerstay(BASE, "--rate", "28", *FEW, "--json").stdout)
    carried = plain["carried"]
    assert carried["rate"] == 28.0
    assert plain["scenarios"][1]["wage"] == carried["wage"]
    assert carried["needs"]["mean"] == plain["scenarios"][1]["rate"]["mean"]
    assert carried["left"]["mean"] == pytest.approx(carried["needs"]["mean"] - 28.0)
    assert 15.0 < carried["then"] < 40.0


def test_the_workbook_is_written_and_the_command_makes_it_again(tmp_path: Path) -> None:
    file, word = tmp_path / "rate.xlsx", tmp_path / "rate.docx"
    asked = (BASE, "--wage", "26", "--source", "medicaid", "--sizes", "5", *FEW)
    result = peerstay(*asked, "--to", str(file), "--to", str(word))
    again = " ".join(result.stdout.partition("HOW TO MAKE IT AGAIN")[2].replace("\\\n", " ").split())
    assert file.read_bytes().startswith(b"PK")
    assert word.read_bytes().startswith(b"PK")
    assert f"wrote {file}" in result.stdout
    assert f"wrote {word}" in result.stdout
    assert "5 clients" in result.stdout
    for said in ("--wage 26", "--source medicaid", "--sizes 5", "--replications 3", "--months 12"):
        assert said in again
    assert "--with" not in again


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--wage", "chw_p75_2024"), "did you mean chw_p75_2025?"),
        (("--wage", "26", "--wage", "26.0"), "the same wage stands twice"),
        (("--wage", "-3"), "--wage -3: pay.wage_usd_per_hour = -3.0: must be a number from 1 to 500"),
        (("--wage", "26", "--set", "pay.wage_usd_per_hour=20"), "--wage 26: --set sets it too"),
        (("--rate", "28", "--wage", "26"), "--rate asks about BASE alone"),
        (("--rate", "2"), "--rate 2: carries no wage between"),
        (("--source", "county"), "is no payer by the unit"),
        (("--sizes", "0"), "write sizes from 1 to 50"),
        (("--to", "rate.pdf"), ".xlsx"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: tuple[str, ...], told: str) -> None:
    result = peerstay(BASE, *FEW, *given)
    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert "--with" not in result.stderr  # which nobody typed


def test_a_wage_that_changes_nothing_is_named_as_it_was_typed() -> None:
    assert "note: --wage $24: changes nothing" in peerstay(BASE, "--wage", "$24", *FEW).stderr


def test_futures_are_the_default_and_luck_alone_can_be_asked_for() -> None:
    few = (BASE, "--wage", "26", "--replications", "20", "--months", "12", "--jobs", "1")
    told, luck = json.loads(peerstay(*few, "--json").stdout), json.loads(peerstay(*few, "--luck-only", "--json").stdout)
    assert told["drawn"]
    assert "drawn" not in luck
    assert all("futures" not in one for one in luck["scenarios"])
    base, raised = told["scenarios"]
    assert base["wage"] == 24.0
    assert base["futures"]["lines"]["rate"]["low_90"] < base["rate"]["mean"] < base["futures"]["rate_for_90"]
    assert 0.2 < base["futures"]["covered_share"] < 0.8
    assert raised["futures"]["difference"]["whole"]["higher_share"] > 0.5
    assert "lower_share" not in raised["futures"]["lines"]["rate"]
    assert peerstay(*few, "--luck-only").stdout.rstrip().endswith("--luck-only")
    assert "--luck-only" not in peerstay(*few).stdout
    asked = peerstay(BASE, "--rate", "29", *few[3:])
    assert "and the rate covers what is spent in" in " ".join(asked.stdout.split())

"""`peerstay uncertainty`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.runs.futures.unknowns import GROUPS

SMALL = """
title = "A small one"
horizon = { months = 4, warm_up_months = 2 }
experiment = { seed = 7 }
posts.number = 4
pay.wage_usd_per_hour = 24.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.4 }
[funding.medicaid]
kind = "fee_for_service"
rate_usd_per_unit = 13.75
group_rate_usd_per_unit = 3.0
federal_share = 0.5
denial_share = 0.05
"""
MORE = """
extends = "small.toml"
title = "A dollar more"
pay.wage_usd_per_hour = 25.0
recruitment.days_to_fill = 30.0
"""
FEW = ("--draws", "20", "--replications-per-draw", "4", "--jobs", "1")


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder: Path = tmp_path_factory.mktemp("doubt")
    for name, text in (("small", SMALL), ("more", MORE)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return str(folder / "small.toml"), str(folder / "more.toml")


@pytest.fixture(scope="module")
def told(files: tuple[str, str]) -> Result:
    return peerstay("uncertainty", *files, "--measure", "cost_usd_per_year", "--prefer", "less", *FEW)


def test_it_names_luck_every_group_the_choice_and_how_to_make_it_again(told: Result) -> None:
    assert told.exit_code == 0, told.output
    for words in (
        "is random variation",
        "Middle 90 %",
        "more − small",
        "best (less is better)",
        "--draws 20",
        "--seed 7",
    ):
        assert words in " ".join(told.output.replace("\\\n", " ").split())  # a long path breaks lines elsewhere
    groups = [group for group in GROUPS if group != "awards"]
    assert all(f"\n{group}" in told.output for group in groups)
    assert max(map(len, told.output.splitlines())) <= 100


def test_json_holds_it_in_full_and_shares_add_to_one(files: tuple[str, str]) -> None:
    shape = json.loads(peerstay("uncertainty", *files, "--measure", "cash_end_usd", *FEW, "--json").output)
    assert shape["names"] == ["small", "more"]
    assert shape["draws"] == 20
    for one in (*shape["scenarios"], *shape["differences"]):
        parts = [group["of_all"]["value"] for group in one["groups"].values()]
        assert one["luck_share"]["value"] + sum(parts) + one["together"]["of_all"] == pytest.approx(1.0)
        low, high = one["band_90"]["both"]
        assert low <= one["mean"] <= high
    choice = shape["choice"]
    assert sum(choice["chance_best"].values()) == pytest.approx(1.0)
    for name, chance in choice["chance_best"].items():
        low, high = choice["chance_best_interval"][name]
        assert 0.0 <= low <= chance <= high <= 1.0
        assert high - low > 0.1  # 20 draws that all agree still leave one in six of other draws possible
    assert set(shape["choice"]["evppi"]) == {one["path"] for one in shape["assumptions"]}


def test_the_same_question_has_the_same_answer_whoever_does_the_work(files: tuple[str, str], told: Result) -> None:
    again = peerstay("uncertainty", *files, "--measure", "cost_usd_per_year", "--prefer", "less", *FEW[:-1], "2")
    assert again.output == told.output


def test_the_values_as_taken_are_those_of_a_plain_run(files: tuple[str, str]) -> None:
    shape = json.loads(peerstay("uncertainty", files[0], "--measure", "cash_end_usd", *FEW, "--json").output)
    run = peerstay("run", files[0], "--replications", "4", "--luck-only", "--no-store", "--json")
    plain = json.loads(run.output)["measures"]["cash_end_usd"]["mean"]
    assert shape["scenarios"][0]["as_taken"] == pytest.approx(plain)
    assert shape["choice"] is None


def test_a_chance_has_no_luck_of_its_own(files: tuple[str, str]) -> None:
    one = json.loads(peerstay("uncertainty", files[0], "--measure", "chance_of_negative_cash", *FEW, "--json").output)[
        "scenarios"
    ][0]
    assert one["luck_share"] is None
    assert one["band_90"]["both"] is None
    assert 0.0 <= one["band_90"]["unknown"][0] <= one["band_90"]["unknown"][1] <= 1.0


def test_a_measure_of_which_no_side_is_better_asks_for_one(files: tuple[str, str]) -> None:
    asked = peerstay("uncertainty", *files, "--measure", "cost_usd_per_year", *FEW, "--months", "1")
    assert "add --prefer less or --prefer more" in asked.output


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--measure", "cash_end"), "'cash_end' is not a measure; did you mean cash_end_usd?"),
        (("--measure", "cash_end_usd.all"), "is not a measure"),
        (("--measure", "cash_end_usd", "--also", "pay.wage_usd_per_hour", "20", "30"), "what they decide on"),
        (("--measure", "cash_end_usd", "--draws", "5"), "5 is not in the range x>=20"),
        ((), "Missing option '--measure'"),
    ],
)
def test_bad_input_is_one_clear_message(args: tuple[str, ...], words: str, files: tuple[str, str]) -> None:
    told = peerstay("uncertainty", *files, *args)
    assert told.exit_code == 2
    assert words in told.output

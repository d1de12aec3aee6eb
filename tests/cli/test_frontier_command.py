"""`peerstay frontier`, as a user meets it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.questions.frontier.mixes import OBJECTIVES

BASE = """
title = "Today"
horizon = { months = 6, warm_up_months = 0 }
experiment = { replications = 10, seed = 7 }
posts.number = 12
rules.enforce = false
pay.wage_usd_per_hour = 20.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.9 }
"""
ASKED = ("--vary", "pay.wage_usd_per_hour", "18", "22", "--vary", "posts.fixed_usd_per_month", "0", "1000")


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, ["frontier", *args, "--points", "4", "--jobs", "1"], prog_name="peerstay")


@pytest.fixture
def today(tmp_path: Path) -> str:
    file = tmp_path / "today.toml"
    file.write_text(BASE)
    return str(file)


def test_the_mixes_are_told_with_their_money_and_how_they_were_judged(today: str, tmp_path: Path) -> None:
    figure = tmp_path / "mixes.svg"
    result = peerstay(today, *ASKED, "--luck-only", "--figure", str(figure))
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    assert text.startswith(
        "Of 4 mixes with the same public bill (all costs less what other payers bring in) as the base, "
    )
    for words in (
        "Mixes that none beats",
        "Their money",
        "That allows for 4 rivals",
        "random variation only",
        "Compare the first",
    ):
        assert words in text, words
    assert "separations per 100 (same tenure)" in text.lower()
    assert figure.read_text().startswith("<?xml")


def test_json_holds_every_mix_and_the_file_that_runs_it(today: str) -> None:
    result = peerstay(today, *ASKED, "--luck-only", "--json")
    assert result.exit_code == 0, result.stderr
    shape: dict[str, Any] = json.loads(result.stdout, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    assert [mix["is_base"] for mix in shape["mixes"]] == [True, False, False, False, False]
    cost = shape["mixes"][0]["measures"]["cost_usd_per_year"]["mean"]
    for mix in shape["mixes"][1:]:
        assert mix["comparable"]
        assert mix["measures"]["cost_usd_per_year"]["mean"] == pytest.approx(cost, rel=1e-9)
        assert mix["run_as"].keys() == {"pay.wage_usd_per_hour", "posts.fixed_usd_per_month", "posts.number"}
        assert isinstance(mix["run_as"]["posts.number"], int)
        assert mix["on_frontier"] == (mix["beaten_by"] == [])
    assert shape["frontier"] == sorted(
        shape["frontier"], key=lambda one: shape["mixes"][one]["measures"][OBJECTIVES[0]]["mean"]
    )


def test_over_futures_mixes_cost_the_same_on_average_and_say_how_often_they_differ(today: str) -> None:
    few = (*ASKED, "--replications", "20")
    shape = json.loads(peerstay(today, *few, "--json").stdout)
    compared = CliRunner().invoke(main, ["run", today, "--replications", "20", "--jobs", "1", "--no-store", "--json"])
    plain, (base, *mixes) = json.loads(compared.stdout), shape["mixes"]
    assert shape["drawn"] == plain["drawn"]
    for key in (*OBJECTIVES, "cost_usd_per_year"):
        assert base["measures"][key]["mean"] == plain["measures"][key]["mean"]
        assert "futures" not in base["measures"][key]
    for mix in mixes:
        told = mix["measures"]
        assert told["cost_usd_per_year"]["mean"] == pytest.approx(
            base["measures"]["cost_usd_per_year"]["mean"], rel=1e-9
        )
        hours = told["hours_delivered_per_year"]
        assert hours["futures"]["low_90"] <= hours["futures"]["high_90"]
        assert hours["futures"]["lower_share"] + hours["futures"]["higher_share"] <= 1.0
    text = peerstay(today, *few).stdout
    assert "with the middle 90 % of futures of their difference from the base" in text
    assert "random variation only" not in text
    assert "--luck-only" not in text


def test_the_command_that_compares_mixes_runs_them_as_they_were(today: str) -> None:
    mixes = json.loads(peerstay(today, *ASKED, "--luck-only", "--json").stdout)["mixes"]
    text = peerstay(today, *ASKED, "--luck-only").stdout.partition("Compare the first")[2].partition("Reproduce")[0]
    _, *words = shlex.split(text.partition("peerstay")[2].replace("\\\n", " "))
    compared = CliRunner().invoke(main, ["compare", *words, "--no-store", "--json"])
    assert compared.exit_code == 0, compared.stderr
    for one in json.loads(compared.stdout)["alternatives"]:
        number = int(one["name"].removeprefix("mix "))
        assert {change["path"]: change["to"] for change in one["changes"]} == mixes[number]["run_as"]


def test_every_fault_comes_at_once_and_with_exit_code_2(today: str) -> None:
    result = peerstay(
        today, "--vary", "pay.wage_usd_per_hr", "1", "2", "--measure", "exits_per_yer", "--measure", "headcount"
    )
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 3


def test_what_is_kept_equal_cannot_be_set_too(today: str) -> None:
    result = peerstay(today, "--set", "posts.number=14")
    assert result.exit_code == 2
    assert "both set and varied" in result.stderr


def test_a_balance_that_moves_nothing_is_said_to(tmp_path: Path) -> None:
    file = tmp_path / "two.toml"
    kinds = "".join(f'[[employer]]\nname = "{name}"\nposts = {{ number = 4 }}\n' for name in ("town", "county"))
    file.write_text(BASE + kinds)
    result = peerstay(str(file), *ASKED, "--luck-only")
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    assert text.startswith("None of 4 mixes could be brought to the same public bill")
    assert "(posts.number) does not change the cost here; name another input with --balance" in text

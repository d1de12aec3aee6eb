"""`peerstay story`: the careers of one projected future."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

TEXT = """
title = "A small town"
[horizon]
start = "2027-07"
months = 18
warm_up_months = 3
[posts]
number = 5
[pay]
wage_usd_per_hour = 22.0
[turnover.level]
kind = "hazards"
voluntary_per_year = 0.5
[funding.county]
kind = "scheduled"
payer = "county"
payments = [{ at = "2027-08", usd = 900000 }]
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    file = tmp_path / "town.toml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def told(*words: str) -> Result:
    return CliRunner().invoke(main, ["story", *words])


def test_without_a_post_telling_examples_are_told(town: Path) -> None:
    result = told(str(town), "--replication", "2")
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    assert 'One future of "A small town", projected over 18 months from July 2027: future 2, seed 1.' in words
    assert "Nobody here is real" in words
    assert "Longest stay: post " in result.stdout


def test_with_a_post_all_who_held_it_are_told_in_full_precision(town: Path) -> None:
    result = told(str(town), "--post", "1", "--json")
    assert result.exit_code == 0, result.output
    shape = json.loads(result.stdout)
    assert {one["post"] for one in shape["careers"]} == {1}
    assert [one["occupant"] for one in shape["careers"]] == sorted(one["occupant"] for one in shape["careers"])
    assert shape["replication"] == 0


def test_an_alternative_is_told_from_the_bases_opening(town: Path, tmp_path: Path) -> None:
    raised = tmp_path / "raised.toml"
    raised.write_text('extends = "town.toml"\n[pay]\nwage_usd_per_hour = 26.0\n', encoding="utf-8")
    shapes = [
        json.loads(told(*words, "--json").stdout)
        for words in ((str(town), "--post=0"), (str(raised), "--post=0", "--base", str(town)))
    ]
    firsts = [shape["careers"][0] for shape in shapes]
    assert firsts[0]["hired_months"] == firsts[1]["hired_months"]


def test_a_post_that_is_not_there_is_refused_with_those_that_are(town: Path) -> None:
    result = told(str(town), "--post", "5", "--employer", "1")
    assert result.exit_code == 2
    assert "--employer 1: employers are counted from 0 to 0" in result.output
    assert "--post 5: posts are counted from 0 to 4" in result.output

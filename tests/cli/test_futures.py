"""Answers over random variation and what is not known, as a user meets them; `--luck-only`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.test_uncertainty_command import MORE, SMALL, peerstay

FEW = ("--replications", "20", "--jobs", "1", "--no-store")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder: Path = tmp_path_factory.mktemp("futures")
    for name, text in (("small", SMALL), ("more", MORE)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return str(folder / "small.toml"), str(folder / "more.toml")


@pytest.fixture(scope="module")
def told(files: tuple[str, str]) -> Result:
    return peerstay("compare", *files, *FEW)


def test_a_comparison_tells_mean_middle_and_how_often_the_sign_holds(told: Result) -> None:
    assert told.exit_code == 0, told.output
    words = " ".join(told.output.replace("\\\n", " ").split())
    for part in ("20 futures", "Middle 90 %", "Of 100", "of 100 futures", "--replications 20 --seed 7"):
        assert part in words
    assert "one marked * is the 95 % interval of a chance" in words
    assert "--luck-only" not in words.partition("Reproduce this")[2]
    assert max(map(len, told.output.splitlines())) <= 110


def test_random_variation_alone_is_told_where_it_is_asked_for(files: tuple[str, str]) -> None:
    words = " ".join(peerstay("compare", *files, *FEW, "--luck-only").output.split())
    assert "random variation only, not uncertain assumptions" in words
    assert "--luck-only" in words.partition("Reproduce this")[2]
    assert "futures" not in words.partition("What differs")[0]


def test_both_kinds_of_range_are_told_apart_by_their_keys(files: tuple[str, str]) -> None:
    plain = json.loads(peerstay("compare", *files, *FEW, "--json").output)
    one = plain["alternatives"][0]["measures"]["cash_end_usd"]
    assert set(one["futures"]) == {"low_90", "high_90", "lower_share", "higher_share"}
    assert one["futures"]["low_90"] < one["difference"]["low"] < one["difference"]["high"] < one["futures"]["high_90"]
    assert 0.0 <= one["futures"]["lower_share"] + one["futures"]["higher_share"] <= 1.0
    assert "pay.wage_usd_per_hour" not in plain["drawn"]
    assert "turnover.tenure_shape" in plain["drawn"]
    assert "drawn" not in json.loads(peerstay("compare", *files, *FEW, "--luck-only", "--json").output)


def test_a_few_runs_have_no_middle(files: tuple[str, str]) -> None:
    plain = json.loads(
        peerstay("compare", *files, "--replications", "19", "--jobs", "1", "--no-store", "--json").output
    )
    assert "futures" not in plain["alternatives"][0]["measures"]["cash_end_usd"]
    assert "95 % range" in peerstay("compare", *files, "--replications", "19", "--jobs", "1", "--no-store").output


def test_futures_too_few_to_tell_of_single_ones_are_not_called_random_variation_alone(files: tuple[str, str]) -> None:
    words = " ".join(peerstay("compare", *files, "--replications", "4", "--no-store").stdout.split())
    assert (
        "95 % intervals of means over 4 futures, of differences run by run: random variation and what is not" in words
    )
    assert "random variation only" not in words

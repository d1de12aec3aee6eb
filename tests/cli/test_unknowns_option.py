"""`peerstay compare --unknowns` and `peerstay uncertainty --flat`, as a user meets them."""

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
    return peerstay("compare", *files, "--unknowns", *FEW)


def test_it_tells_mean_middle_and_sign_and_how_to_make_it_again(told: Result) -> None:
    assert told.exit_code == 0, told.output
    words = " ".join(told.output.replace("\\\n", " ").split())
    for part in (
        "in 20 futures",
        "more − base",
        "Middle 90 %",
        "Of 100 futures",
        "--replications 20 --seed 7",
        "--unknowns",
    ):
        assert part in words
    assert max(map(len, told.output.splitlines())) <= 100


def test_the_numbers_in_json_are_those_of_the_futures(files: tuple[str, str]) -> None:
    plain = json.loads(peerstay("compare", *files, "--unknowns", *FEW, "--json").output)
    assert (plain["futures"], plain["seed"], plain["base"], plain["alarm"]) == (20, 7, "small", [])
    one = plain["differences"]["more"]["cash_end_usd"]
    assert set(one) == {"mean", "low_90", "high_90", "lower_share", "higher_share"}
    assert one["low_90"] <= one["mean"]["value"] <= one["high_90"]
    assert 0.0 <= one["lower_share"] + one["higher_share"] <= 1.0
    assert set(plain["scenarios"]) == {"small", "more"}


def test_uncertainty_tells_the_same_futures_of_one_measure(files: tuple[str, str]) -> None:
    options = ("--flat", "--measure", "cash_end_usd", "--draws", "20", "--jobs", "1", "--no-store", "--json")
    one = json.loads(peerstay("uncertainty", *files, *options).output)
    other = json.loads(peerstay("compare", *files, "--unknowns", *FEW, "--json").output)
    assert one["differences"]["more"]["cash_end_usd"] == other["differences"]["more"]["cash_end_usd"]
    text = peerstay("uncertainty", *files, *options[:-1])
    assert "--flat --measure cash_end_usd --draws 20" in " ".join(text.output.replace("\\\n", " ").split())


def test_a_single_scenario_has_levels(files: tuple[str, str]) -> None:
    told = peerstay(
        "uncertainty", files[0], "--flat", "--measure", "vacancy_rate", "--draws", "20", "--jobs", "1", "--no-store"
    )
    assert told.exit_code == 0, told.output
    assert "Vacancy rate" in told.output


@pytest.mark.parametrize(
    ("option", "why"),
    [
        (("--loop-off",), "--unknowns has no --loop-off"),
        (("--precision", "cash_end_usd=5%"), "--unknowns has no --precision"),
        (("--replications", "10"), "needs 20 futures at least"),
    ],
)
def test_options_that_it_does_not_have_are_refused_by_name(
    files: tuple[str, str], option: tuple[str, ...], why: str
) -> None:
    told = peerstay("compare", *files, "--unknowns", *option)
    assert told.exit_code == 2
    assert why in told.output

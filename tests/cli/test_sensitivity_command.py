"""`peerstay sensitivity`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.test_uncertainty_command import files, peerstay

__all__ = ["files"]
FEW = ("--trajectories", "3", "--replications-per-point", "4", "--jobs", "1")


@pytest.fixture(scope="module")
def told(files: tuple[str, str]) -> Result:
    return peerstay(
        "sensitivity",
        files[0],
        "--measure",
        "cash_end_usd",
        *FEW,
        "--input",
        "pay.wage_usd_per_hour",
        "--input",
        "recruitment",
    )


def test_the_wage_moves_the_cash_most_and_more_of_it_leaves_less(told: Result) -> None:
    assert told.exit_code == 0, told.output
    assert 'is moved most by "wage of a new peer" (pay.wage_usd_per_hour)' in " ".join(told.output.split())
    row = next(line for line in told.output.splitlines() if line.startswith("pay.wage") and "#" in line)
    assert row.split()[-2:] == ["less", "C"]
    assert max(map(len, told.output.splitlines())) <= 100


def test_a_wide_address_keeps_within_the_page(files: tuple[str, str]) -> None:
    args = (
        "--measure",
        "vacancy_rate",
        *FEW,
        "--input",
        "effects.log_wage_over_outside_wage",
        "--input",
        "recruitment",
    )
    assert max(map(len, peerstay("sensitivity", files[0], *args).output.splitlines())) <= 100


def test_json_has_every_input_with_what_luck_alone_would_show(files: tuple[str, str]) -> None:
    shape = json.loads(
        peerstay("sensitivity", files[0], "--measure", "vacancy_rate", *FEW, "--input", "recruitment", "--json").output
    )
    inputs = shape["morris"]["inputs"]
    assert [one["mu_star"] for one in inputs] == sorted((one["mu_star"] for one in inputs), reverse=True)
    cost = next(one for one in inputs if one["path"] == "recruitment.cost_per_hire_usd")
    assert (cost["mu_star"], cost["luck"], cost["beyond_luck"]) == (0.0, 0.0, False)
    assert shape["sobol"] is None


def test_sobol_parts_the_variance_of_a_difference(files: tuple[str, str]) -> None:
    args = (
        "--measure",
        "cash_end_usd",
        *FEW,
        "--method",
        "sobol",
        "--samples",
        "8",
        "--input",
        "recruitment.ramp_up_months",
    )
    shape = json.loads(peerstay("sensitivity", *files, *args, "--json").output)
    assert shape["morris"] is None
    assert shape["sobol"]["inputs"][0]["total"]["value"] == pytest.approx(1.0, abs=0.5)


def test_a_figure_is_the_same_file_every_time(files: tuple[str, str], tmp_path: Path) -> None:
    args = (
        "sensitivity",
        files[0],
        "--measure",
        "cash_end_usd",
        *FEW,
        "--input",
        "recruitment.ramp_up_months",
        "--figure",
    )
    for name in ("one.svg", "two.svg"):
        assert peerstay(*args, str(tmp_path / name)).exit_code == 0
    drawn = (tmp_path / "one.svg").read_bytes()
    assert drawn == (tmp_path / "two.svg").read_bytes()
    assert b"Which inputs move it most" in drawn
    assert b"(grade " in drawn, "the rows of the page"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--input", "recruitment.days_to_fil"), "did you mean recruitment.days_to_fill?"),
        (("--input", "rules.fiscal_year"), "has no range to move over"),
        (("--samples", "12"), "12 is not a power of 2"),
        (("--figure", "sizes.gif"), "a figure's name ends in"),
    ],
)
def test_bad_input_is_one_clear_message(args: tuple[str, ...], words: str, files: tuple[str, str]) -> None:
    told = peerstay("sensitivity", files[0], "--measure", "cash_end_usd", *args)
    assert told.exit_code == 2
    assert words in told.output

"""Every answer names what to check in its inputs, and tells a housing wage from a living wage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.commands.brief import command as brief
from sim.cli.commands.compare import command as compare
from sim.cli.commands.run import command as run
from sim.words.stand_in import told_label
from tests.scenario.texts import BASE, loaded

ODD = BASE + "[benefits]\nfringe_share = 3.0\n"
RUN = ("--replications", "2", "--months", "6", "--jobs", "1", "--no-store")
TYPED = ("place.living_wage_usd_per_hour=22.0", "place.living_wage_source=a county table, 2026")


@pytest.fixture
def odd(tmp_path: Path) -> str:
    file = tmp_path / "odd.toml"
    file.write_text(ODD, encoding="utf-8")
    return str(file)


def test_run_warns_and_its_json_carries_the_warnings(odd: str) -> None:
    result = CliRunner().invoke(run, [odd, "--json", *RUN])
    assert "odd.toml:9: benefits.fringe_share = 3.0: is far outside the evidence" in result.stderr
    told = {(one["scenario"], one["input"]): one["value"] for one in json.loads(result.stdout)["warnings"]}
    assert told["odd", "benefits.fringe_share"] == "3.0"


def test_the_order_of_a_file_does_not_change_the_warnings_of_an_answer(tmp_path: Path) -> None:
    two = ("[benefits]\nfringe_share = 3.0\n", "[posts]\noverhead_share = 2.0\n")
    told = []
    for name, tables in (("one", two), ("other", two[::-1])):
        (tmp_path / name).mkdir()
        file = tmp_path / name / "odd.toml"
        file.write_text(BASE + "".join(tables), encoding="utf-8")
        told.append(json.loads(CliRunner().invoke(run, [str(file), "--json", *RUN]).stdout)["warnings"])
    assert len(told[0]) > 1
    assert told[0] == told[1]


def test_a_comparison_carries_those_of_base_and_alternative(odd: str) -> None:
    result = CliRunner().invoke(compare, [odd, "--with", "posts.overhead_share=2.0", "--json", *RUN])
    told = {(one["scenario"], one["input"]) for one in json.loads(result.stdout)["warnings"]}
    assert ("odd", "benefits.fringe_share") in told
    assert "posts.overhead_share" in {path for _, path in told}


def test_a_brief_says_what_to_check(odd: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.html"
    result = CliRunner().invoke(brief, [odd, "--to", str(file), *RUN])
    assert result.exit_code == 0, result.output
    text = file.read_text(encoding="utf-8")
    assert "Check these inputs" in text
    assert "benefits.fringe_share = 3.0: is far outside the evidence" in text


@pytest.mark.parametrize(
    ("key", "stand_in", "typed"),
    [
        ("share_below_living_wage", "Share below the housing wage (stand-in)", "Share below the living wage"),
        ("wage_to_living_wage", "Wage over housing wage (stand-in)", "Wage over living wage"),
        ("living_wage_gap_usd_per_year", "Gap to the housing wage (stand-in)", "Gap to the living wage"),
        ("mean_wage_usd_per_hour", "Mean wage", "Mean wage"),
    ],
)
def test_a_rent_is_called_a_housing_wage_where_it_stands_in(key: str, stand_in: str, typed: str) -> None:
    assert told_label(key, [loaded(BASE)]) == stand_in
    assert told_label(key, [loaded(BASE, TYPED)]) == typed


def test_the_table_of_an_answer_says_it_in_the_line(tmp_path: Path) -> None:
    file = tmp_path / "usual.toml"
    file.write_text(BASE, encoding="utf-8")
    told = CliRunner().invoke(run, [str(file), *RUN]).stdout
    assert "Share below the housing wage (stand-in)" in told
    assert "Share below the living wage" not in told


def test_a_warning_of_the_base_is_told_once_whichever_way_the_library_is_named(tmp_path: Path) -> None:
    (tmp_path / "raise.toml").write_text('extends = "library:pa_fee_for_service"\n[pay]\nwage_usd_per_hour = 26.0\n')
    told = CliRunner().invoke(compare, ["pa_fee_for_service", str(tmp_path / "raise.toml"), *RUN]).stderr
    warned = [
        line.removeprefix("warning: ").removeprefix("library:") for line in told.splitlines() if "warning" in line
    ]
    assert [line for line in warned if line.startswith("pa_fee_for_service:84: funding.county.payments[6]")]
    assert len(warned) == len(set(warned))

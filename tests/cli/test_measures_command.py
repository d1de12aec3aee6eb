"""`peerstay measures`, as a user meets it."""

from __future__ import annotations

import json

from click.testing import CliRunner

from sim.cli import main
from sim.results.measures.table import MEASURES


def test_every_measure_is_listed_with_unit_and_direction() -> None:
    result = CliRunner().invoke(main, ["measures"])
    assert result.exit_code == 0
    assert all(key in result.stdout for key in MEASURES)
    assert "vacancy_rate (share; lower is better)\n    Vacancy rate. Share of the budgeted" in result.stdout
    assert "Also told by cause: exits_per_year.<cause>." in " ".join(result.stdout.split())
    assert "exits_per_year (people a year; no verdict)" in result.stdout
    assert "burnout_prevalence (share; lower is better; no verdict)" in result.stdout
    assert [line for line in result.stdout.splitlines() if line.isupper()] == ["PEOPLE", "PAY", "MONEY", "SERVICE"]


def test_json_lists_the_same() -> None:
    result = CliRunner().invoke(main, ["measures", "--json"])
    assert [one["key"] for one in json.loads(result.stdout)] == list(MEASURES)

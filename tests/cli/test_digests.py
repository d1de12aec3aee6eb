"""Every printed answer names the model and the data that made it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.runs.identity import data_version, model_version

TODAY = """
title = "Today"
horizon = { months = 3, warm_up_months = 0 }
experiment = { replications = 4, seed = 7 }
posts.number = 4
rules.enforce = false
pay.wage_usd_per_hour = 20.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.9 }
"""
RAISE = 'extends = "today.toml"\npay.wage_usd_per_hour = 22.0\n'
VARY = ("--vary", "pay.wage_usd_per_hour")
ASKED = {
    "run": ("run", "today.toml"),
    "compare": ("compare", "today.toml", "raise.toml"),
    "solve": ("solve", "today.toml", *VARY, "--between", "20", "24", "--until", "mean_wage_usd_per_hour >= 21"),
    "frontier": ("frontier", "today.toml", *VARY, "18", "22", "--points", "2"),
    "rank": ("rank", "today.toml", "raise.toml", "--measure", "exits_per_year", "--lower", "--delta", "2"),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_an_answer_names_the_digests_of_model_and_data(
    asked: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("today.toml").write_text(TODAY)
    Path("raise.toml").write_text(RAISE)
    told = CliRunner().invoke(main, [*asked, "--luck-only", "--jobs", "1"])
    assert told.exit_code == 0, told.stderr
    assert f"Model {model_version()}, data {data_version()}." in " ".join(told.stdout.split())

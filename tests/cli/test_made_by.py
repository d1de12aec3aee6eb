"""What every answer as JSON says it was made by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import COMMANDS, main
from sim.runs.identity import versions

ROOT = Path(__file__).parents[2]
SMALL = "library:closed_form/vacancy"
FEW = ("--months", "6", "--replications", "4", "--jobs", "1")
RAISE = ("--with", "pay.wage_usd_per_hour=25")
HOURS = ("--measure", "hours_delivered_per_year", "--months", "6", "--jobs", "1")
ASKED = {
    "run": (SMALL, *FEW),
    "compare": (SMALL, *RAISE, *FEW),
    "rank": (SMALL, *RAISE, *HOURS, "--delta", "200", "--first", "5", "--most", "10"),
    "uncertainty": (SMALL, *RAISE, *HOURS, "--draws", "20", "--replications-per-draw", "4"),
    "sensitivity": (
        *(SMALL, *HOURS, "--input", "pay.wage_usd_per_hour"),
        *("--trajectories", "2", "--replications-per-point", "4"),
    ),
    "solve": (
        *(SMALL, "--vary", "pay.wage_usd_per_hour", "--between", "24", "26", "--until", "exits_per_year <= base"),
        *("--scan", "2", "--step", "1", *FEW),
    ),
    "frontier": (SMALL, "--points", "2", *FEW),
    "fiscal": (SMALL, *RAISE, *FEW),
    "fair": (SMALL, *RAISE, *FEW),
    "worth": (SMALL, *RAISE, *FEW),
    "rate": ("pa_fee_for_service", "--wage", "26", *FEW),
    "fit": (str(ROOT / "scenarios/made_up_history.csv"),),
    "household": ("pa_fee_for_service", "--to", "29"),
    "story": (SMALL, "--months", "6"),
    "check": (SMALL,),
    "evidence": ("exits_per_year",),
}  # fmt: skip
OTHERWISE = {  # no answer of its own
    "app", "brief", "init", "measures", "merge", "notebook", "portfolio", "reproduce", "runs", "scenarios", "schema",
    "show",
}  # fmt: skip


def test_every_command_is_thought_of() -> None:
    assert set(COMMANDS) == ASKED.keys() | OTHERWISE


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_names_version_and_digests_of_model_and_data(name: str) -> None:
    told = CliRunner().invoke(main, [name, *ASKED[name], "--json"], prog_name="peerstay")
    assert told.exit_code == 0, told.stderr
    assert json.loads(told.stdout)["made_by"] == versions()

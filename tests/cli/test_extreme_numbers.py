"""Numbers that no organization has end a command with one message and exit code 2, never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

SMALL = """
horizon = { months = 6, warm_up_months = 0 }
experiment = { replications = 2 }
posts.number = 1
pay.wage_usd_per_hour = 24.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.1 }
funding.medicaid = { kind = "fee_for_service", rate_usd_per_unit = 13.75 }
"""
NEXT_TO_NOTHING = (
    "place.outside_wage_usd_per_hour=1e-300",
    "practices.peers_per_supervisor_standard=1e-300",
    "services.caseload_per_peer=1e-12",
    "posts.fte=1e-12",
    "posts.paid_hours_per_year=1e-9",
)


@pytest.fixture
def small(tmp_path: Path) -> str:
    file = tmp_path / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return str(file)


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


@pytest.mark.parametrize("setting", NEXT_TO_NOTHING)
@pytest.mark.parametrize("command", ["check", "run"])
def test_a_number_next_to_nothing_is_refused_by_its_name(small: str, command: str, setting: str) -> None:
    result = peerstay(command, small, "--set", setting)
    assert result.exit_code == 2
    assert f"--set: {setting.partition('=')[0]} = " in result.stderr
    assert "must be a number from" in result.stderr


def test_wages_that_grow_beyond_counting_end_a_run_with_one_message(small: str) -> None:
    grown = ("pay.wage_usd_per_hour=500.0", "pay.cost_of_living_share=0.5", "rules.enforce=false")
    sets = [word for setting in grown for word in ("--set", setting)]
    result = peerstay("run", small, "--months", "600", "--replications", "1", "--no-store", *sets)
    assert result.exit_code == 2
    assert "grow beyond all meaning" in result.stderr
    told = [line for line in result.stderr.strip().splitlines() if not line.startswith("warning: ")]
    assert len(told) <= 2  # the message, and what --set means; what is hard to believe in the scenario is warned of
    assert not result.stdout


def test_posts_that_fill_at_once_and_empty_without_end_end_the_run_in_words(tmp_path: Path) -> None:
    file = tmp_path / "endless.toml"
    level = '{ kind = "observed", separations_per_100_posts_year = 300.0 }'
    file.write_text(
        f"""
horizon = {{ months = 14, warm_up_months = 3 }}
experiment = {{ replications = 2 }}
posts.number = 6
pay.wage_usd_per_hour = 24.0
turnover.level = {level}
recruitment.days_to_fill = 1e-6
""",
        encoding="utf-8",
    )
    done = peerstay("run", str(file), "--luck-only", "--no-store", "--jobs", "1")
    assert done.exit_code == 2
    assert "more than 100 people came and went in one post within a month" in " ".join(done.stderr.split())
    assert "recruitment.days_to_fill" in done.stderr

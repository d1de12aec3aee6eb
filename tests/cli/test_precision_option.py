"""`--precision`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.cli.amounts import amount

BASE = """
title = "Today"
horizon = { months = 6, warm_up_months = 3 }
experiment = { replications = 4, seed = 7, feedback = false }
posts.number = 5
rules.enforce = false
pay.wage_usd_per_hour = 20.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.6 }
"""
RATE = "separations_per_100_posts_year"


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


def told(*args: str) -> dict[str, Any]:
    result = peerstay(*args, "--json")
    assert result.exit_code == 0, result.stderr
    shape: dict[str, Any] = json.loads(result.stdout)
    return shape


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "today.toml").write_text(BASE)
    hazards = 'turnover.level = { kind = "hazards", voluntary_per_year = 0.3 }'
    (tmp_path / "calmer.toml").write_text(f'extends = "today.toml"\ntitle = "Calmer"\n{hazards}\n')
    return [str(tmp_path / f"{name}.toml") for name in ("today", "calmer")]


def test_the_answer_is_that_of_a_run_with_the_number_found(files: list[str]) -> None:
    found = told("compare", *files, "--precision", f"{RATE}=20", "--precision", "headcount=5%")
    precision = found.pop("precision")
    number = precision["replications"]
    assert precision["reached"]
    assert precision["why"] == f"Every interval is narrow enough at n = {number} (and stayed so to {number + 5})."
    assert found == told("compare", *files, "--replications", str(number), "--no-store")
    rate, heads = precision["intervals"]
    measures = found["alternatives"][0]["measures"]
    difference = measures[RATE]["difference"]
    assert rate["half_width"] == pytest.approx((difference["high"] - difference["low"]) / 2)
    assert rate["half_width"] <= rate["wished"] == 20.0
    assert heads["wished"] == pytest.approx(0.05 * measures["headcount"]["base"]["mean"])
    assert (heads["share_of_mean"], heads["scenario"]) == (0.05, "calmer")


def test_with_several_alternatives_the_intervals_judged_are_those_printed_which_hold_together(files: list[str]) -> None:
    found = told("compare", *files, files[1], "--precision", f"{RATE}=25")
    widths = [one["half_width"] for one in found["precision"]["intervals"]]
    printed = [one["measures"][RATE]["difference"] for one in found["alternatives"]]
    assert widths == pytest.approx([(one["high"] - one["low"]) / 2 for one in printed])
    alone = told("compare", *files, "--precision", f"{RATE}=25")["precision"]["replications"]
    assert found["precision"]["replications"] > alone


def test_what_runs_beside_the_comparison_is_kept_with_it_and_not_judged(files: list[str]) -> None:
    Path(files[0]).write_text(BASE.replace(", feedback = false", ""))
    asked = ("--precision", f"{RATE}=20", "--loop-off")
    found = told("compare", *files, *asked)
    precision = found.pop("precision")
    assert [one["scenario"] for one in precision["intervals"]] == ["calmer"]
    fixed = ("--replications", str(precision["replications"]), "--loop-off", "--no-store")
    assert found == told("compare", *files, *fixed)


def test_the_text_says_why_it_stopped_and_gives_the_number_to_reproduce(files: list[str]) -> None:
    result = peerstay("run", files[0], "--precision", f"{RATE}=30")
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    number = text.partition("narrow enough at n = ")[2].partition(" ")[0]
    assert f"and stayed so to {int(number) + 5}" in text
    assert "Separations per 100 filled posts: ± " in text
    assert f"--replications {number} --seed 7" in text


def test_at_the_cap_it_says_what_is_still_too_wide_and_what_would_do(files: list[str]) -> None:
    result = peerstay("compare", *files, "--precision", f"{RATE}=1", "--most", "12")
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    assert "Cap of 12 reached before every interval was narrow enough." in text
    assert "difference from the base: still ± " in text
    assert "target 1; about " in text
    assert told("compare", *files, "--precision", f"{RATE}=1", "--most", "12")["precision"]["replications"] == 12


def test_everything_that_is_wrong_is_told_at_once(files: list[str]) -> None:
    wrong = ("headcont=1", "headcount=-1", "headcount", "vacancy_rate.rural=1", "exits_per_year=2", "exits_per_year=3")
    result = peerstay("run", files[0], *(word for one in wrong for word in ("--precision", one)))
    assert result.exit_code == 2
    for part in (
        "headcont: no such measure; did you mean headcount?",
        "headcount = -1: half-width must be a number above 0, in the measure's unit (peers)",
        "headcount: write MEASURE=HALFWIDTH",
        "vacancy_rate.rural: vacancy_rate is not told by parts",
        "exits_per_year: given 2 times",
    ):
        assert part in result.stderr


def test_options_that_contradict_it_are_refused_together(files: list[str]) -> None:
    result = peerstay("run", files[0], "--precision", "headcount=1", "--replications", "9", "--shard", "1/2")
    assert result.exit_code == 2
    assert "leave out --replications" in result.stderr
    assert "--shard needs a number of replications" in result.stderr
    assert "--most caps --precision" in peerstay("run", files[0], "--most", "9").stderr


def test_a_share_of_nothing_is_refused_with_what_to_write(files: list[str]) -> None:
    result = peerstay("run", files[0], "--precision", "lapsed_award_usd=5%")
    assert result.exit_code == 2
    assert "lapsed_award_usd=5%: the mean is 0 over 60 runs" in result.stderr


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", (2.0, False)),
        ("$12,500", (12_500.0, False)),
        ("1_000.5", (1000.5, False)),
        (".25", (0.25, False)),
        ("1e4", (1e4, False)),
        ("5 %", (0.05, True)),
        ("0,5", None),  # not five: a comma is no decimal point here, and is not dropped in silence
        ("1,00", None),
        ("0", None),
        ("-1", None),
        ("1e999", None),
        ("", None),
        ("e5", None),
        ("nan", None),
    ],
)
def test_amounts_are_read_or_refused_never_guessed(text: str, number: tuple[float, bool] | None) -> None:
    assert amount(text) == number

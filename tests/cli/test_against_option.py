"""`peerstay compare --against`: alternatives compared with one another, named so that nobody mixes them up."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.questions.compare.shapes import compare_shape
from sim.runs.against import pairs_with
from sim.runs.answer import ask, settings_of
from sim.scenario.files import load

BASE = """
title = "Today"
horizon = { months = 8, warm_up_months = 0 }
experiment = { replications = 12, seed = 7 }
posts.number = 5
pay.wage_usd_per_hour = 20.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.5 }
"""


def peerstay(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    (tmp_path / "today.toml").write_text(BASE)
    for name, wage, title in (("small", 22, 'title = "A small raise"'), ("large", 27, "")):
        (tmp_path / f"{name}.toml").write_text(f'extends = "today.toml"\n{title}\npay.wage_usd_per_hour = {wage}.0\n')
    return [tmp_path / f"{name}.toml" for name in ("today", "small", "large")]


def words_of(result: Result) -> str:
    return " ".join(result.stdout.replace("\\\n", " ").split())


def test_the_digits_are_those_of_python(files: list[Path]) -> None:
    everyone = [load(file) for file in files]
    answer = ask(everyone[0], everyone[1:], replace(settings_of(everyone[0]), unknowns=True))
    told = json.loads(peerstay("compare", *files, "--against", files[1], "--json").stdout)
    assert told == json.loads(json.dumps(compare_shape(answer, pairs_with(answer, 1))))
    against = told["against"]
    assert (against["name"], [one["name"] for one in against["compared_with_it"]]) == ("small", ["large"])
    wage = against["compared_with_it"][0]["measures"]["mean_wage_usd_per_hour"]
    assert (
        wage["against"]["mean"] == told["alternatives"][0]["measures"]["mean_wage_usd_per_hour"]["alternative"]["mean"]
    )
    assert against["intervals"]["each"] == pytest.approx(1 - 0.05 / 3)


def test_text_says_which_is_compared_with_which_and_still_names_the_base(files: list[Path]) -> None:
    told = words_of(peerstay("compare", *files, "--against", "small"))
    assert 'against "Today" (no new decisions)' in told
    assert "large compared with small Projected over 8 months" in told
    assert '"Today" (large) means' in told  # its title is the base's, so its name goes with it
    assert 'compared with "A small raise"' in told
    assert "pay.wage_usd_per_hour: 22.0 → 27.0" in told
    assert "the ranges of all 3 comparisons between any two of these 3 scenarios are widened" in told
    assert "--seed 7 --against small" in told


def test_nothing_of_it_is_said_unless_it_is_asked_for(files: list[Path]) -> None:
    assert "compared with" not in peerstay("compare", *files).stdout
    assert "against" not in json.loads(peerstay("compare", *files, "--json").stdout)


def test_a_run_that_is_kept_shows_any_two_later(files: list[Path]) -> None:
    plain = peerstay("compare", *files, "--against", "large").stdout
    peerstay("compare", *files)
    shown = words_of(peerstay("show", "last", "--against", "large"))
    assert "small compared with large" in shown
    assert words_of(peerstay("show", "last")).count("--against") == 0
    assert "--seed 7 --against large" in shown
    told = (
        peerstay("show", "last", "--against", "large", "--json"),
        peerstay("compare", *files, "--against", "large", "--json"),
    )
    assert json.loads(told[0].stdout) == json.loads(told[1].stdout)
    assert "small compared with large" in plain


@pytest.mark.parametrize(
    ("said", "words"),
    [("other.toml", "must be one of the alternatives (small, large)"), ("today", "is the base, with which all are")],
)
def test_what_names_no_alternative_is_refused_before_anything_runs(files: list[Path], said: str, words: str) -> None:
    assert f"--against {said}: {words}" in peerstay("compare", *files, "--against", said, code=2).stderr

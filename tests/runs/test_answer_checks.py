"""An answer with a number that cannot be is not given: neither printed nor exported."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.evidence.paths import ROOT
from sim.results.summary import Estimate
from sim.runs import answer as answers
from sim.runs.answer_checks import UnsoundAnswerError, check_sound
from tests.answers import values


@pytest.mark.parametrize(
    ("key", "runs", "told"),
    [
        ("cash_end_usd", [1.0, np.inf], "cash_end_usd is infinite in some run"),
        ("exits_per_year", [1.0, -np.inf], "exits_per_year is infinite"),
    ],
)
def test_what_is_infinite_is_no_answer(key: str, runs: list[float], told: str) -> None:
    with pytest.raises(UnsoundAnswerError, match=f"today: {told}"):
        check_sound("today", {key: np.array(runs)})


@pytest.mark.parametrize(
    ("estimate", "told"),
    [
        (Estimate(-0.028, -0.1, 0.1, 4), r"retention_24_months = \[-0.1, -0.028, 0.1\] lies outside 0.0 to 1.0"),
        (Estimate(0.9, 0.8, 1.2, 4), "lies outside 0.0 to 1.0"),
        (Estimate(0.9, 0.1, 0.2, 4), "lies outside its interval"),
        (Estimate(float("nan"), None, None, 4), "is no number"),
    ],
)
def test_an_estimate_that_cannot_be_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, estimate: Estimate, told: str
) -> None:
    monkeypatch.setattr("sim.runs.answer_checks.estimate_of", lambda *_: estimate)
    with pytest.raises(UnsoundAnswerError, match=told):
        check_sound("today", {"retention_24_months": np.array([0.5, 0.5])})


def test_what_is_undefined_in_some_runs_or_in_all_is_an_answer() -> None:
    check_sound("today", {"retention_24_months": np.array([np.nan, 0.5]), "vacancy_rate": np.array([np.nan, np.nan])})


def test_answers_that_can_stand_pass() -> None:
    check_sound("today", values())


@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_command_tells_of_it_in_words_and_prints_no_number(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    def infinite(*_: object) -> tuple[dict[str, object], ...]:
        return ({"cash_end_usd": np.array([np.inf, 1.0])},) * 2

    monkeypatch.setattr(answers, "replicate", infinite)
    file = str(ROOT / "scenarios" / "pa_fee_for_service.toml")
    files = [file] if command == "run" else [file, str(ROOT / "scenarios" / "pa_wage_25.toml")]
    result = CliRunner().invoke(main, [command, *files, "--replications", "2", "--no-store"], prog_name="peerstay")
    assert result.exit_code == 2
    assert "pa_fee_for_service: cash_end_usd is infinite in some run. This is a fault of peerstay" in result.stderr
    assert not result.stdout


SEARCHES = [
    "solve {file} --vary pay.wage_usd_per_hour --between 24 25 --step 1 --until exits_per_year<=10.5 --replications 4",
    "rank {file} {other} --measure cash_end_usd --delta 1000 --first 5 --most 10",
    "uncertainty {file} --measure cash_end_usd --draws 20 --replications-per-draw 4",
    "frontier {file} --points 2 --replications 2",
]


@pytest.mark.parametrize("search", SEARCHES, ids=lambda search: search.split()[0])
def test_a_search_tells_of_it_in_words_and_prints_no_number(monkeypatch: pytest.MonkeyPatch, search: str) -> None:
    impossible = Estimate(float("nan"), None, None, 4)
    monkeypatch.setattr("sim.runs.answer_checks.estimate_of", lambda *_: impossible)
    files = {
        name: str(ROOT / "scenarios" / f"pa_{rest}.toml")
        for name, rest in (("file", "fee_for_service"), ("other", "wage_25"))
    }
    told = CliRunner().invoke(main, [*search.format(**files).split(), "--months", "12", "--jobs", "1"])
    assert told.exit_code == 2
    assert "This is a fault of peerstay" in told.stderr
    assert not told.stdout

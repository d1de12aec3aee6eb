"""`peerstay solve`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

BASE = """
title = "Today"
horizon = { months = 6, warm_up_months = 0 }
experiment = { replications = 40, seed = 7 }
posts.number = 12
rules.enforce = false
pay.wage_usd_per_hour = 20.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.6 }
"""


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


@pytest.fixture
def today(tmp_path: Path) -> str:
    file = tmp_path / "today.toml"
    file.write_text(BASE)
    return str(file)


def solved(
    today: str, *until: str, vary: str = "pay.wage_usd_per_hour", between: tuple[str, str] = ("15", "40")
) -> list[str]:
    """Return the command that asks with assumptions taken as known, which is quick."""
    return [*over_futures(today, *until, vary=vary, between=between), "--luck-only"]


def over_futures(
    today: str, *until: str, vary: str = "pay.wage_usd_per_hour", between: tuple[str, str] = ("20.2", "24")
) -> list[str]:
    wishes = [word for text in until for word in ("--until", text)]
    return ["solve", today, "--vary", vary, "--between", *between, *wishes, "--jobs", "1"]


def told(*args: str) -> dict[str, Any]:
    result = peerstay(*args, "--json")
    assert result.exit_code == 0, result.stderr
    shape: dict[str, Any] = json.loads(result.stdout, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    return shape


def test_the_answer_is_a_sentence_with_its_range_and_its_evidence(today: str) -> None:
    result = peerstay(*solved(today, "exits_per_year <= base - 0.5"))
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    assert text.startswith('Raising "wage of a new peer" from $20.00 to $')
    assert " an hour is the smallest change" in text
    assert "pay.wage_usd_per_hour" in next(line for line in result.stdout.splitlines() if "People who leave" in line)
    assert 'that brings "people who leave" to at most the base\'s less 0.5 on average' in text
    assert "95 % range of this answer: " in text
    assert "40 runs" in text
    for row in (
        "one step less",
        "answer",
        "Effects and costs, compared with the base",
        "peerstay compare",
        "pay.wage_usd_per_hour=20.87",
    ):
        assert row in text, row
    assert max(map(len, result.stdout.splitlines())) <= 130


def test_a_wish_against_the_base_is_shown_as_the_difference_it_is_judged_by(today: str) -> None:
    text = peerstay(*solved(today, "exits_per_year <= base - 0.5")).stdout
    rows = [line.split() for line in text.splitlines() if " today " in line or " answer " in line]
    assert "People who leave against base" in text
    assert rows[0][2] == "0.00"
    assert float(rows[1][2].replace("−", "-")) <= -0.5


def test_the_same_question_has_the_same_answer_on_any_number_of_jobs(today: str) -> None:
    asked = ["solve", "--scan", "2", *solved(today, "exits_per_year <= base - 0.5", between=("20.2", "23"))[1:]]
    one = told(*asked)
    assert one["outcome"] == "found"
    assert one["answer"]["at"]["holds"]
    assert not one["answer"]["one_step_less"]["holds"]
    assert round(one["answer"]["value"] - one["answer"]["one_step_less"]["value"], 6) == 0.01
    assert told(*asked[:-2], "2", "--luck-only") == one


def test_the_answer_is_what_compare_says_of_a_file_that_holds_it(today: str) -> None:
    shape = told(*solved(today, "exits_per_year <= base - 0.5"))
    file = Path(today).with_name("answer.toml")
    file.write_text(f'extends = "today.toml"\npay.wage_usd_per_hour = {shape["answer"]["value"]!r}\n')
    compared = told("compare", today, str(file), "--luck-only", "--no-store")
    ours, theirs = shape["compared"]["alternatives"][0], compared["alternatives"][0]
    assert ours["fingerprint"] == theirs["fingerprint"]
    assert ours["measures"] == theirs["measures"]


SMALL = ("--step", "0.5", "--scan", "4", "--replications", "24")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    file = tmp_path_factory.mktemp("futures") / "today.toml"
    file.write_text(BASE)
    return str(file), told(*over_futures(str(file), "exits_per_year <= base - 0.5"), *SMALL)


def test_over_futures_the_answer_is_what_compare_says_at_the_same_value(found: tuple[str, dict[str, Any]]) -> None:
    """Means, intervals, the middle of single futures and in how many of them the constraint is met."""
    today, shape = found
    raised = f"pay.wage_usd_per_hour={shape['answer']['value']!r}"
    compared = told("compare", today, "--with", raised, "--replications", "24", "--no-store", "--jobs", "1")
    ours, theirs = shape["compared"]["alternatives"][0], compared["alternatives"][0]
    assert ours["fingerprint"] == theirs["fingerprint"]
    assert ours["measures"] == theirs["measures"]
    assert shape["compared"]["base"]["measures"] == compared["base"]["measures"]
    assert shape["compared"]["drawn"] == compared["drawn"]
    exits, at = theirs["measures"]["exits_per_year"], shape["answer"]["at"]
    assert at["conditions"][0]["measured"]["mean"] == exits["alternative"]["mean"]
    assert at["conditions"][0]["margin"]["mean"] == pytest.approx(-0.5 - exits["difference"]["mean"])
    assert at["futures"]["conditions"][0] == pytest.approx(
        {end: exits["futures"][end] for end in ("low_90", "high_90")}
    )


def test_in_how_many_futures_the_constraint_is_met_is_counted_one_by_one(found: tuple[str, dict[str, Any]]) -> None:
    """Of a plain "less than the base" it is the share that `compare` tells."""
    today, shape = found
    raised = f"pay.wage_usd_per_hour={shape['answer']['value']!r}"
    compared = told("compare", today, "--with", raised, "--replications", "24", "--no-store", "--jobs", "1")
    less = told(*over_futures(today, "exits_per_year < base"), *SMALL)
    (one,) = [one for one in less["tried"] if one["value"] == shape["answer"]["value"]]
    exits = compared["alternatives"][0]["measures"]["exits_per_year"]
    assert one["futures"]["met_share"] == exits["futures"]["lower_share"]


def test_over_futures_the_answer_says_how_many_meet_it(found: tuple[str, dict[str, Any]]) -> None:
    today, shape = found
    result = peerstay(*over_futures(today, "exits_per_year <= base - 0.5"), *SMALL)
    text = " ".join(result.stdout.replace("\\\n", " ").split())
    met = round(100 * shape["answer"]["at"]["futures"]["met_share"])
    assert f"The constraint is met there in {met} of 100 futures." in text
    assert "24 futures" in text
    assert "in 90 of 100 futures" in text
    assert "random variation only" not in text
    assert "--luck-only" not in text
    assert "--luck-only" in peerstay(*solved(today, "exits_per_year <= base - 0.5"), *SMALL).stdout
    assert "futures" not in told(*solved(today, "exits_per_year <= base - 0.5"), *SMALL)["answer"]["at"]
    assert told(*over_futures(today, "exits_per_year <= base - 0.5")[:-1], "2", *SMALL) == shape


def test_a_chance_is_told_with_the_runs_it_takes(today: str) -> None:
    result = peerstay(*solved(today, "exits_per_year <= 8"), "--with-chance", "0.95")
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    assert "in at least 95 % of projected futures" in text
    assert "Fewer than 73 runs cannot show 95 % clearly" in text
    assert "All met in" in text


def test_what_cannot_be_reached_is_said_plainly(today: str) -> None:
    result = peerstay(*solved(today, "exits_per_year <= 0.01", between=("15", "22")))
    assert result.exit_code == 0
    assert result.stdout.startswith("Not reachable: ")
    assert "The best is at $22.00 an hour" in " ".join(result.stdout.split())


def test_every_fault_comes_at_once_and_with_exit_code_2(today: str) -> None:
    result = peerstay(*solved(today, "exits_per_yer <= 3", "cash_end_usd is fine", vary="pay.wage_usd_per_hr"))
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["--until", "--until", "--vary"]


def test_a_range_beyond_what_an_input_may_be_is_told_once_for_all_values(today: str) -> None:
    result = peerstay(*solved(today, "exits_per_year <= 3", between=("-5", "900")))
    assert result.exit_code == 2
    assert "must be a number from 1 to 500 (USD/hour)" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_input_cannot_be_both_set_and_varied(today: str) -> None:
    result = peerstay(*solved(today, "exits_per_year <= 3"), "--set", "pay.wage_usd_per_hour=21")
    assert result.exit_code == 2
    assert "both set and varied" in result.stderr


@pytest.mark.parametrize("chance", ["0", "1", "1.5", "often"])
def test_certainty_is_no_chance(today: str, chance: str) -> None:
    assert peerstay(*solved(today, "exits_per_year <= 3"), "--with-chance", chance).exit_code == 2


def test_a_search_is_kept_unless_it_may_not_be(today: str, tmp_path: Path) -> None:
    asked = solved(today, "exits_per_year <= base - 0.5", between=("20", "30"))
    kept, none = tmp_path / "kept", tmp_path / "none"
    first = told(*asked, "--store", str(kept))
    rounds = len(list(kept.rglob("*.npz")))
    assert rounds > 0
    again = told(*asked, "--store", str(kept))
    assert {**again, "made": None} == {**first, "made": None}
    assert len(list(kept.rglob("*.npz"))) == rounds
    told(*asked, "--store", str(none), "--no-store")
    assert not none.exists()


def test_rounds_of_listed_people_are_kept_only_where_a_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEERSTAY_STORE", str(tmp_path / "usual"))
    people = tmp_path / "people.toml"
    people.write_text(BASE.replace("posts.number = 12", 'posts.number = 1\nposts.roster = [{ hired = "2026-01" }]'))
    asked = solved(str(people), "exits_per_year <= base - 0.1", between=("20", "22"))
    told(*asked)
    assert not (tmp_path / "usual").exists()
    told(*asked, "--store", str(tmp_path / "named"))
    assert list((tmp_path / "named").rglob("*.npz"))

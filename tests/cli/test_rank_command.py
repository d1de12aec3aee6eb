"""`peerstay rank`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.questions.rank.rank import shares_of_best
from tests.cli.test_precision_option import BASE, RATE

KNOWN = "--luck-only"
CHOICE = ("--measure", RATE, "--lower", "--delta", "10", KNOWN)
FUTURES = ("--measure", RATE, "--lower", "--delta", "10")


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "today.toml").write_text(BASE)
    for name, leaving in (("calm", 0.2), ("wild", 2.5), ("alike", 0.2)):
        hazards = f'turnover.level = {{ kind = "hazards", voluntary_per_year = {leaving} }}'
        (tmp_path / f"{name}.toml").write_text(f'extends = "today.toml"\ntitle = "A {name} one"\n{hazards}\n')
    return [str(tmp_path / f"{name}.toml") for name in ("today", "calm", "wild", "alike")]


def told(*args: str) -> dict[str, Any]:
    result = peerstay("rank", *args, "--json")
    assert result.exit_code == 0, result.stderr
    shape: dict[str, Any] = json.loads(result.stdout)
    return shape


def test_the_text_states_the_choice_and_how_sure_it_is(files: list[str]) -> None:
    result = peerstay("rank", *files[:3], *CHOICE, "--alpha", "0.1")
    assert result.exit_code == 0, result.stderr
    text = " ".join(result.stdout.split())
    assert '"A calm one" (calm) is chosen of 3: with 90 % confidence it is the best, or within 10 of the best.' in text
    assert "(lower is better)" in text
    assert "runs were made of 3 candidates" in text
    asked = f"--measure {RATE} --delta 10 --lower --alpha 0.1 --first 20 --most 2000 --months 6 --seed 7 --luck-only"
    assert asked in text.replace("\\ ", "")
    rows = [line.split()[0] for line in result.stdout.splitlines() if line.startswith(("calm", "today", "wild"))]
    assert rows == ["calm", "today", "wild"]
    assert "Out, in this order, after so many runs: " in text


def test_json_tells_who_is_out_when_and_what_it_cost(files: list[str]) -> None:
    shape = told(*files[:3], *CHOICE)
    assert (shape["decided"], shape["best"], shape["better"]) == (True, ["calm"], "lower")
    first, *others = shape["candidates"]
    assert first["out_after"] is None
    assert first["difference_from_first"]["mean"] == 0.0
    assert [one["difference_from_first"]["low"] > 0 for one in others] == [True, True]
    assert all(20 <= one["out_after"] <= one["runs"] for one in others)
    assert sorted(shape["eliminated"]) == ["today", "wild"]
    assert shape["runs"] == sum(one["runs"] for one in shape["candidates"])
    assert shape["runs_if_all"] == 3 * shape["replications"]


def test_over_futures_the_figures_are_those_of_compare(files: list[str]) -> None:
    """Candidates that are out are run no further, and those left have the futures that all have together."""
    shape = told(*files[:3], *FUTURES, "--jobs", "1")
    assert shape["best"] == ["calm"]
    assert any(one["runs"] < shape["replications"] for one in shape["candidates"])
    assert told(*files[:3], *FUTURES, "--jobs", "2") == shape
    leader, *others = shape["candidates"]
    options = ("--jobs", "1", "--no-store", "--json")
    for one in shape["candidates"]:
        runs = str(one["out_after"] or shape["replications"])
        result = peerstay("compare", *files[:3], "--replications", runs, *options)
        compared = json.loads(result.stdout)
        levels = {case["name"]: case["measures"][RATE]["alternative"] for case in compared["alternatives"]}
        levels["today"] = compared["base"]["measures"][RATE]
        assert one["mean"] == levels[one["name"]]["mean"]
        assert one["difference_from_first"]["mean"] == pytest.approx(
            levels[one["name"]]["mean"] - levels["calm"]["mean"]
        )
        assert shape["drawn"] == compared["drawn"]
    assert leader["futures"]["best_share"] >= max(one["futures"]["best_share"] for one in others)


def test_over_futures_it_says_in_how_many_each_is_the_best(files: list[str]) -> None:
    text = " ".join(peerstay("rank", *files[:3], *FUTURES).stdout.split())
    assert "Middle 90 %" in text
    assert "It is the best in " in text
    assert " of 100 futures." in text
    assert "random variation only" not in text
    assert KNOWN not in text
    plain = told(*files[:3], *CHOICE)
    assert "drawn" not in plain
    assert "futures" not in plain["candidates"][0]


def test_the_best_of_each_future_is_counted_ties_for_all() -> None:
    own = [np.array([1.0, 2.0, 3.0, 3.0] * 5), np.array([1.0, 1.0, 4.0, np.nan] * 5 + [9.0])]
    assert shares_of_best(own, higher=True) is None  # of 20 futures that both took part in, 15 have a value
    more = [np.tile(one[:4], 10) for one in own]
    assert shares_of_best(more, higher=True) == pytest.approx([2 / 3, 2 / 3])
    assert shares_of_best(more, higher=False) == pytest.approx([2 / 3, 2 / 3])


def test_two_that_are_level_are_both_named(files: list[str]) -> None:
    result = peerstay("rank", *files, *CHOICE)
    text = " ".join(result.stdout.split())
    assert "calm and alike are level and ahead of the others: with 95 % confidence each is the best" in text


def test_at_the_cap_it_says_plainly_that_there_is_no_choice(files: list[str]) -> None:
    arguments = (*files[:3], "--measure", RATE, "--lower", "--delta", "0.1", "--most", "30", KNOWN)
    text = " ".join(peerstay("rank", *arguments).stdout.split())
    assert "no choice is made: after the cap of 30 runs 3 of 3 are still in" in text
    assert "confidence it is the best" not in text
    shape = told(*arguments)
    assert f"--most {shape['settled_by']} would settle it" in text
    assert shape["settled_by"] > 30
    assert (shape["decided"], shape["best"], len(shape["still_in"])) == (False, [], 3)


def test_a_measure_without_a_better_side_needs_one(files: list[str]) -> None:
    heads = ("--measure", "headcount", "--delta", "0.5")
    assert "add --higher or --lower" in peerstay("rank", *files[:3], *heads).stderr
    assert told(*files[:3], *heads, "--higher")["best"] == ["calm"]
    assert told(*files[:3], *heads, "--lower")["best"] == ["wild"]
    assert "--higher" in peerstay("rank", *files[:3], *heads, "--higher").stdout.partition("Reproduce")[2]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("--measure", "headcont", "--delta", "1"), "headcont: no such measure; did you mean headcount?"),
        (("--measure", RATE, "--delta", "5%"), f"--delta 5%: must be a number above 0 in the unit of {RATE}"),
        (("--measure", "vacancy_rate", "--delta", "x"), "0.02 is 2 points"),
        (("--measure", "vacancy_rate", "--delta", "1", "--higher"), "--higher: of vacancy_rate, lower is better"),
        ((*CHOICE, "--higher", "--lower"), "contradict each other"),
        ((*CHOICE, "--most", "9"), "--most 9 must be at least --first (20)"),
        ((*CHOICE, "--without-base"), "--without-base leaves one candidate"),
        (("--measure", "lapsed_award_usd", "--delta", "1"), "use --first 60 or more"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_message(files: list[str], given: tuple[str, ...], message: str) -> None:
    result = peerstay("rank", *files[:2], *given)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_all_that_is_wrong_is_told_at_once(files: list[str]) -> None:
    result = peerstay("rank", *files[:2], "--measure", "headcount", "--delta", "-1", "--most", "3", "--without-base")
    for part in ("add --higher or --lower", "--delta -1", "--most 3 must be", "--without-base leaves"):
        assert part in result.stderr

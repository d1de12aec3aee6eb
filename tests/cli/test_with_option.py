"""`--with`: an alternative without a file, in every command that takes alternatives."""

from __future__ import annotations

import json
import shlex
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

BASE = """
title = "Today"
horizon = { months = 12, warm_up_months = 3 }
experiment = { replications = 5, seed = 7 }
posts.number = 5
rules.enforce = false
pay.wage_usd_per_hour = 20.0
[[change]]
at = "2028-01"
set = { "pay.annual_step_share" = 0.01 }
"""
HAZARDS = 'turnover.level = { kind = "hazards", voluntary_per_year = 0.3 }\n'
RAISE = "pay.wage_usd_per_hour=26"
DATED = "pay.wage_usd_per_hour=26@2027-10"
STUDY = ("--measure", "exits_per_year", "--jobs", "1", "--no-store")


def peerstay(*args: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, args, prog_name="peerstay")
    assert result.exit_code == code, result.stderr
    return result


def plain(*args: str) -> dict[str, Any]:
    shape: dict[str, Any] = json.loads(peerstay(*args, "--json").stdout)
    return shape


def without_names(alternative: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in alternative.items() if key not in ("name", "title")}


def command_in(text: str) -> list[str]:
    """Return the words of the command that makes an answer again."""
    told = text.partition("Reproduce this\n")[2].partition("\n  peerstay 0")[0].replace("\\\n", " ")
    program, *words = shlex.split(told)
    assert program == "peerstay"
    return words


@pytest.fixture
def today(tmp_path: Path) -> str:
    (tmp_path / "today.toml").write_text(BASE)
    (tmp_path / "raise.toml").write_text('extends = "today.toml"\npay.wage_usd_per_hour = 26.0\n')
    (tmp_path / "later.toml").write_text(
        'extends = "today.toml"\n[[change]]\nat = "2027-10"\nset = { "pay.wage_usd_per_hour" = 26 }\n'
        '[[change]]\nat = "2028-01"\nset = { "pay.annual_step_share" = 0.01 }\n'
    )
    return str(tmp_path / "today.toml")


@pytest.fixture
def unsolved(today: str) -> str:
    """The same with hazards instead of a stated turnover, which every draw of a study would have to be solved for."""
    Path(today).write_text(BASE.replace("rules.enforce", f"{HAZARDS}rules.enforce"))
    return today


def beside(today: str, name: str) -> str:
    return str(Path(today).with_name(f"{name}.toml"))


@pytest.mark.parametrize(("text", "file"), [(RAISE, "raise"), (DATED, "later")])
def test_it_answers_as_the_same_alternative_in_a_file_does(today: str, text: str, file: str) -> None:
    ours = plain("compare", today, "--with", text, "--no-store")
    theirs = plain("compare", today, beside(today, file), "--no-store")
    assert without_names(ours["alternatives"][0]) == without_names(theirs["alternatives"][0])
    assert ours["base"] == theirs["base"]
    assert ours["leaks"] == []


def test_several_alternatives_have_names_and_stand_behind_those_of_files(today: str) -> None:
    words = ("--with", f"raise to 26: {RAISE}", "--with", "posts.number=6", "--with", "raise to 26: posts.number=7")
    shape = plain("compare", today, beside(today, "later"), *words, "--no-store")
    assert [one["name"] for one in shape["alternatives"]] == ["later", "raise to 26", "what_if"]
    changed = [{one["path"]: one["to"] for one in each["changes"]} for each in shape["alternatives"][1:]]
    assert changed == [{"pay.wage_usd_per_hour": 26, "posts.number": 7}, {"posts.number": 6}]


def test_its_title_says_what_differs(today: str) -> None:
    text = " ".join(peerstay("compare", today, "--with", RAISE).stdout.split())
    assert '"Wage of a new peer $26.00 an hour"' in text
    text = " ".join(peerstay("compare", today, "--with", f"raise: {DATED}").stdout.split())
    assert '"Raise: Wage of a new peer $26.00 an hour from October 2027"' in text
    text = " ".join(
        peerstay("compare", today, "--with", f"a: {RAISE}", "--with", 'a: title="Better pay"').stdout.split()
    )
    assert '"Better pay"' in text


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "--with", f"raise: {RAISE}", "--with", f"a later one: {DATED}", "--against", "raise"),
        ("rank", "--with", RAISE, "--measure", "headcount", "--lower", "--delta", "1", "--first", "10", "--most", "10"),
        ("uncertainty", "--with", RAISE, *STUDY, "--draws", "20", "--replications-per-draw", "4"),
        ("solve", "--with", "posts.number=6", "--vary", "pay.wage_usd_per_hour", "--between", "20", "30",
         "--until", "exits_per_year <= 1", "--scan", "2"),
    ],
)  # fmt: skip
def test_the_command_it_prints_makes_the_same_answer_again(unsolved: str, words: tuple[str, ...]) -> None:
    verb, *rest = words
    text = peerstay(verb, unsolved, *rest).stdout
    again = peerstay(*command_in(text)).stdout
    assert again.partition("made 20")[0] == text.partition("made 20")[0]


def test_what_was_run_for_a_file_is_found_again(today: str) -> None:
    peerstay("compare", today, beside(today, "raise"))
    again = peerstay("compare", today, "--with", f"more pay: {RAISE}")
    assert "5 of 5 runs are kept from before" in again.stderr
    assert peerstay("show", "last").stdout.partition("made 20")[0] == again.stdout.partition("made 20")[0]


def test_a_bundle_of_it_is_made_again_bit_for_bit(today: str, tmp_path: Path) -> None:
    file = tmp_path / "answer.zip"
    peerstay("brief", today, "--with", f"raise: {DATED}", "--to", str(file), "--to", str(tmp_path / "answer.html"))
    assert "is the same, bit for bit" in peerstay("reproduce", str(file)).stdout
    with zipfile.ZipFile(file) as parts:
        command = json.loads(parts.read("manifest.json"))["command"]
        assert "scenarios/raise.toml" in parts.namelist()
    assert f"--with 'raise: {DATED}'" in command
    assert RAISE.partition("=")[0] in (tmp_path / "answer.html").read_text(encoding="utf-8")


def test_uncertainty_judges_it_as_the_same_file(unsolved: str) -> None:
    asked = (*STUDY, "--draws", "20", "--replications-per-draw", "4")
    ours, theirs = (
        plain("uncertainty", unsolved, *words, *asked) for words in (("--with", RAISE), (beside(unsolved, "raise"),))
    )
    assert json.dumps(ours).replace("what_if", "raise") == json.dumps(theirs)


def test_solving_changes_it_with_every_value_and_keeps_the_base(today: str) -> None:
    asked = ("--vary", "pay.wage_usd_per_hour", "--between", "20", "30", "--until", "cost_usd_per_year >= base * 1.5")
    shape = plain("solve", today, "--with", "posts.number=7", *asked)
    answer = shape["answer"]["value"]
    typed = ("--with", "posts.number=7", "--with", f"pay.wage_usd_per_hour={answer!r}")
    compared = plain("compare", today, *typed, "--no-store")["alternatives"][0]
    assert shape["compared"]["alternatives"][0]["measures"] == compared["measures"]
    cost = compared["measures"]["cost_usd_per_year"]
    assert cost["alternative"]["mean"] >= 1.5 * cost["base"]["mean"]
    assert shape["today"]["holds"] is False
    assert any("Budgeted peer posts: 7 posts instead of 5 posts" in note for note in shape["notes"])


def test_solving_says_when_the_change_alone_will_do(today: str) -> None:
    asked = ("--vary", "pay.wage_usd_per_hour", "--between", "20", "30", "--until", "cost_usd_per_year >= base * 1.2")
    text = peerstay("solve", today, "--with", "posts.number=9", *asked).stdout
    assert text.startswith("No change is needed: with posts.number=9 alone,")


def test_a_story_can_be_that_of_the_alternative(today: str) -> None:
    words = ("story", today, "--with", RAISE), ("story", beside(today, "raise"), "--base", today)
    ours, theirs = (" ".join(peerstay(*one).stdout.split()) for one in words)
    assert ours.partition("projected over")[2] == theirs.partition("projected over")[2]
    assert "$26.00" in ours


def test_sensitivity_looks_at_the_difference_it_makes(today: str) -> None:
    asked = (*STUDY, "--input", "recruitment.days_to_fill", "--trajectories", "2", "--replications-per-point", "4")
    ours, theirs = (plain("sensitivity", today, *one, *asked) for one in (("--with", RAISE), (beside(today, "raise"),)))
    assert json.dumps(ours).replace("what_if", "raise") == json.dumps(theirs)
    two = peerstay("sensitivity", today, "--with", f"a: {RAISE}", "--with", f"b: {DATED}", *asked, code=2)
    assert "one alternative at a time" in two.stderr


def test_every_fault_of_base_file_and_what_is_typed_comes_at_once(today: str) -> None:
    Path(beside(today, "raise")).write_text('extends = "today.toml"\npay.wage = 3\n')
    words = (
        "--with",
        "pay.wage_usd_per_hour=abc",
        "--with",
        "x",
        "--with",
        "b: posts.numbr=3",
        "--set",
        "posts.number=0",
    )
    told = peerstay("compare", today, beside(today, "raise"), *words, code=2).stderr.splitlines()
    assert len(told) == len(set(told)) == 5
    for start in (
        "--with x: ",
        "--with pay.wage_usd_per_hour=abc: ",
        "--with b: posts.numbr=3: ",
        "--set: posts.number",
    ):
        assert sum(line.startswith(start) for line in told) == 1, start
    assert sum("raise.toml:2: pay.wage = 3" in line for line in told) == 1


def test_a_line_that_only_a_typed_alternative_makes_wrong_says_which_one(today: str) -> None:
    grant = '[funding.award]\nkind = "grant"\namount_usd_per_year = 1e6\nstart = "2027-07"\nposts_paid = 3\n'
    Path(today).write_text(Path(today).read_text() + grant)
    told = peerstay("compare", today, "--with", "fewer: posts.number=2", code=2).stderr
    assert (
        "posts_paid = 3: must be at most posts.number = 2, in the alternative of --with fewer: posts.number=2" in told
    )


def test_what_holds_for_all_can_not_be_an_alternative_too(today: str) -> None:
    result = peerstay("compare", today, "--with", RAISE, "--set", "pay.wage_usd_per_hour=22", code=2)
    assert f"--with {RAISE}: --set sets it too" in result.stderr
    result = peerstay("compare", today, "--with", "horizon.months=6", code=2)
    assert "--with horizon.months=6: horizon.months = 6: must be as in the base (12)" in result.stderr
    asked = ("--vary", "pay.wage_usd_per_hour", "--between", "20", "30", "--until", "exits_per_year <= 1")
    assert f"--with {RAISE}: is varied too" in peerstay("solve", today, "--with", RAISE, *asked, code=2).stderr
    names = peerstay("solve", today, "--with", "a: posts.number=6", "--with", "b: posts.number=7", *asked, code=2)
    assert "--with makes a and b" in names.stderr


def test_run_says_where_a_what_if_is_asked(today: str) -> None:
    result = peerstay("run", today, "--with", f"raise: {RAISE}", code=2)
    assert f"peerstay compare {today} --with 'raise: {RAISE}'" in result.stderr


def test_what_changes_nothing_or_not_for_long_is_noted(today: str) -> None:
    result = peerstay("compare", today, "--with", "pay.wage_usd_per_hour=20", "--with", "a: pay.annual_step_share=0.05")
    assert f"note: --with pay.wage_usd_per_hour=20: changes nothing in what {today} means" in result.stderr
    assert f"--with a: pay.annual_step_share=0.05: holds until {today} sets it again from 2028-01" in result.stderr
    dated = peerstay("compare", today, "--with", "a: pay.annual_step_share=0.05@2028-01")
    assert "sets it again" not in dated.stderr


@pytest.mark.parametrize(
    ("setting", "noted"),
    [
        ("pay.wage_usd_per_hour=21", True),
        ("posts.number=6", True),
        ("practices.supervisor_support=1.0", True),
        ("turnover.level.separations_per_100_posts_year=40", False),
        ("rules.enforce=true", False),  # turnover is solved with cash rules off, whatever they are
        ("rules.receivable_days=0", False),
        ("rules.fiscal_year_start_month=3", True),  # from then wages grow
        ("place.area=Philadelphia", False),
        ("market.employers_meet=true", False),  # an alternative could not set it
    ],
)
def test_set_says_that_it_makes_another_organization(today: str, setting: str, noted: bool) -> None:
    result = peerstay("run", today, "--set", setting, "--no-store")
    told = f"note: --set {setting} describes another organization with the same stated turnover, not a change"
    assert (told in result.stderr) is noted
    assert (f"peerstay compare {today} --with {setting}" in result.stderr) is noted


def test_people_typed_into_an_alternative_are_named_nowhere(today: str, tmp_path: Path) -> None:
    file = tmp_path / "answer.html"
    person = "{hired='2011-03', rung='entry'}"
    peerstay("brief", today, "--with", f"posts={{roster=[{person}]}}", "--to", str(file))
    assert "2011-03" not in file.read_text(encoding="utf-8")

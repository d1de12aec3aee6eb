"""`peerstay notebook`, as a user meets it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEERSTAY_STORE", str(tmp_path / "store"))
    return tmp_path


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, list(args), prog_name="peerstay")


def notebook(*args: str) -> Result:
    return peerstay("notebook", *args)


def run(replications: int = 2) -> None:
    few = ("--replications", str(replications), "--months", "3", "--jobs", "1")
    done = peerstay("compare", "library:closed_form/vacancy", "--with", "pay.wage_usd_per_hour=25", *few)
    assert done.exit_code == 0, done.stderr


def test_an_experiment_goes_from_question_to_decision(here: Path) -> None:
    assert "experiment 1" in notebook("add", "Does it keep people?", "--expected", "two fewer leave").stdout
    assert "asked" in notebook("list").stdout
    run()
    assert notebook("result", "1", "--run", "last").exit_code == 0
    notebook("decide", "1", "do it")
    text = notebook("show", "1").stdout
    order = [text.index(said) for said in ("Does it keep people?", "two fewer leave", "Projected over", "do it")]
    assert order == sorted(order)
    assert "its answer is the one that was noted" in " ".join(text.split())
    plain = json.loads(notebook("show", "1", "--json").stdout)
    assert (plain["state"], plain["results"][0]["standing"], plain["results"][0]["replications"]) == (
        "decided",
        "same",
        2,
    )
    kept = json.loads(peerstay("runs", "--json").stdout)["runs"][0]
    assert kept["folder"].endswith(plain["results"][0]["run"])
    assert plain["results"][0]["command"] == kept["command"]


def test_a_run_that_became_another_or_is_gone_is_told(here: Path) -> None:
    notebook("add", "q", "--expected", "e")
    run()
    notebook("result", "1", "--run", "last")
    run(4)
    assert json.loads(notebook("show", "1", "--json").stdout)["results"][0]["standing"] == "changed"
    peerstay("runs", "--delete", "last")
    assert "not kept here" in notebook("show", "1").stdout


def test_what_was_written_is_never_written_anew(here: Path) -> None:
    """What a person added to the file stays, byte by byte; what is noted comes behind it."""
    notebook("add", "first", "--expected", "e")
    file = here / "notebook.toml"
    file.write_text(
        file.read_text() + '\n# mine\n[[experiment]]\nnumber = 7\non = "2026-01-02"\nquestion = "by hand"\n'
    )
    file.write_text(file.read_text() + 'expected = "e"\nowner = "the county"')
    before = file.read_bytes()
    assert "experiment 8" in notebook("add", "next", "--expected", "e").stdout
    assert file.read_bytes().startswith(before)
    assert [one["number"] for one in tomllib.loads(file.read_text())["experiment"]] == [1, 7, 8]


def test_texts_are_kept_clean_and_quoted(here: Path) -> None:
    notebook("add", 'say "hello"\x1b[31m \\ [[x]]\nsecond line', "--expected", "e = 1")
    (one,) = json.loads(notebook("list", "--json").stdout)["experiments"]
    assert one["question"] == 'say "hello" \\ [[x]]\nsecond line'
    assert notebook("show", "1").exit_code == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("add", "q"), "--expected"),
        (("add", "", "--expected", "e"), "question: is empty; write a sentence"),
        (("result", "1"), "name the run with --run"),
        (("result", "9", "--found", "x"), "has no experiment 9; there is 1"),
        (("result", "1", "--run", "zzz"), "zzz"),
        (("decide", "9", "x"), "has no experiment 9"),
        (("show", "9"), "has no experiment 9"),
    ],
)
def test_what_cannot_be_noted_is_refused_in_words(given: tuple[str, ...], told: str) -> None:
    notebook("add", "q", "--expected", "e")
    before = Path("notebook.toml").read_bytes()
    result = notebook(*given)
    assert result.exit_code == 2
    assert told in result.stderr
    assert Path("notebook.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[experiment]\n", "is not TOML"),
        ("[[experiment]]\nnumber = 1\n", "experiment.1.question: is missing"),
        ('[[decision]]\non = "2026-01-01"\nexperiment = 3\ndecided = "x"\n', "is the number of no experiment"),
        (
            '[[experiment]]\nnumber = 1\non = "2026-01-01"\nquestion = "a"\nexpected = "b"\n' * 2,
            "numbers two experiments",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_let_alone(here: Path, text: str, told: str) -> None:
    file = here / "notebook.toml"
    file.write_text(text)
    result = notebook("add", "q", "--expected", "e")
    assert result.exit_code == 2
    assert told in result.stderr
    assert file.read_text() == text


def test_no_notebook_is_an_empty_one() -> None:
    assert "No experiments in notebook.toml." in notebook("list").stdout

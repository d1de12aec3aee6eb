"""Add an answer to a notebook on the page: the entry is that of the command line, and nothing is written here."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from sim.cli import main
from sim.runs.experiments import HEAD, experiments_in
from sim.runs.notebook import experiment
from sim.runs.toml import written
from sim.ui.answers import takeaway
from sim.ui.answers.takeaway import TO_SAY, Book
from sim.ui.question import file_name
from sim.ui.reading import read
from sim.ui.server import shared as server
from tests.app.pages import finished, opened, serving, text
from tests.app.worlds import small

ASKED = small(replications=20)
OLD = (
    f'{HEAD}\n[[experiment]]\nnumber = 4\non = "2026-01-02"\nquestion = "Before?"\nexpected = "much"\nowner = "me"'
).encode()


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def typed(app: AppTest, label: str, said: str) -> AppTest:
    return next(one for one in (*app.text_input, *app.text_area) if one.label == label).input(said).run()


def offered(app: AppTest) -> list[str]:
    labels = [one.label for one in app.get("download_button")]
    return [label for label in labels if label.startswith("Download the notebook")]


@pytest.fixture
def page() -> AppTest:
    return finished(opened("compare", ASKED))


def test_an_expectation_is_asked_for_first(page: AppTest) -> None:
    assert TO_SAY in text(page)
    assert not offered(page)
    app = typed(page, "What was expected, before it was run", "two fewer leave")
    assert offered(app) == ["Download the notebook with experiment 1"]
    assert TO_SAY not in text(app)
    assert offered(typed(app, "What was expected, before it was run", " \u200b ")) == []


def entry(book: Book, *said: str) -> bytes:
    result = server.result(read(ASKED), ASKED.seed, ASKED.replications)
    return takeaway._with_answer(book, result, *said)


def test_a_new_notebook_is_one_that_the_command_line_reads_and_knows_the_run_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(opened("compare", ASKED))
    monkeypatch.chdir(tmp_path)
    Path("notebook.toml").write_bytes(entry(Book(), "Does it?", 'two "fewer"\nleave', "do it"))
    one = experiment(Path("notebook.toml"), 1)
    assert (one.asked.question, one.asked.expected, one.decisions[0].decided) == (
        "Does it?", 'two "fewer"\nleave', "do it",
    )  # fmt: skip
    shown = ["notebook", "show", "1", "--store", "runs", "--json"]
    assert '"standing": "gone"' in CliRunner().invoke(main, shown).stdout
    for place, loaded in enumerate(read(ASKED).sound):
        Path(file_name(place)).write_text(written(loaded.raw))
    (result,) = one.results
    words = result.command.removeprefix("peerstay ").split()
    assert CliRunner().invoke(main, [*words, "--store", "runs", "--jobs", "1"]).exit_code == 0
    assert '"standing": "same"' in CliRunner().invoke(main, shown).stdout  # run and answer, by their digests


def test_what_is_in_a_notebook_stays_byte_by_byte() -> None:
    finished(opened("compare", ASKED))
    grown = entry(Book("mine.toml", OLD, 5), "Now?", "little", "")
    assert grown.startswith(OLD)
    assert [one["number"] for one in tomllib.loads(grown.decode())["experiment"]] == [4, 5]
    assert [len(one.results) for one in experiments_in(grown, "mine.toml")] == [0, 1]
    assert "decision" not in tomllib.loads(grown.decode())


class Handed:
    """A file as Streamlit hands it over."""

    def __init__(self, content: bytes) -> None:
        self.name, self.file_id, self._content = "mine.toml", str(hash(content)), content

    def getvalue(self) -> bytes:
        return self._content


def handing_in(content: bytes) -> Callable[..., Any]:
    return lambda label, **_: Handed(content) if "notebook" in label else None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[[experiment]\n", "mine.toml: is not TOML"),
        (b"\xff\xfe", "mine.toml: is not TOML"),
        (b"[[experiment]]\nnumber = 1\n", "mine.toml: experiment.1.question: is missing"),
        (b"a = " + b"[" * 30_000, "nests deeper than any notebook does"),
        (b'[[decision]]\non = "2026-01-01"\nexperiment = 3\ndecided = "x"\n', "is the number of no experiment"),
    ],
)
def test_a_broken_notebook_gets_the_readers_message_and_is_not_added_to(
    content: bytes, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takeaway.st, "file_uploader", handing_in(content))
    app = typed(finished(opened("compare", ASKED)), "What was expected, before it was run", "little")
    assert told in text(app)
    assert not offered(app)
    assert not app.exception


def test_a_notebook_handed_in_gets_the_next_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeaway.st, "file_uploader", handing_in(OLD))
    app = typed(finished(opened("compare", ASKED)), "What was expected, before it was run", "little")
    assert "mine.toml: 1 experiment" in text(app)
    assert offered(app) == ["Download the notebook with experiment 5"]

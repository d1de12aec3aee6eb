"""Ask once on the page, on the command line, in Python and from a bundle: every measure has the same digits."""

from __future__ import annotations

import json
import shlex
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.questions.compare.find_out import find_out_lines
from sim.questions.compare.shapes import compare_shape
from sim.runs.against import pair_of, pairs_with
from sim.runs.answer import ask, settings_of
from sim.runs.toml import written
from sim.scenario.files import load
from sim.ui.answers.takeaway import file_of
from sim.ui.question import Alternative, file_name
from sim.ui.reading import read
from sim.ui.server import shared as server
from sim.ui.server.results import Result as Shown
from sim.words.as_json import as_json
from sim.words.sentences import how_to_read_pairs, pair_sentence, sentence_beside
from tests.app.pages import choice, finished, opened, serving, text
from tests.app.worlds import HIGHER, small

HIGHEST = Alternative({"pay": {"wage_usd_per_hour": 27.0}})
QUESTION = small(HIGHER, HIGHEST, replications=30, seed=11)
FOUND = read(QUESTION)


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files that the page offers, saved in one folder, as it says."""
    for place, loaded in enumerate(FOUND.sound):
        (tmp_path / file_name(place)).write_text(written(loaded.raw))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def peerstay(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    return result


def plain(shape: Any) -> Any:
    return json.loads(as_json(shape))


def on_the_page() -> tuple[Any, Shown]:
    """Return the page when its run is finished, and the answer that it shows."""
    app = finished(opened("compare", QUESTION))
    return app, server.result(FOUND, QUESTION.seed, QUESTION.replications)


def test_what_to_find_out_first_is_what_the_command_line_names() -> None:
    question = small(HIGHER, HIGHEST, replications=100, seed=11)
    app = finished(opened("compare", question))
    lines = find_out_lines(server.result(read(question), question.seed, question.replications).answer)
    assert {line.partition(":")[0] for line in lines} == {"alternative_A", "alternative_B"}
    assert all(line.replace("alternative_", "Alternative ", 1) in text(app) for line in lines)
    assert "alternative_A: " not in text(app)


def test_page_command_line_and_python_give_the_same_digits_for_every_measure(folder: Path) -> None:
    app, shown = on_the_page()
    for one in shown.answer.alternatives:
        assert sentence_beside(one, shown.answer) in text(app)
    command = shlex.split(app.code[-1].value.replace("\\\n", " "))
    assert command[0] == "peerstay"
    told = json.loads(peerstay(*command[1:], "--json").stdout)
    everyone = [load(file_name(place)) for place in QUESTION.places]
    settings = replace(settings_of(everyone[0]), unknowns=True)
    assert (settings.replications, settings.seed) != (QUESTION.replications, QUESTION.seed)  # the command says them
    everyone = [load(one.path, replications=QUESTION.replications, seed=QUESTION.seed) for one in everyone]
    in_python = ask(everyone[0], everyone[1:], replace(settings_of(everyone[0]), unknowns=True))
    assert told == plain(compare_shape(shown.answer)) == plain(compare_shape(in_python))
    assert {len(one["measures"]) for one in told["alternatives"]} == {len(shown.answer.base.values)}


def test_a_bundle_of_the_page_and_one_of_the_command_line_are_made_again_to_the_same_digits(folder: Path) -> None:
    _, shown = on_the_page()
    (folder / "page.zip").write_bytes(file_of(".zip", shown))
    luck = ("--replications", str(QUESTION.replications), "--seed", str(QUESTION.seed))
    peerstay("brief", *map(file_name, QUESTION.places), *luck, "--to", "line.zip")
    for name in ("page.zip", "line.zip"):
        told = json.loads(peerstay("reproduce", name, "--jobs", "1", "--json").stdout)
        assert told["same"] is True
        inside = json.loads(zipfile.ZipFile(BytesIO((folder / name).read_bytes())).read("answer.json"))
        assert told["answer"] == inside == plain(compare_shape(shown.answer)), name


def test_any_two_alternatives_compare_alike_on_page_and_command_line(folder: Path) -> None:
    app, shown = on_the_page()
    there, back = pair_of(shown.answer, 1, 2), pair_of(shown.answer, 2, 1)
    assert f"**Alternative B compared with alternative A.** {pair_sentence(there)}" in text(app)
    assert how_to_read_pairs(there) in text(app)
    assert "--against alternative_A.toml" in text(app)
    assert "Wage of a new peer: $27.00 an hour instead of $24.00 an hour" in text(app)
    choice(app, "Which two").set_value((1, 2)).run()
    assert f"**Alternative A compared with alternative B.** {pair_sentence(back)}" in text(app)
    luck = ("--replications", str(QUESTION.replications), "--seed", str(QUESTION.seed))
    told = peerstay("compare", *map(file_name, QUESTION.places), *luck, "--against", "alternative_A.toml", "--json")
    assert json.loads(told.stdout) == plain(compare_shape(shown.answer, pairs_with(shown.answer, 1)))


def test_with_one_alternative_there_are_no_two_to_compare() -> None:
    app = finished(opened("compare", small(replications=20)))
    assert "Any two alternatives" not in text(app)

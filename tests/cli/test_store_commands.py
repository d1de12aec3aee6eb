"""`peerstay runs`, `show`, `merge` and --shard, as a user meets them."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.scenario.read.clean_text import clean
from tests.pair import written


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    return [str(file) for file in written(tmp_path)]


def peerstay(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [*words])
    assert result.exit_code == code, result.output
    return result


def figures(result: Result) -> str:
    """Return what was printed but for the time it was made."""
    return re.sub(r"made \S+", "made then", result.stdout)


def test_the_same_question_again_says_that_it_is_known_and_prints_the_same(pair: list[str]) -> None:
    first, again = peerstay("compare", *pair), peerstay("compare", *pair)
    assert "kept from before" not in first.stderr
    assert "note: 6 of 6 runs are kept from before (run " in again.stderr
    assert figures(first) == figures(again)


def test_no_store_neither_looks_nor_keeps(pair: list[str], own_store: Path) -> None:
    peerstay("compare", *pair, "--no-store")
    assert not own_store.exists()
    peerstay("compare", *pair)
    assert "kept from before" not in peerstay("compare", *pair, "--no-store").stderr


def test_runs_lists_what_is_kept_and_show_prints_it(pair: list[str], own_store: Path) -> None:
    assert peerstay("runs").stdout == f"No runs in {own_store}.\n"
    told = peerstay("compare", *pair)
    peerstay("run", pair[0])
    listed = peerstay("runs").stdout
    assert re.search(r"6 of 6 +5 +this version +base / better\n", listed)
    runs = json.loads(peerstay("runs", "--json").stdout)["runs"]
    assert sorted(len(one["scenarios"]) for one in runs) == [1, 2]
    compared = next(one["key"] for one in runs if len(one["scenarios"]) == 2)
    assert figures(peerstay("show", compared[:8])) == figures(told)
    assert json.loads(peerstay("show", compared, "--json").stdout).keys() >= {"base", "alternatives"}


def test_a_run_is_deleted_by_its_id(pair: list[str], own_store: Path) -> None:
    peerstay("run", pair[0])
    assert peerstay("runs", "--delete", "last").stdout.startswith(f"deleted {own_store}")
    assert [one.name for one in own_store.iterdir()] == ["baselines"]  # of a base, whatever was asked of it
    assert "no such run" in peerstay("runs", "--delete", "last", code=2).stderr


def test_runs_that_may_not_be_deleted_are_told_in_words_after_the_others_are_gone(
    pair: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in pair:
        peerstay("run", file)
    peerstay("compare", *pair)
    runs = [one["folder"] for one in json.loads(peerstay("runs", "--json").stdout)["runs"]]
    really = shutil.rmtree

    def read_only(folder: Path, *args: Any, **more: Any) -> None:
        if str(folder) in runs[:2]:
            raise OSError(errno.EROFS, "Read-only file system", str(folder))
        really(folder, *args, **more)

    monkeypatch.setattr(shutil, "rmtree", read_only)
    told = peerstay("runs", *(word for one in runs for word in ("--delete", Path(one).name)), code=2)
    assert told.stdout == f"deleted {runs[2]}\n"
    assert told.stderr.count("is not deleted: you may not write there") == 2
    assert all(one in told.stderr for one in runs[:2])
    assert "Errno" not in told.stderr


def test_shares_are_merged_to_what_one_run_gives(pair: list[str], tmp_path: Path) -> None:
    whole = peerstay("compare", *pair, "--no-store")
    for number in (1, 3):
        told = peerstay("compare", *pair, "--shard", f"{number}/3", "--store", str(tmp_path / f"at{number}")).stdout
        assert told.startswith(f"shard {number}/3: replications {2 * number - 2} to {2 * number - 1} of 6 are kept in ")
    everywhere = [str(tmp_path / f"at{number}") for number in (1, 3)]
    waiting = peerstay("merge", *everywhere, "--store", str(tmp_path / "all"), code=1)
    assert "replications 2–3 of 6 are missing" in waiting.stderr
    assert not waiting.stdout
    early = peerstay("show", "last", "--store", str(tmp_path / "all"))
    assert "2 replications" in early.stdout
    assert "note: of 6 replications asked for, 2–3 are missing" in early.stderr
    peerstay("compare", *pair, "--shard", "2/3", "--store", str(tmp_path / "at2"))
    merged = peerstay("merge", str(tmp_path / "at2"), "--store", str(tmp_path / "all"))
    assert figures(merged) == figures(whole)


def test_a_share_of_another_question_is_named_and_is_no_success(pair: list[str], tmp_path: Path) -> None:
    peerstay("compare", *pair, "--shard", "1/2", "--store", str(tmp_path / "at1"))
    peerstay("compare", *pair, "--seed", "99", "--shard", "2/2", "--store", str(tmp_path / "at2"))
    told = peerstay("merge", str(tmp_path / "at1"), str(tmp_path / "at2"), "--store", str(tmp_path / "all"), code=1)
    assert "(base / better): replications 3–5 of 6 are missing" in told.stderr
    assert "(base / better): replications 0–2 of 6 are missing" in told.stderr
    assert not told.stdout


def test_a_damaged_share_is_named_and_is_no_success_though_another_holds_the_same(
    pair: list[str], tmp_path: Path
) -> None:
    for place in ("at1", "at2"):
        peerstay("compare", *pair, "--store", str(tmp_path / place))
    block = next((tmp_path / "at1").rglob("blocks/*.npz"))
    block.write_bytes(block.read_bytes()[:-1])
    told = peerstay("merge", str(tmp_path / "at1"), str(tmp_path / "at2"), "--store", str(tmp_path / "all"), code=1)
    assert "Reproduce this" in told.stdout
    assert f"{block}: is damaged, or belongs elsewhere" in told.stderr
    assert "its replications count as not run" in told.stderr  # merge runs none
    assert "run again" not in told.stderr


QUESTIONS = {
    "empty": "",
    "no table": "[]",
    "nothing in it": "{}",
    "no date": lambda told: {name: value for name, value in told.items() if name != "asked"},
    "no scenarios": lambda told: told | {"scenarios": []},
    "scenarios without names": lambda told: told | {"scenarios": [{}]},
    "a seed in words": lambda told: told | {"seed": "five"},
    "another's key": lambda told: told | {"key": "0123456789abcdef"},
    "a date that is a number": lambda told: told | {"asked": 7},
    "a seed of 400 digits": lambda told: told | {"seed": 10**400},
    "lists in lists": "[" * 100_000,
}


@pytest.mark.parametrize("how", QUESTIONS)
def test_one_damaged_folder_takes_no_other_run_down(how: str, pair: list[str], own_store: Path) -> None:
    peerstay("run", pair[0])
    peerstay("compare", *pair)
    questions = {file: json.loads(file.read_text()) for file in own_store.glob("*/question.json")}
    doomed = next(file for file, told in questions.items() if len(told["scenarios"]) == 1)
    change = QUESTIONS[how]
    doomed.write_text(change if isinstance(change, str) else json.dumps(change(questions[doomed])))
    listed = peerstay("runs")
    assert "base / better" in listed.stdout
    assert "1 run, " in listed.stdout
    assert f"warning: {doomed.parent}: is a damaged run (" in listed.stderr
    assert len(json.loads(peerstay("runs", "--json").stdout)["runs"]) == 1
    assert "Reproduce this" in peerstay("show", "last").stdout
    assert "is a damaged run" in peerstay("merge", str(own_store), code=2).stderr


@pytest.mark.skipif(os.name != "posix", reason="a pipe with a name")
def test_a_pipe_or_a_device_in_a_store_is_not_waited_for(pair: list[str], own_store: Path) -> None:
    told = peerstay("run", pair[0])
    peerstay("compare", *pair)
    kept = next(
        file for file in own_store.glob("*/question.json") if len(json.loads(file.read_text())["scenarios"]) == 1
    )
    block = next(kept.parent.glob("blocks/*.npz"))
    block.unlink()
    os.mkfifo(block)
    again = peerstay("run", pair[0])
    assert again.stdout.partition("Reproduce")[0] == told.stdout.partition("Reproduce")[0]
    assert f"{block}: cannot be read (is not a file)" in again.stderr
    for make in (os.mkfifo, lambda file: file.symlink_to("/dev/zero")):
        kept.unlink()
        make(kept)
        listed = peerstay("runs")
        assert "1 run, " in listed.stdout
        assert f"warning: {kept.parent}: is a damaged run (" in listed.stderr


def test_a_block_whose_name_tells_of_a_trillion_replications_is_none(pair: list[str], own_store: Path) -> None:
    peerstay("run", pair[0])
    blocks = next(own_store.glob("*/blocks"))
    for name in ("00000000-999999999999.npz", "²-³.npz", "00000000-99999999999999999999.npz"):
        (blocks / name).write_bytes(b"")
    assert "warning" not in peerstay("runs").stderr
    assert "set aside" in peerstay("run", pair[0]).stderr


@pytest.mark.parametrize("nothing", ["", " "])
def test_an_empty_id_deletes_and_shows_nothing(nothing: str, pair: list[str], own_store: Path) -> None:
    peerstay("run", pair[0])
    for words in (("runs", "--delete", nothing), ("show", nothing)):
        assert "an empty ID names no run" in peerstay(*words, code=2).stderr
    assert "1 run, " in peerstay("runs").stdout


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "a/b", "1/0", "-1/3"])
def test_what_is_no_shard_is_refused(shard: str, pair: list[str]) -> None:
    assert (
        "is not a shard; write which of how many, as 1/4 … 4/4"
        in peerstay("run", pair[0], f"--shard={shard}", code=2).stderr
    )


def test_a_shard_needs_somewhere_to_be_kept(pair: list[str]) -> None:
    assert "name a folder with --store" in peerstay("run", pair[0], "--shard", "1/2", "--no-store", code=2).stderr


def test_people_on_a_roster_are_kept_only_where_the_user_says(pair: list[str], own_store: Path, tmp_path: Path) -> None:
    with Path(pair[0]).open("a") as file:
        file.write('posts.roster = [{ hired = "2024-01" }]\n')
    peerstay("run", pair[0])
    assert not own_store.exists()
    peerstay("run", pair[0], "--store", str(tmp_path / "mine"))
    assert "2024-01" in next((tmp_path / "mine").rglob("base.toml")).read_text()


def test_the_answer_of_another_version_is_shown_as_it_was_printed(pair: list[str], own_store: Path) -> None:
    told = peerstay("run", pair[0])
    (question,) = own_store.glob("*/question.json")
    question.write_text(question.read_text().replace('"version": "', '"version": "0.0.'))
    shown = peerstay("show", "last")
    assert shown.stdout == told.stdout
    assert "note: made by another peerstay (0.0." in shown.stderr
    assert "another 0.0." in peerstay("runs").stdout
    assert json.loads(peerstay("show", "last", "--json").stdout)["scenario"] == "base"
    assert "was made by another peerstay (version 0.0." in peerstay("merge", str(own_store), code=2).stderr


def test_what_others_wrote_into_a_store_is_listed_and_shown_clean(pair: list[str], own_store: Path) -> None:
    peerstay("run", pair[0])
    (question,) = own_store.glob("*/question.json")
    other = {'"version": "': '"version": "0.0.', '"name": "base"': '"name": "b\u202e"'}
    written = reduce(lambda text, place: text.replace(place, other[place]), other, question.read_text())
    assert "\u202e" in written
    question.write_text(written, encoding="utf-8")
    (answer,) = own_store.glob("*/answer.txt")
    answer.write_text("\x1b[2J" + answer.read_text(encoding="utf-8"), encoding="utf-8")
    for told in (peerstay("runs").stdout, peerstay("show", "last").stdout):
        assert clean(told) == told


def test_a_store_that_cannot_be_written_costs_a_warning_only(pair: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = peerstay("run", pair[0], "--store", str(tmp_path / "file" / "below"))
    assert "what follows is not kept on disk" in told.stderr
    assert "Reproduce this" in told.stdout
    failed = peerstay("run", pair[0], "--shard", "1/2", "--store", str(tmp_path / "file" / "below"), code=2)
    assert "shard 1/2 could not be kept in" in failed.stderr


def test_last_is_the_question_asked_last_though_its_answer_was_known(pair: list[str]) -> None:
    for words in (pair, [*pair, "--seed", "6"], pair):
        peerstay("compare", *words)
    assert "seed 5" in peerstay("show", "last").stdout

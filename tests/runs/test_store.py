"""What was run is kept: found again, extended, gone on with after any kind of end, never mixed with anything else."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from sim.runs import catalog, identity
from sim.runs import replicate as replicate_module
from sim.runs import safe_files as files_module
from sim.runs import store as module
from sim.runs.answer import Answer, ask
from sim.runs.blocks import run_block
from sim.runs.catalog import NoRunError, entries, find, merged, printed, reopened
from sim.runs.replicate import Settings, fill
from sim.runs.store import Run, default_store, open_run
from sim.scenario.files import Loaded, load
from tests.pair import written
from tests.scenarios.library import file_of

SETTINGS = Settings(6, 5, jobs=1)
KILLS = int(os.environ.get("PEERSTAY_KILLS", "6"))  # 20 at night: the program has to be started for each


@pytest.fixture
def everyone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Loaded]:
    monkeypatch.setattr("sim.runs.blocks.POSTS_AT_ONCE", 10)  # two replications a block
    return [load(file) for file in written(tmp_path)]


def opened(everyone: list[Loaded], store: Path, replications: int = 6) -> Run:
    return open_run(store, everyone, Settings(replications, 5), "peerstay compare base.toml better.toml")


def asked(everyone: list[Loaded], run: Run | None, settings: Settings = SETTINGS) -> Answer:
    return ask(everyone[0], everyone[1:], settings, kept=run)


def same(ours: Answer, theirs: Answer) -> bool:
    return all(
        np.array_equal(one.values[key], other.values[key], equal_nan=True)
        for one, other in zip(ours.cases, theirs.cases, strict=True)
        for key in one.values
    )


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    numbers: list[int] = []
    monkeypatch.setattr(replicate_module, "run_block", lambda task: numbers.extend(task.numbers) or run_block(task))
    return numbers


def test_the_same_question_again_runs_nothing_and_gives_the_same_bits(
    everyone: list[Loaded], own_store: Path, ran: list[int]
) -> None:
    first = asked(everyone, opened(everyone, own_store))
    assert sorted(ran) == list(range(6))
    ran.clear()
    again = asked(everyone, opened(everyone, own_store))
    assert not ran
    assert same(first, again)
    assert same(first, asked(everyone, None))


def test_more_replications_extend_a_run(everyone: list[Loaded], own_store: Path, ran: list[int]) -> None:
    asked(everyone, opened(everyone, own_store))
    ran.clear()
    longer = asked(everyone, opened(everyone, own_store, 9), Settings(9, 5, jobs=1))
    assert sorted(ran) == [6, 7, 8]
    assert same(longer, asked(everyone, None, Settings(9, 5, jobs=1)))
    (entry,) = entries(own_store)
    assert (entry.kept, entry.question["replications"]) == (9, 9)


def test_another_question_is_another_folder(everyone: list[Loaded], own_store: Path) -> None:
    keys = {
        opened(everyone, own_store).key,
        opened(everyone[:1], own_store).key,
        opened(everyone[::-1], own_store).key,
        open_run(own_store, everyone, Settings(6, 6)).key,
        open_run(own_store, everyone, Settings(99, 5)).key,  # more of the same question
    }
    assert len(keys) == 4


def test_a_changed_model_or_data_is_another_question(
    everyone: list[Loaded], own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(everyone, opened(everyone, own_store))
    before = opened(everyone, own_store).key
    monkeypatch.setattr(identity, "model_version", lambda: "another")
    monkeypatch.setattr(catalog, "versions", identity.versions)
    assert opened(everyone, own_store).key != before
    (entry,) = entries(own_store)
    assert not entry.current
    with pytest.raises(NoRunError, match=f"{before}: was made by another peerstay .*now another"):
        reopened(entry)


def test_the_model_version_follows_the_code(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    files = [tmp_path / "a.py"]
    before = identity._digest(tmp_path, files)
    (tmp_path / "a.py").write_text("x = 1\r\n".replace("\r\n", os.linesep))
    assert identity._digest(tmp_path, files) == before
    (tmp_path / "a.py").write_text("x = 2\n")
    assert identity._digest(tmp_path, files) != before


def test_a_damaged_block_is_named_set_aside_and_run_again(
    everyone: list[Loaded], own_store: Path, ran: list[int]
) -> None:
    first = asked(everyone, opened(everyone, own_store))
    blocks = sorted((opened(everyone, own_store).folder / "blocks").iterdir())
    assert len(blocks) == 3
    content = bytearray(blocks[1].read_bytes())
    content[len(content) // 2] ^= 1
    blocks[1].write_bytes(content)
    blocks[2].write_bytes(blocks[2].read_bytes()[:-9])
    ran.clear()
    run = opened(everyone, own_store)
    assert same(first, asked(everyone, run))
    assert sorted(ran) == [2, 3, 4, 5]
    assert len(run.notes) == 2
    assert all("is damaged, or belongs elsewhere; set aside as set-aside/" in note for note in run.notes)
    assert len(list((run.folder / "set-aside").iterdir())) == 2


def test_blocks_of_another_run_and_other_files_are_not_taken(everyone: list[Loaded], own_store: Path) -> None:
    asked(everyone, opened(everyone, own_store))
    asked(everyone[:1], opened(everyone[:1], own_store))
    ours, theirs = opened(everyone, own_store).folder / "blocks", opened(everyone[:1], own_store).folder / "blocks"
    name = min(ours.iterdir()).name
    (ours / name).write_bytes((theirs / name).read_bytes())
    (ours / "00000002-00000003.npz").rename(ours / "00000004-00000004.npz")  # a block under another's name
    (ours / "readme.txt").write_text("mine")
    run = opened(everyone, own_store)
    assert sorted(piece.numbers.start for piece in run.pieces()) == [4]
    assert all("is damaged, or belongs elsewhere; set aside" in note for note in run.notes)
    assert len(run.notes) == 2
    assert (ours / "readme.txt").exists()


@pytest.mark.parametrize("content", [b"", b"x" * 40, b"not a block at all" * 30])
def test_what_is_no_block_is_told_so(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "block.npz"
    file.write_bytes(content)
    with pytest.raises(files_module.BlockError, match="is damaged"):
        files_module.read_block(file, "key", 1)
    file.write_bytes(files_module._digest(file, "key", content) + content)
    with pytest.raises(files_module.BlockError, match="is no block of sums"):
        files_module.read_block(file, "key", 1)


def test_a_full_disk_costs_the_keeping_not_the_answer(
    everyone: list[Loaded], own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0

    def fills_up(file: Path, key: str, piece: object) -> None:
        nonlocal written
        written += 1
        if written > 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        files_module.write_block(file, key, piece)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write_block", fills_up)
    run = opened(everyone, own_store)
    answer = asked(everyone, run)
    run.finish({}, "")
    assert run.lost
    assert run.notes == [f"{run.folder}: No space left on device: what follows is not kept on disk"]
    assert same(answer, asked(everyone, None))
    monkeypatch.undo()
    assert [piece.numbers for piece in opened(everyone, own_store).pieces()] == [range(2)]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    files_module.write_whole(file, b"old")

    def fails(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(files_module.os, "fsync", fails)
    with pytest.raises(OSError, match="full"):
        files_module.write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_leftovers_of_a_forced_end_are_cleared_away_a_day_later(everyone: list[Loaded], own_store: Path) -> None:
    asked(everyone, opened(everyone, own_store))
    folder = opened(everyone, own_store).folder / "blocks"
    old, new = folder / ".a.partial", folder / ".b.partial"
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (0, 0))
    asked(everyone, opened(everyone, own_store, 7), Settings(7, 5, jobs=1))
    assert not old.exists()
    assert new.exists()


def test_runs_are_found_by_the_beginning_of_their_key(everyone: list[Loaded], own_store: Path) -> None:
    assert entries(own_store) == []
    with pytest.raises(NoRunError, match="last: no such run in"):
        find(own_store, "last")
    asked(everyone, opened(everyone, own_store))
    asked(everyone[:1], opened(everyone[:1], own_store))
    (own_store / "stranger").mkdir()
    key = opened(everyone, own_store).key
    assert find(own_store, key[:9]).folder.name == key
    assert {one.folder.name for one in entries(own_store)} == {key, opened(everyone[:1], own_store).key}
    for nothing in ("", " "):
        with pytest.raises(NoRunError, match="an empty ID names no run"):
            find(own_store, nothing)


def test_two_runs_that_begin_alike_are_told_apart_by_more_digits(everyone: list[Loaded], own_store: Path) -> None:
    for number in range(17):  # of sixteen first digits
        asked(everyone[:1], open_run(own_store, everyone[:1], Settings(1, number)), Settings(1, number, jobs=1))
    first = [one.folder.name[0] for one in entries(own_store)]
    with pytest.raises(NoRunError, match=r": \d+ runs begin so: "):
        find(own_store, max(first, key=first.count))


def forged(run: Run, name: str, **changed: object) -> None:
    """Write a block with a right digest that holds what no block does."""
    file = run.folder / "blocks" / name
    arrays = files_module.read_arrays(file, run.key)
    files_module.write_arrays(file, run.key, {**arrays, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"numbers": np.array([2, 2])}, "replications 2 to 2"),
        ({"numbers": np.array([-2, 4])}, "replications -2 to 4"),
        ({"numbers": np.array([2.0, 4.0])}, "replications 2.0 to 4.0"),
        ({"numbers": np.array([2, 5])}, "for 3 replications"),
        ({"numbers": np.array(2)}, "is no block of sums"),
        ({"leaks": np.array("[[]]")}, "other leaks than scenarios"),
        ({"leaks": np.array("[[1], []]")}, "other leaks than scenarios"),
        ({"leaks": np.array("7")}, "is no block of sums"),
        ({"names.0": np.array(["a", "a"])}, "a name twice"),
        ({"names.0": np.array(["a"])}, "is no block of sums"),
        ({"sums.0": np.array(7.0)}, "is no block of sums"),
        ({"more.0.wide": np.zeros((2, 3))}, "holds other sums than the other blocks"),
    ],
)
def test_a_block_that_holds_what_none_can_is_named_and_run_again(
    everyone: list[Loaded], own_store: Path, changed: dict[str, object], why: str
) -> None:
    first = asked(everyone, opened(everyone, own_store))
    forged(opened(everyone, own_store), "00000002-00000003.npz", **changed)
    run = opened(everyone, own_store)
    assert same(first, asked(everyone, run))
    assert len(run.notes) == 1
    assert why in run.notes[0]


def test_scenarios_with_other_sources_of_money_have_other_sums_and_are_kept(own_store: Path, ran: list[int]) -> None:
    short = ["horizon.months=6", "horizon.warm_up_months=3"]
    both = [load(file_of(name), short) for name in ("pa_fee_for_service", "pa_block_grant")]
    first = asked(both, opened(both, own_store))
    before = len(ran)
    run = opened(both, own_store)
    assert same(first, asked(both, run))
    assert len(ran) == before
    assert not run.notes


def test_a_block_with_other_sums_than_the_others_is_named_and_run_again(
    everyone: list[Loaded], own_store: Path
) -> None:
    first = asked(everyone, opened(everyone, own_store))
    more = {f"more.{place}.happiness": np.zeros((2, 3)) for place in range(2)}
    forged(opened(everyone, own_store), "00000002-00000003.npz", **more)
    run = opened(everyone, own_store)
    assert same(first, asked(everyone, run))
    assert "holds other sums than the other blocks" in run.notes[0]


def test_a_damaged_block_on_a_store_that_cannot_be_written_costs_its_replications_not_the_answer(
    everyone: list[Loaded], own_store: Path, ran: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked(everyone, opened(everyone, own_store))
    folder = opened(everyone, own_store).folder / "blocks"
    (folder / "00000002-00000003.npz").write_bytes(b"half")
    ran.clear()

    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    for name in ("replace", "mkdir", "unlink"):
        monkeypatch.setattr(Path, name, read_only)
    monkeypatch.setattr(module, "write_block", read_only)
    run = opened(everyone, own_store)
    assert same(first, asked(everyone, run))
    assert sorted(ran) == [2, 3]
    told = [note for note in run.notes if "00000002" in note]
    assert len(told) == 1
    assert "is damaged, or belongs elsewhere; it cannot be set aside (Read-only file system)" in told[0]


def test_a_block_that_may_not_be_read_costs_its_replications_not_the_answer(
    everyone: list[Loaded], own_store: Path
) -> None:
    first = asked(everyone, opened(everyone, own_store))
    block = opened(everyone, own_store).folder / "blocks" / "00000002-00000003.npz"
    block.unlink()
    block.mkdir()  # cannot be read as a file by anybody, whatever rights they have
    run = opened(everyone, own_store)
    assert same(first, asked(everyone, run))
    assert "cannot be read" in run.notes[0]


def test_a_run_is_opened_again_as_it_was_asked(everyone: list[Loaded], own_store: Path) -> None:
    answer = asked(everyone, opened(everyone, own_store))
    run = reopened(find(own_store, "last"))
    assert [one.fingerprint for one in run.everyone] == [one.fingerprint for one in everyone]
    assert same(answer, asked(list(run.everyone), run))


def test_an_answer_is_kept_as_it_was_printed(everyone: list[Loaded], own_store: Path) -> None:
    run = opened(everyone, own_store)
    asked(everyone, run)
    with pytest.raises(NoRunError, match="was broken off before there was an answer"):
        printed(find(own_store, "last"))
    run.finish({"answer": 42}, "forty-two")
    text, shape = printed(find(own_store, "last"))
    assert text == "forty-two"
    assert json.loads(shape) == {"answer": 42}


def test_shares_run_in_several_places_are_put_together(everyone: list[Loaded], tmp_path: Path) -> None:
    places = [tmp_path / f"place{number}" for number in range(3)]
    scenarios = [loaded.scenario for loaded in everyone]
    for number, place in enumerate(places):
        fill(scenarios, SETTINGS, range(2 * number, 2 * number + 2), opened(everyone, place))
    (run,) = merged(places, tmp_path / "all")
    assert {file.name for file in (run.folder / "blocks").iterdir()} == {
        f"{first:08d}-{first + 1:08d}.npz" for first in (0, 2, 4)
    }
    assert same(asked(everyone, opened(everyone, tmp_path / "all")), asked(everyone, None))
    (alone,) = merged([run.folder], tmp_path / "all")  # a run's folder will do, and again changes nothing
    assert alone.folder == run.folder
    with pytest.raises(NoRunError, match="holds no run"):
        merged([tmp_path], tmp_path / "all")


def test_the_store_is_where_the_system_keeps_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(module.STORE_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_store() == tmp_path / "peerstay" / "runs"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert default_store() == tmp_path / ".local" / "share" / "peerstay" / "runs"


DRIVER = """
import sys
from dataclasses import replace
from pathlib import Path
from sim.runs import blocks
from sim.runs.answer import ask
from sim.runs.replicate import Settings
from sim.runs.store import open_run
from sim.scenario.files import load
if __name__ == "__main__":
    blocks.POSTS_AT_ONCE = 10
    everyone = [load(path) for path in sys.argv[2:]]
    settings = Settings(120, 5, jobs=1)
    settings = replace(settings, progress=lambda done, _: print(done, flush=True))
    ask(everyone[0], everyone[1:], settings, kept=open_run(Path(sys.argv[1]), everyone, settings))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("jobs", "ends"), [(1, KILLS), (2, KILLS // 2)])
def test_a_run_ended_by_force_again_and_again_loses_nothing_and_ends_as_if_never_ended(
    everyone: list[Loaded], tmp_path: Path, jobs: int, ends: int
) -> None:
    script, store = tmp_path / "driver.py", tmp_path / "runs"
    script.write_text(DRIVER.replace("jobs=1", f"jobs={jobs}"))
    command = [sys.executable, str(script), str(store), *(str(one.path) for one in everyone)]
    kept = 0
    for number in range(ends):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout is not None
            done = [int(run.stdout.readline()) for _ in range(1 + number % 4)]
            time.sleep(0.002 * (number % 7))
            run.send_signal(signal.SIGKILL)
        run_now = opened(everyone, store, 120)
        now = sum(len(piece.numbers) for piece in run_now.pieces())
        assert not run_now.notes
        assert now >= max(kept, done[-1])  # nothing that was told to be done is lost
        kept = now
    assert 0 < kept < 120
    answer = asked(everyone, opened(everyone, store, 120), Settings(120, 5, jobs=1))
    assert same(answer, asked(everyone, None, Settings(120, 5, jobs=1)))
    assert sum(len(piece.numbers) for piece in opened(everyone, store, 120).pieces()) == 120  # each once


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_a_file_may_be_read_by_whom_the_users_own_files_allow(tmp_path: Path) -> None:
    files_module.write_whole(tmp_path / "ours", b"")
    (tmp_path / "theirs").write_bytes(b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "theirs").stat().st_mode

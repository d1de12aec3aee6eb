"""Keep what was run: a folder for each question, named by what it holds, blocks in it as they are done.

    <store>/<key>/question.json      who was asked, with which versions and seed
    <store>/<key>/scenarios/*.toml   every scenario as a file that runs by itself
    <store>/<key>/blocks/*.npz       sums of some replications, written whole or not at all
    <store>/<key>/answer.json, .txt  the last answer as it was printed
    <store>/<key>/set-aside/         files that are damaged or belong elsewhere

The key is a digest of scenarios, seed, model, data and numpy (`identity.question_key`), so a folder never mixes results
that could differ; replications are left out, so more of them extend it. A run that is broken off goes on from its
blocks.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sim.experiment.answer import case_names, in_all
from sim.experiment.blocks import Piece
from sim.experiment.files import FORGOTTEN_SECONDS, PARTIAL, BlockError, read_block, write_block, write_whole
from sim.experiment.identity import question_key, versions
from sim.experiment.replicate import Settings
from sim.experiment.toml import written
from sim.scenario.files import Loaded, load
from sim.scenario.timeline import plans

QUESTION, ANSWER, TEXT = "question.json", "answer.json", "answer.txt"
BLOCKS, SCENARIOS, ASIDE = "blocks", "scenarios", "set-aside"
PROGRAM: Final = "peerstay"
STORE_VARIABLE: Final = "PEERSTAY_STORE"


def default_store() -> Path:
    """Return where runs are kept when nobody says: PEERSTAY_STORE, or the place the system has for a program's data."""
    said = os.environ.get(STORE_VARIABLE)
    if said:
        return Path(said)
    home = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / PROGRAM / "runs"


def holds_a_roster(everyone: Sequence[Loaded]) -> bool:
    """Say whether a scenario lists people; those are kept only where the user says."""
    return any(
        tables.posts.roster for loaded in everyone for plan in plans(loaded.scenario) for _, tables in plan.epochs
    )


@dataclass
class Run:
    """Keep the blocks of one question in its folder; pass it to `replicate` as `kept`."""

    folder: Path
    everyone: tuple[Loaded, ...]
    seed: int
    replications: int  # asked for last
    command: str = ""
    loop_off: bool = False
    notes: list[str] = field(default_factory=list)  # what went wrong with files, for the user
    _pieces: dict[range, Piece] = field(default_factory=dict)
    _broken: bool = False

    @property
    def scenarios(self) -> list[Loaded]:
        """Return every scenario that is run."""
        return in_all(self.everyone, loop_off=self.loop_off)

    @property
    def key(self) -> str:
        """Return the question's key."""
        return self.folder.name

    def pieces(self) -> list[Piece]:
        """Return every block that is kept; files that are damaged or foreign are set aside."""
        folder = self.folder / BLOCKS
        for file in sorted(folder.glob("*.npz")) if folder.is_dir() else ():
            if _numbers(file) not in self._pieces:
                self._take(file)
        return list(self._pieces.values())

    def put(self, piece: Piece) -> None:
        """Keep what came of a block; when the disk will not have it, in memory only, and say so once."""
        self._pieces[piece.numbers] = piece.light()
        if self._broken:
            return
        try:
            self._introduce()
            write_block(self.folder / BLOCKS / _name(piece.numbers), self.key, piece)
        except OSError as fault:
            self._broken = True
            self.notes.append(f"{self.folder}: {fault.strerror or fault}: what follows is not kept on disk")

    def finish(self, shape: Mapping[str, Any], text: str) -> None:
        """Keep the answer as it was printed."""
        if self._broken:
            return
        try:
            self._introduce()
            write_whole(self.folder / ANSWER, (json.dumps(shape, indent=2, ensure_ascii=False) + "\n").encode())
            write_whole(self.folder / TEXT, (text + "\n").encode())
        except OSError as fault:
            self.notes.append(f"{self.folder}: {fault.strerror or fault}: the answer is not kept on disk")

    @property
    def lost(self) -> bool:
        """Say whether a block could not be written."""
        return self._broken

    def _take(self, file: Path) -> None:
        try:
            piece = read_block(file, self.key, len(self.scenarios))
            if _name(piece.numbers) != file.name:
                raise BlockError(f"holds other replications than its name says: {_name(piece.numbers)}")
        except BlockError as fault:
            self._set_aside(file, str(fault))
        except FileNotFoundError:
            pass  # somebody else has set it aside meanwhile
        else:
            self._pieces[piece.numbers] = piece

    def _set_aside(self, file: Path, why: str) -> None:
        aside = self.folder / ASIDE / f"{time.time_ns()}-{file.name}"
        self.notes.append(f"{file}: {why}; set aside as {ASIDE}/{aside.name}, its replications are run again")
        aside.parent.mkdir(exist_ok=True)
        file.replace(aside)

    def _introduce(self) -> None:
        """Write who is asked, before the first block and when more is asked."""
        (self.folder / BLOCKS).mkdir(parents=True, exist_ok=True)
        _forget_partials(self.folder)
        question = _question(self)
        if _read_json(self.folder / QUESTION).get("replications") == self.replications:
            return
        (self.folder / SCENARIOS).mkdir(exist_ok=True)
        for name, loaded in zip(case_names(self.everyone), self.everyone, strict=True):
            write_whole(self.folder / SCENARIOS / f"{name}.toml", written(loaded.raw).encode())
        write_whole(self.folder / QUESTION, (json.dumps(question, indent=2, ensure_ascii=False) + "\n").encode())


def open_run(
    store: Path, everyone: Sequence[Loaded], settings: Settings, command: str = "", *, loop_off: bool = False
) -> Run:
    """Return the run of a question in a store, new or begun before; nothing is written yet."""
    scenarios = [loaded.scenario for loaded in in_all(everyone, loop_off=loop_off)]
    key = question_key(scenarios, settings.seed)
    return Run(store / key, tuple(everyone), settings.seed, settings.replications, command, loop_off)


def _question(run: Run) -> dict[str, Any]:
    names = case_names(run.everyone)
    return {
        "program": PROGRAM,
        "key": run.key,
        **versions(),
        "seed": run.seed,
        "replications": run.replications,
        "loop_off": run.loop_off,
        "months": run.everyone[0].scenario.horizon.months,
        "scenarios": [
            {"name": name, "title": loaded.scenario.title or name, "fingerprint": loaded.fingerprint}
            for name, loaded in zip(names, run.everyone, strict=True)
        ],
        "asked": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": run.command,
    }


# what is in a store ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """Describe one run of a store without reading its blocks."""

    folder: Path
    question: dict[str, Any]
    kept: int  # replications, by the names of the blocks
    size: int  # bytes

    @property
    def current(self) -> bool:
        """Say whether this version of the program would give the same bits."""
        return all(self.question.get(name) == value for name, value in versions().items())


class NoRunError(OSError):
    """No run, or more than one, answers to what the user said."""


def entries(store: Path) -> list[Entry]:
    """Return the runs of a store, the one asked last first."""
    found = [_entry(folder) for folder in sorted(store.iterdir())] if store.is_dir() else []
    return sorted((one for one in found if one is not None), key=lambda one: one.question["asked"], reverse=True)


def find(store: Path, beginning: str) -> Entry:
    """Return the run whose key begins so; `last` is the one asked last.

    Raises:
        NoRunError: when there is none, or more than one.
    """
    known = entries(store)
    found = known[:1] if beginning == "last" else [one for one in known if one.folder.name.startswith(beginning)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NoRunError(f"{beginning}: {len(found)} runs begin so: {', '.join(one.folder.name for one in found)}")
    raise NoRunError(f"{beginning}: no such run in {store}; `peerstay runs` lists them")


def reopened(entry: Entry) -> Run:
    """Return a run as it was asked, ready to be read or extended.

    Raises:
        NoRunError: when it was made by another version, which would give other numbers.
        ScenarioError: when its scenarios have become faulty.
    """
    question = entry.question
    if not entry.current:
        ours = versions()
        unlike = [name for name in ours if question.get(name) != ours[name]]
        told = ", ".join(f"{name} {question.get(name)}, now {ours[name]}" for name in unlike)
        raise NoRunError(f"{entry.folder.name}: was made by another peerstay ({told}); ask again for its new answer")
    everyone = [load(entry.folder / SCENARIOS / f"{one['name']}.toml") for one in question["scenarios"]]
    asked = (question[name] for name in ("seed", "replications", "command", "loop_off"))
    return Run(entry.folder, tuple(everyone), *asked)


def merged(stores: Sequence[Path], into: Path) -> list[Run]:
    """Take over the blocks of all runs in some stores, or run folders, and return the runs they belong to.

    Raises:
        NoRunError: when a folder holds no run, or one made by another version.
    """
    found = [entry for store in stores for entry in _runs_in(store)]
    runs: dict[str, Run] = {}
    for entry in found:
        theirs = reopened(entry)
        ours = runs.setdefault(theirs.key, replace(theirs, folder=into / theirs.key, notes=[], _pieces={}))
        there = {piece.numbers for piece in ours.pieces()}
        for piece in theirs.pieces():
            if piece.numbers not in there:
                ours.put(piece)
        ours.notes += theirs.notes
    return list(runs.values())


def _runs_in(store: Path) -> list[Entry]:
    alone = _entry(store)
    found = [alone] if alone else entries(store)
    if not found:
        raise NoRunError(f"{store}: holds no run")
    return found


def printed(entry: Entry) -> tuple[str, str]:
    """Return the last answer as it was printed, as text and as JSON.

    Raises:
        NoRunError: when it was broken off before there was one.
    """
    try:
        text, shape = ((entry.folder / name).read_text(encoding="utf-8") for name in (TEXT, ANSWER))
    except FileNotFoundError as fault:
        raise NoRunError(f"{entry.folder.name}: was broken off before there was an answer") from fault
    return text.rstrip("\n"), shape.rstrip("\n")


def _entry(folder: Path) -> Entry | None:
    question = _read_json(folder / QUESTION)
    if question.get("program") != PROGRAM or question.get("key") != folder.name:
        return None
    blocks = list((folder / BLOCKS).glob("*.npz"))
    kept = len({number for file in blocks for number in _numbers(file) or ()})
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Entry(folder, question, kept, size)


def _read_json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _name(numbers: range) -> str:
    return f"{numbers.start:08d}-{numbers.stop - 1:08d}.npz"


def _numbers(file: Path) -> range | None:
    first, _, last = file.stem.partition("-")
    return range(int(first), int(last) + 1) if first.isdigit() and last.isdigit() else None


def _forget_partials(folder: Path) -> None:
    """Remove what a run that was ended by force left half-written, long after it can still be at it."""
    for file in folder.rglob(f"*{PARTIAL}"):
        if time.time() - file.stat().st_mtime > FORGOTTEN_SECONDS:
            file.unlink(missing_ok=True)

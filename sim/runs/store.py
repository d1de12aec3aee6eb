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
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sim.runs.answer import case_names, in_all
from sim.runs.identity import question_key, versions
from sim.runs.pieces import Piece
from sim.runs.replicate import Settings, drawing
from sim.runs.safe_files import FORGOTTEN_SECONDS, PARTIAL, BlockError, read_block, read_whole, write_block, write_whole
from sim.runs.toml import written
from sim.scenario.files import Loaded
from sim.scenario.timeline import plans

QUESTION, ANSWER, TEXT = "question.json", "answer.json", "answer.txt"
BLOCKS, SCENARIOS, ASIDE = "blocks", "scenarios", "set-aside"
MOST_JSON: Final = 10_000_000  # bytes of what a run says of itself
PROGRAM: Final = "peerstay"
NUMBER: Final = r"[0-9]{8,12}"  # of a replication, in the name of a block
STORE_VARIABLE: Final = "PEERSTAY_STORE"


def default_store() -> Path:
    """Return where runs are kept when nobody says: PEERSTAY_STORE, or the place the system has for a program's data."""
    said = os.environ.get(STORE_VARIABLE)
    if said:
        return Path(said)
    home = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / PROGRAM / "runs"


def holds_a_roster(everyone: Sequence[Loaded]) -> bool:
    """Whether a scenario lists people; those are kept only where the user says so."""
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
    unknowns: bool = False
    notes: list[str] = field(default_factory=list)  # what went wrong with files, for the user
    _pieces: dict[range, Piece] = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)  # files that stay where they are, since they cannot be set aside
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
            if numbers_of(file) not in self._pieces and file.name not in self._refused:
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
        """Keep the answer as it was printed, and that it was asked now."""
        if self._broken:
            return
        try:
            self._introduce(anew=True)
            write_whole(self.folder / ANSWER, (json.dumps(shape, indent=2, ensure_ascii=False) + "\n").encode())
            write_whole(self.folder / TEXT, (text + "\n").encode())
        except OSError as fault:
            self.notes.append(f"{self.folder}: {fault.strerror or fault}: the answer is not kept on disk")

    @property
    def lost(self) -> bool:
        """Whether a block could not be written."""
        return self._broken

    def _take(self, file: Path) -> None:
        try:
            piece = read_block(file, self.key, len(self.scenarios))
            if _name(piece.numbers) != file.name:
                raise BlockError(f"holds other replications than its name says: {_name(piece.numbers)}")
            if any(_kinds(piece) != _kinds(other) for other in self._pieces.values()):
                raise BlockError("holds other sums than the other blocks")
        except BlockError as fault:
            self._set_aside(file, str(fault))
        except FileNotFoundError:
            pass  # somebody else has set it aside meanwhile
        except OSError as fault:
            self._refuse(file, f"cannot be read ({fault.strerror or fault})")
        else:
            self._pieces[piece.numbers] = piece

    def _set_aside(self, file: Path, why: str) -> None:
        aside = self.folder / ASIDE / f"{time.time_ns()}-{file.name}"
        try:
            aside.parent.mkdir(exist_ok=True)
            file.replace(aside)
        except OSError as fault:
            self._refuse(file, f"{why}; it cannot be set aside ({fault.strerror or fault})")
        else:
            self.notes.append(f"{file}: {why}; set aside as {ASIDE}/{aside.name}, its replications count as not run")

    def _refuse(self, file: Path, why: str) -> None:
        self._refused.add(file.name)
        self.notes.append(f"{file}: {why}; its replications count as not run")

    def _introduce(self, *, anew: bool = False) -> None:
        """Write who is asked, before the first block and when it is asked anew or otherwise."""
        (self.folder / BLOCKS).mkdir(parents=True, exist_ok=True)
        _forget_partials(self.folder)
        question = _question(self)
        if not anew and {**read_json(self.folder / QUESTION), "asked": question["asked"]} == question:
            return
        (self.folder / SCENARIOS).mkdir(exist_ok=True)
        for name, loaded in zip(case_names(self.everyone), self.everyone, strict=True):
            write_whole(self.folder / SCENARIOS / f"{name}.toml", written(loaded.raw).encode())
        write_whole(self.folder / QUESTION, (json.dumps(question, indent=2, ensure_ascii=False) + "\n").encode())


def open_run(
    store: Path, everyone: Sequence[Loaded], settings: Settings, command: str = "", *, loop_off: bool = False
) -> Run:
    """Return the run of a question in a store, new or begun before; nothing is written yet."""
    everybody = in_all(everyone, loop_off=loop_off)
    key = question_key([loaded.scenario for loaded in everybody], settings.seed, drawing(settings, everybody).futures)
    unknowns = settings.unknowns
    return Run(store / key, tuple(everyone), settings.seed, settings.replications, command, loop_off, unknowns)


def _question(run: Run) -> dict[str, Any]:
    names = case_names(run.everyone)
    return {
        "program": PROGRAM,
        "key": run.key,
        **versions(),
        "seed": run.seed,
        "replications": run.replications,
        "loop_off": run.loop_off,
        "unknowns": run.unknowns,
        "months": run.everyone[0].scenario.horizon.months,
        "scenarios": [
            {"name": name, "title": loaded.scenario.title or name, "fingerprint": loaded.fingerprint}
            for name, loaded in zip(names, run.everyone, strict=True)
        ],
        "asked": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "command": run.command,
    }


def read_json(file: Path) -> dict[str, Any]:
    """Return a table from a file; empty when it is no such file."""
    try:
        found = json.loads(read_whole(file, MOST_JSON).decode())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _kinds(piece: Piece) -> list[tuple[str, tuple[int, ...]]]:
    """Return which sums a block holds, and how wide each is."""
    return [(name, values.shape[1:]) for own in piece.sums for name, values in sorted(own.items())]


def _name(numbers: range) -> str:
    return f"{numbers.start:08d}-{numbers.stop - 1:08d}.npz"


def numbers_of(file: Path) -> range | None:
    """Return the replications that a block's name tells of."""
    first, _, last = file.stem.partition("-")
    return range(int(first), int(last) + 1) if re.fullmatch(NUMBER, first) and re.fullmatch(NUMBER, last) else None


def _forget_partials(folder: Path) -> None:
    """Remove what a run that was ended by force left half-written, long after it can still be at it."""
    for file in folder.rglob(f"*{PARTIAL}"):
        if time.time() - file.stat().st_mtime > FORGOTTEN_SECONDS:
            file.unlink(missing_ok=True)

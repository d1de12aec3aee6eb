"""List what a store holds, find a run, open it again, and put together what was run in several places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.experiment.identity import versions
from sim.experiment.runs import ANSWER, BLOCKS, PROGRAM, QUESTION, SCENARIOS, TEXT, Run, numbers_of, read_json
from sim.scenario.files import load


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
    question = read_json(folder / QUESTION)
    if question.get("program") != PROGRAM or question.get("key") != folder.name:
        return None
    blocks = list((folder / BLOCKS).glob("*.npz"))
    kept = len({number for file in blocks for number in numbers_of(file) or ()})
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Entry(folder, question, kept, size)

"""List what a store holds, find a run, open it again, and put together what was run in several places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.runs.identity import versions
from sim.runs.pieces import missing
from sim.runs.safe_files import read_whole
from sim.runs.store import ANSWER, BLOCKS, PROGRAM, QUESTION, SCENARIOS, TEXT, Run, numbers_of, read_json
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
        """Whether this version of the program would give the same bits."""
        return all(self.question.get(name) == value for name, value in versions().items())


class NoRunError(OSError):
    """No run, or more than one, answers to what the user said."""


@dataclass(frozen=True)
class Damaged:
    """Name a folder that was a run and cannot be read as one, and say why."""

    folder: Path
    why: str


def entries(store: Path) -> list[Entry]:
    """Return the runs of a store that can be read, the one asked last first."""
    found = [one for one in _looked_through(store) if isinstance(one, Entry)]
    return sorted(found, key=lambda one: one.question["asked"], reverse=True)


def damaged(store: Path) -> list[Damaged]:
    """Return the folders of a store that were runs and cannot be read: they cost nobody else anything."""
    return [one for one in _looked_through(store) if isinstance(one, Damaged)]


def _looked_through(store: Path) -> Iterator[Entry | Damaged | None]:
    for folder in sorted(store.iterdir()) if store.is_dir() else ():
        try:
            yield _entry(folder)
        except ValidationError as fault:
            wrong = fault.errors()[0]
            yield Damaged(folder, f"{QUESTION}: {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}")
        except OSError as fault:
            yield Damaged(folder, fault.strerror or str(fault))


def find(store: Path, beginning: str) -> Entry:
    """Return the run whose key begins so; `last` is the one asked last.

    Raises:
        NoRunError: when there is none, or more than one.
    """
    if not beginning.strip():
        raise NoRunError("an empty ID names no run; `peerstay runs` lists them")
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
    asked = (question[name] for name in ("seed", "replications", "command", "loop_off", "unknowns"))
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
        ours = runs.setdefault(
            theirs.key, replace(theirs, folder=into / theirs.key, notes=[], _pieces={}, _refused=set())
        )
        there = {piece.numbers for piece in ours.pieces()}
        for piece in theirs.pieces():
            if piece.numbers not in there:
                ours.put(piece)
        ours.notes += theirs.notes
    return list(runs.values())


def _runs_in(store: Path) -> list[Entry]:
    try:
        alone = _entry(store)
    except ValidationError as fault:
        raise NoRunError(f"{store}: is a damaged run ({fault.errors()[0]['msg']})") from fault
    found = [alone] if alone else entries(store)
    broken = [] if alone else damaged(store)
    if broken:
        raise NoRunError("\n".join(f"{one.folder}: is a damaged run ({one.why})" for one in broken))
    if not found:
        raise NoRunError(f"{store}: holds no run")
    return found


def printed(entry: Entry) -> tuple[str, str]:
    """Return the last answer as it was printed, as text and as JSON.

    Raises:
        NoRunError: when it was broken off before there was one.
    """
    try:
        text, shape = (read_whole(entry.folder / name).decode() for name in (TEXT, ANSWER))
    except FileNotFoundError as fault:
        raise NoRunError(f"{entry.folder.name}: was broken off before there was an answer") from fault
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or "is not UTF-8 text"
        raise NoRunError(f"{entry.folder.name}: its answer cannot be read ({why})") from fault
    return text.rstrip("\n"), shape.rstrip("\n")


class _Named(BaseModel):
    """What `peerstay runs` needs of a scenario."""

    name: str


class _Question(BaseModel):
    """What a run's question.json has to hold, whichever version wrote it."""

    model_config = ConfigDict(strict=True)
    asked: str
    version: str
    command: str
    seed: int = Field(ge=0, lt=2**63)
    replications: int = Field(ge=1, le=1_000_000)
    loop_off: bool
    unknowns: bool = False
    scenarios: list[_Named] = Field(min_length=1)


def _entry(folder: Path) -> Entry | None:
    """Return the run of a folder; nothing where none ever was.

    Raises:
        ValidationError: when what it says of itself is damaged.
        OSError: when it cannot be read.
    """
    question = read_json(folder / QUESTION)
    known = question.get("program") == PROGRAM and question.get("key") == folder.name
    if not known and not (folder / BLOCKS).is_dir():
        return None
    _Question.model_validate(question)
    if not known:
        raise OSError(f"{QUESTION} is that of another run")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Entry(folder, question, _kept(folder / BLOCKS), size)


def _kept(folder: Path) -> int:
    """How many replications a folder of blocks holds."""
    blocks = [numbers for file in folder.glob("*.npz") if (numbers := numbers_of(file))]
    last = max((one.stop for one in blocks), default=0)
    return last - sum(map(len, missing(range(last), blocks)))

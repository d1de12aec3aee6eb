"""Find what a command or `extends` names: a scenario of the library that comes along, or a file.

A word with a slash in it, or with `.toml` at its end, names a file. Any other word names a scenario of the library, and
so does everything behind `library:`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from sim.evidence.paths import SCENARIOS
from sim.scenario.problems import did_you_mean

PREFIX: Final = "library:"
ENDING: Final = ".toml"
NOTEBOOK: Final = "notebook.toml"  # lies beside scenarios and is none
NAME: Final = re.compile(r"\w[\w-]*(/\w[\w-]*)*", re.ASCII)
FOLDER: Final = "scenarios"  # a folder of this name is one library: its files may extend one another across folders


class NotFollowedError(ValueError):
    """A name leads to no file that may be read: `rule` is what is wrong, `fix` what helps."""

    def __init__(self, rule: str, fix: str = "") -> None:
        super().__init__(rule)
        self.rule, self.fix = rule, fix


def library() -> tuple[str, ...]:
    """Return the names of the library, in their order."""
    return tuple(file.stem for file in scenario_files(SCENARIOS))


def scenario_files(folder: Path, pattern: str = f"*{ENDING}") -> list[Path]:
    """Return the scenarios of a folder, in their order: its TOML files but for a notebook of experiments."""
    return sorted(file for file in folder.glob(pattern) if file.name != NOTEBOOK)


def file_named(said: str) -> tuple[Path, str]:
    """Return the file that a command names, and what messages and answers call it by.

    Raises:
        NotFollowedError: when it names no scenario of the library and no file.
    """
    if said.startswith(PREFIX):
        name = said.removeprefix(PREFIX)
        return _entry(name), said if "/" in name else name
    if _is_file_name(said):
        return Path(said), said
    if said in library():
        return _entry(said), said
    if Path(said).exists():
        return Path(said), said
    raise NotFollowedError("is no scenario of the library", _meant(said))


def shadowed(said: str) -> str | None:
    """Return a file here that has the name of a scenario of the library, when that name was given."""
    file = Path(f"{said}{ENDING}")
    return str(file) if not _is_file_name(said) and said in library() and file.is_file() else None


def home_of(path: Path) -> Path:
    """Return the folder in which everything must lie that a file extends by a relative path."""
    folder = path.resolve().parent
    return next((parent for parent in (folder, *folder.parents) if parent.name == FOLDER), folder)


def _where(target: Path, home: Path | None) -> tuple[bool, bool]:
    """Whether a file lies in a folder, if it has to, and whether it is there."""
    try:
        return home is None or target.resolve().is_relative_to(home), target.is_file()
    except (OSError, ValueError, RuntimeError):  # a circle of links, a name too long or with a character no name has
        raise NotFollowedError("cannot be a file name") from None


def followed(extended: Any, path: Path, home: Path) -> Path:
    """Return the file that another one extends.

    Args:
        extended: what stands behind `extends`.
        path: the file in which it stands.
        home: the folder that a relative path may not leave.

    Raises:
        NotFollowedError: when it may not be followed, or leads nowhere.
    """
    if isinstance(extended, str) and extended.startswith(PREFIX):
        return _entry(extended.removeprefix(PREFIX))
    if not isinstance(extended, str) or not extended.endswith(ENDING):
        raise NotFollowedError('must name one scenario file, for example "base.toml", or "library:pa_fee_for_service"')
    target, absolute = path.parent / extended, Path(extended).is_absolute()
    lies_within, exists = _where(target, None if absolute else home)
    if absolute and _of_the_library(path):
        raise NotFollowedError("a file of the library names files of the library alone")
    if not lies_within:
        raise NotFollowedError(f"must lie in {home.name}/ or below, or be named from the root of the file system")
    if not exists:
        raise NotFollowedError("no such file", nearest_file(target))
    return target


def label_beneath(label: str, extended: str, target: Path) -> str:
    """Return what messages call a file by that one called `label` extends."""
    if extended.startswith(PREFIX) or label.startswith(PREFIX) or not _is_file_name(label):
        return f"{PREFIX}{target.resolve().relative_to(SCENARIOS).with_suffix('').as_posix()}"
    return str(Path(label).parent / extended)


def nearest_file(path: Path) -> str:
    """Return the fix for a file that is not there: the name it was probably meant to have."""
    return did_you_mean(path.name, (file.name for file in path.parent.glob(f"*{ENDING}")))


def _is_file_name(said: str) -> bool:
    return said.endswith(ENDING) or "/" in said or "\\" in said


def _of_the_library(path: Path) -> bool:
    return path.resolve().is_relative_to(SCENARIOS)


def _entry(name: str) -> Path:
    file = SCENARIOS / f"{name}{ENDING}"
    if not NAME.fullmatch(name) or not file.is_file():
        raise NotFollowedError("is no scenario of the library", did_you_mean(name, library()))
    return file


def _meant(said: str) -> str:
    if Path(f"{said}{ENDING}").is_file():
        return f"the file here is {said}{ENDING}"
    return did_you_mean(said, library()) or "`peerstay scenarios` lists them; a file's name ends in .toml"

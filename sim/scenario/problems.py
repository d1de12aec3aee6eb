"""Name what is wrong with a scenario: where, which input, which value, which rule, and what to do."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]  # the address inside the file: keys of tables, numbers in lists

MOST_PROBLEMS = 200
LONGEST_VALUE = 60
LONGEST_WORD = 80  # of a word that is compared with known ones
SHORTEST_PART = 4  # of a word that may be a part of the one meant


NOTHING: Any = object()  # the value of an input that is missing, or of a fault between several


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at an address, before it is known on which line that stands."""

    path: Path
    value: Any
    rule: str
    fix: str = ""
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, or one warning; `str` gives `file:line: path = value: rule; fix`."""

    file: str
    line: int | None
    path: str
    value: str | None
    rule: str
    fix: str = ""
    severity: Severity = "error"

    def __post_init__(self) -> None:
        """Write out what a terminal would obey, wherever a user's words got into it."""
        for name in ("file", "path", "value", "rule", "fix"):
            text = getattr(self, name)
            if text is not None and not text.isprintable():
                object.__setattr__(self, name, printable(text))

    def __str__(self) -> str:
        """Write the problem on one line."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        what = self.path if self.value is None else f"{self.path} = {self.value}"
        rule = f"{self.rule}; {self.fix}" if self.fix else self.rule
        return ": ".join(part for part in (where, what, rule) if part)


class ScenarioError(ValueError):
    """A scenario breaks rules; `problems` holds every one of them, and the warnings."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems if problem.severity == "error"))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...]]]:
        """Keep the problems when the error comes from another process."""
        return type(self), (self.problems,)


def shown(value: Any) -> str:
    """Return a value as a file would write it, short and printable."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (
        ValueError,
        TypeError,
        RecursionError,
    ):  # a number with thousands of digits, a key that is no text
        text = f"({type(value).__name__})"
    text = printable(text[: LONGEST_VALUE + 1])
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def printable(text: str) -> str:
    """Return a text with what a terminal would obey, not print, written out."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def dotted(path: Sequence[str | int]) -> str:
    """Return an address as text: `funding.medicaid.rate_usd_per_unit`, `change[0].at`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{key_shown(part)}"
    return text.lstrip(".")


def key_shown(key: str) -> str:
    """Return a key, in quotes where it holds anything but letters, digits, _ - < >."""
    plain = key.replace("_", "").replace("-", "").replace("<", "").replace(">", "")
    return key if plain.isalnum() else shown(key)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean …?` for a known word that begins so, the nearest, or one with it inside; or nothing."""
    names = list(known)
    long = len(word) >= SHORTEST_PART
    begins = [name for name in names if long and name.startswith(word)]
    near = difflib.get_close_matches(word[:LONGEST_WORD], names, n=1, cutoff=0.6)
    within = [name for name in names if long and word in name]
    found = begins or near or within
    return f"did you mean {found[0]}?" if found else ""

"""Read alternatives that are typed instead of filed: `NAME: PATH=VALUE@YYYY-MM`, those of one name together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from sim.scenario.patch import nested
from sim.scenario.problems import Problem, ScenarioError, printable
from sim.scenario.read.layers import Layer, setting

OPTION: Final = "--with"
UNNAMED: Final = "what_if"  # what the alternative without a name is called
LONGEST: Final = 120  # of what was typed, in a message
WITH_NAME: Final = re.compile(r"([^=:]*):(.*)", re.DOTALL)
NAME: Final = re.compile(r"\w(?:[\w .,%+()-]{0,58}[\w%+)])?")  # may be that of a file, everywhere
WITH_DATE: Final = re.compile(r"(.*?)\s*@\s*(\d[\d-]*)\s*", re.DOTALL)


class Asked(str):
    """An assignment that another option stands for, which messages name as it was typed: `--wage 25`."""

    __slots__ = ("option",)
    option: str

    def __new__(cls, text: str, option: str = OPTION) -> Self:
        """Return the assignment, with the option and its value as they were typed."""
        made = super().__new__(cls, text)
        made.option = option
        return made


@dataclass(frozen=True)
class Assignment:
    """One `NAME: PATH=VALUE@YYYY-MM` as it was typed, and the layer that it makes."""

    name: str
    text: str
    said: str  # without the name
    address: str
    date: str  # empty: from the first day
    layer: Layer


@dataclass(frozen=True)
class WhatIf:
    """One alternative that was typed."""

    name: str
    assignments: tuple[Assignment, ...]

    @property
    def named(self) -> bool:
        """Whether the user gave it a name."""
        return self.name != UNNAMED

    @property
    def label(self) -> str:
        """Return what messages call it by."""
        return " ".join(called(one.text) for one in self.assignments)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Return what lies over the base's files."""
        return tuple(one.layer for one in self.assignments)


def what_ifs(texts: Iterable[str]) -> tuple[tuple[WhatIf, ...], list[Problem]]:
    """Return the alternatives that are typed, in the order of their first assignments, and what is wrong with them.

    What cannot be read is left out of them, so that what is wrong with the rest can be told with it.
    """
    problems: list[Problem] = []
    typed: list[Assignment] = []
    for text in texts:
        try:
            typed.append(_assignment(text))
        except ScenarioError as fault:
            problems += fault.problems
    problems += _contradictions(typed)
    by_name: dict[str, list[Assignment]] = {}
    for one in typed:
        by_name.setdefault(one.name, []).append(one)
    return tuple(WhatIf(name, tuple(own)) for name, own in by_name.items()), problems


def typed_as(name: str, texts: Iterable[str]) -> WhatIf:
    """Return the alternative that somebody would type under a name."""
    (found,), _ = what_ifs(text if name == UNNAMED else f"{name}: {text}" for text in texts)
    return found


def called(text: str) -> str:
    """Return what messages call an assignment by: `--with pay.wage_usd_per_hour=34`."""
    if isinstance(text, Asked):
        return printable(text.option)
    told = printable(" ".join(text.split()))
    return f"{OPTION} {told if len(told) <= LONGEST else f'{told[: LONGEST - 1]}…'}"


def _assignment(text: str) -> Assignment:
    label, found = called(text), WITH_NAME.fullmatch(text)
    name, rest = (found[1].strip(), found[2]) if found else (UNNAMED, text)
    if not NAME.fullmatch(name):
        rule = "the name before the colon may have at most 60 letters, digits, spaces and . , % + - ( )"
        raise ScenarioError([Problem(label, None, "", None, rule, f'for example {OPTION} "raise: PATH=VALUE"')])
    dated = WITH_DATE.fullmatch(rest)
    said, date = (dated[1], dated[2]) if dated else (rest, "")
    path, value = setting(said, label)
    if not date:
        return Assignment(name, text, rest.strip(), ".".join(path), "", Layer(label, nested(path, value)))
    change = {"at": date, "set": {".".join(path): value}}
    return Assignment(name, text, rest.strip(), ".".join(path), date, Layer(label, {"change": [change]}, adds=True))


def _contradictions(typed: Iterable[Assignment]) -> Iterator[Problem]:
    """Yield what sets an input of an alternative again, and names that differ only in capitals."""
    seen: dict[tuple[str, str, str], Assignment] = {}
    names: dict[str, str] = {}
    for one in typed:
        key = (one.name, one.address, one.date)
        if key in seen:
            rule = f"{one.address} is set twice in one alternative ({called(seen[key].text)})"
            fix = f'for two alternatives name them: {OPTION} "a: PATH=VALUE" {OPTION} "b: PATH=VALUE"'
            yield Problem(called(one.text), None, "", None, rule, fix)
        seen.setdefault(key, one)
        first = names.setdefault(one.name.lower(), one.name)
        if first != one.name:
            rule = f"{one.name} and {first} differ only in capitals"
            yield Problem(called(one.text), None, "", None, rule, "spell the name the same way, or choose another")

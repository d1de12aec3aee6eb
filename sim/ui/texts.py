"""Read the page's longer texts and its glossary, and make any text safe to show as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sim.evidence.paths import GLOSSARY
from sim.scenario.problems import Problem
from sim.words.inputs import name_in_words
from sim.words.layout import capitalized

FOLDER: Final = Path(__file__).parent / "wording"
SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&:])")
CELLS: Final = re.compile(r"(?<!\\)\|")
HEADING: Final = 2  # lines
LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")


@cache
def wording(name: str) -> str:
    """Return one text of the folder wording/."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line: a dollar starts no formula, a name no link."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def bullets(items: list[str]) -> str:
    """Return plain items as a list."""
    return "\n".join(f"- {plain(item)}" for item in items)


def problem_in_words(problem: Problem) -> str:
    """Return what is wrong as Markdown: input, value, rule, fix."""
    name = f"**{plain(name_in_words(problem.path.split('.')))}**" if problem.path else ""
    value = "" if problem.value is None else f" = {plain(problem.value)}"
    rule = plain(problem.rule)
    told = f"{name}{value}: {rule}" if name else capitalized(rule)
    return f"{told}. {_sentence(problem.fix)}" if problem.fix else f"{told}."


def _sentence(fix: str) -> str:
    """Return how to mend it as a sentence; an input's address that it begins with stays as it is."""
    begins, end = fix.partition(" ")[0], "" if fix.endswith((".", "?", "!")) else "."
    return plain((fix if {".", "_"} & set(begins) else capitalized(fix)) + end)


# the glossary --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """A term, its name in files and on the command line, and what it means."""

    section: str
    term: str
    name: str
    meaning: str

    def has(self, search: str) -> bool:
        """Whether all words of a search occur in this entry."""
        told = f"{self.term} {self.name} {self.meaning}".casefold()
        return all(word in told for word in search.casefold().split())


@cache
def glossary(file: Path = GLOSSARY) -> tuple[Word, ...]:
    """Return all words of the glossary, in its order."""
    return tuple(_words(file.read_text(encoding="utf-8")))


def _words(text: str) -> Iterator[Word]:
    """Yield the rows of the tables, without their headings."""
    section, rows = "", 0
    for line in text.splitlines():
        if line.startswith("## "):
            section, rows = line.removeprefix("## "), 0
        elif line.startswith("|"):
            rows += 1
            if rows > HEADING:
                term, name, meaning = (_bare(cell) for cell in CELLS.split(line)[1:-1])
                yield Word(section, term, name, meaning)


def _bare(cell: str) -> str:
    return LINK.sub(r"\1", cell).replace("`", "").replace("\\|", "|").strip()


def in_markdown(word: Word) -> tuple[str, str]:
    """Return a word with its name, and its meaning, as Markdown."""
    name = f"  \n{plain(word.name)}" if word.name and word.name != word.term else ""
    return f"**{plain(word.term)}**{name}", plain(word.meaning)

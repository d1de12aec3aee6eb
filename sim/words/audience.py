"""How to ask for more and how things are named: by address too on the command line, in words on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.results.measures.table import label_of
from sim.runs.futures.unknowns import Unknown
from sim.words.inputs import NAMED, name_in_words
from sim.words.layout import name_of_key

BASE: Final = "base"  # what the page calls the file of the base


@dataclass(frozen=True)
class Ways:
    """The wording for one place where answers are read; `keyed` also gives the addresses of inputs and results."""

    keyed: bool
    seed: str
    paid: str
    balance: str
    prefer: str
    compared: str
    chance: str

    def scenario(self, name: str) -> str:
        """Return what a scenario is called inside a sentence."""
        if self.keyed:
            return name
        return f"the {BASE}" if name == BASE else name.replace("_", " ")

    def input(self, path: str) -> str:
        """Return what an input is called inside a sentence."""
        words = f'"{_lower(name_in_words(path.split(".")))}"'
        return f"{words} ({path})" if self.keyed else words

    def unknown(self, one: Unknown) -> str:
        """Return what an assumption is called inside a sentence."""
        words = f'"{_lower(unknown_words(one))}"'
        return f"{words} ({one.path})" if self.keyed else words

    def result(self, key: str) -> str:
        """Return what a result is called inside a sentence."""
        words = f'"{_lower(label_of(key))}"'
        return f"{words} ({key})" if self.keyed else words


COMMANDS: Final = Ways(
    keyed=True,
    seed="another --seed",
    paid="--set rules.enforce=false asks what mixes do if they are paid for",
    balance="; name another input with --balance",
    prefer="add --prefer less or --prefer more",
    compared="`peerstay compare` shows",
    chance="--with-chance 0.9",
)
PAGE: Final = Ways(
    keyed=False,
    seed="another seed",
    paid="tick “Ask what mixes do if they are paid for”",
    balance="",
    prefer="so none is called the best",
    compared="the page Compare shows",
    chance="“in 90 % of projected futures” under “How surely”",
)


def unknown_words(one: Unknown, grade: str = "") -> str:
    """Return what an assumption is called on its card; a source or rung is named too, and its grade if given."""
    parts = one.path.split(".")
    own = name_of_key(parts[1]) if parts[0] in NAMED and len(parts) > 2 else ""
    words = name_in_words(parts) if parts[0] == "effects" else one.title.partition(";")[0]
    behind = ", ".join(part for part in (own, grade) if part)
    return f"{words} ({behind})" if behind else words


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

"""Find what a name stands for: an input as typed in a scenario, an evidence key, an effect, a measure, a source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.evidence.sources import load_sources
from sim.evidence.tables import EvidenceError, did_you_mean
from sim.model.rules.turnover import CAUSES, DESTINATIONS
from sim.questions.compare.assumptions import effect_in_words
from sim.results.measures.measure import REPLACING
from sim.results.measures.table import MEASURES
from sim.scenario.describe import Input, inputs

What = Literal["input", "effect", "measure", "source", "choice"]
EFFECT_ROWS = "effects"
PARTS = MappingProxyType({"cause": CAUSES, "destination": DESTINATIONS, "cost": REPLACING})
OWN_NAMES = ("household", "rung")  # of the parts of a measure
_INDEX = re.compile(r"\[\d*\]|\.\d+(?=\.|$)")  # of an item of a list: payments[0].usd, payments.0.usd
_LONGEST = 80  # of a name that is compared with known ones


@dataclass(frozen=True)
class Found:
    """What was asked for: which kind of thing, its key, and the inputs that the words named."""

    asked: str
    what: What
    key: str
    named: tuple[Input, ...] = ()


def find(asked: str) -> Found:
    """Return what a name stands for; raise EvidenceError with the nearest known name when nothing does."""
    words = _INDEX.sub("", asked.strip().casefold())
    ways = (_effect, _input, _by_key, _measure, _by_title)
    found = next(filter(None, (way(asked, words) for way in ways)), None)
    if found is None:
        raise EvidenceError(f"no input, effect, measure or source is called {asked!r}{_nearest(words)}")
    return found


def inputs_of_card(key: str) -> tuple[Input, ...]:
    """Return the inputs that carry an evidence key."""
    return tuple(one for one in inputs() if one.evidence == key)


def filled(pattern: str, parts: Collection[str]) -> str:
    """Return the path of an input with the names that the user chose in place of `<name>`."""
    pairs = zip(_pattern(pattern), parts, strict=True)
    return ".".join(own if wanted.startswith("<") else wanted for wanted, own in pairs)


def _effect(asked: str, words: str) -> Found | None:
    key = _of_an_employer(words).removeprefix(f"{EFFECT_ROWS}.")
    return Found(asked, "effect", key) if key in load_effects() else None


def _input(asked: str, words: str) -> Found | None:
    """Return the card behind a path; a path inside a kind of employer means the same as outside."""
    for path in dict.fromkeys((words, _of_an_employer(words))):
        parts = path.split(".")
        named = tuple(one for one in inputs() if one.evidence != EFFECT_ROWS and _matches(one.path, parts))
        if named:
            key = named[0].evidence
            return Found(asked, "input" if key else "choice", key or named[0].path, named)
    return None


def _by_key(asked: str, words: str) -> Found | None:
    if words in load_cards():
        return Found(asked, "input", words)
    return Found(asked, "source", words) if words in load_sources() else None


def _measure(asked: str, words: str) -> Found | None:
    """Return a measure; causes and destinations are parts by name, households and rungs have names of their own."""
    key, _, part = words.partition(".")
    if key not in MEASURES:
        return None
    by = MEASURES[key].by
    known = not part or by in OWN_NAMES or part in PARTS.get(by, ())
    return Found(asked, "measure", words) if known else None


def _by_title(asked: str, words: str) -> Found | None:
    """Return what a text output calls by its title: `Vacancy rate`, `burnout → leaving by choice`."""
    what, key = titles().get(words.replace("->", "→"), ("input", ""))
    return Found(asked, what, key) if key else None


@cache
def titles() -> Mapping[str, tuple[What, str]]:
    """Return what every title on screen stands for; titles in small letters."""
    told: dict[str, tuple[What, str]] = {}
    for card in load_cards().values():
        told[card.title.casefold()] = ("input", card.key)
    for effect in load_effects().values():
        told[effect_in_words(effect).partition(":")[0].casefold()] = ("effect", effect.key)
    for measure in MEASURES.values():
        told[measure.label.casefold()] = ("measure", measure.key)
    return MappingProxyType(told)


def _of_an_employer(words: str) -> str:
    parts = words.split(".")
    return ".".join(parts[2:]) if parts[0] == "employer" and len(parts) > 3 else words


def _pattern(path: str) -> list[str]:
    return path.replace("[]", "").split(".")


def _matches(path: str, parts: list[str]) -> bool:
    pattern = _pattern(path)
    same = len(pattern) == len(parts)
    return same and all(
        wanted == part or (wanted.startswith("<") and part != "") for wanted, part in zip(pattern, parts, strict=True)
    )


def _nearest(words: str) -> str:
    hint = did_you_mean(words[:_LONGEST], sorted(set(_known(words))))
    return hint or "; `peerstay evidence` lists them, `peerstay evidence --search WORD` looks for a word"


def _known(words: str) -> Iterator[str]:
    """Yield every name there is, inputs with the user's own names in them."""
    yield from load_cards()
    yield from load_effects()
    yield from (f"{EFFECT_ROWS}.{key}" for key in load_effects())
    yield from load_sources()
    yield from titles()
    for measure in MEASURES.values():
        yield measure.key
        yield from (f"{measure.key}.{part}" for part in PARTS.get(measure.by, ()))
    parts = _of_an_employer(words).split(".")
    alike = (one for one in inputs() if one.evidence != EFFECT_ROWS and len(_pattern(one.path)) == len(parts))
    yield from (filled(one.path, parts) for one in alike)

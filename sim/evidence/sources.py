"""The sources: who said it, when, where, under which license, and whether it was read at first hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sim.evidence.paths import DATA, shown
from sim.evidence.tables import EvidenceError, did_you_mean, read_toml

OBTAINED = frozenset({"seen", "second-hand", "derived", "unseen", "assumption"})
QUALITIES = frozenset("PSAD")
OWN = frozenset({"derived", "assumption"})  # made here: there is no document to find
NEEDED = frozenset({"citation", "address", "license", "obtained", "quality"})
OPTIONAL = frozenset({"year", "note"})


@dataclass(frozen=True, slots=True)
class Source:
    """One source; year is None where the source bears none."""

    key: str
    citation: str
    year: int | None
    address: str
    license: str
    obtained: str
    quality: str
    note: str


@cache
def load_sources() -> Mapping[str, Source]:
    """Return the sources of data/sources.toml by key."""
    return read_sources(DATA / "sources.toml")


def read_sources(path: Path) -> Mapping[str, Source]:
    """Return the sources of one file by key; raise EvidenceError at the first fault."""
    return MappingProxyType({key: _source(path, key, table) for key, table in read_toml(path).items()})


def source(key: str) -> Source:
    """Return one source; raise EvidenceError for a key that is not there."""
    sources = load_sources()
    if key not in sources:
        hint = did_you_mean(key, sources)
        raise EvidenceError(f"{shown(DATA / 'sources.toml')}: no source {key!r}{hint}")
    return sources[key]


def where_found(address: str, obtained: str) -> str:
    """Return where a source is found, or in words that it is nowhere."""
    return address or ("not a publication" if obtained in OWN else "no address is known")


def _source(path: Path, key: str, table: dict[str, Any]) -> Source:
    for missing in sorted(NEEDED - set(table)):
        raise EvidenceError(f"{shown(path)}: {key}.{missing} is missing")
    for unknown in sorted(set(table) - NEEDED - OPTIONAL):
        raise EvidenceError(f"{shown(path)}: {key}.{unknown} is not a field of a source")
    for field, allowed in (("obtained", OBTAINED), ("quality", QUALITIES)):
        if table[field] not in allowed:
            known = ", ".join(sorted(allowed))
            raise EvidenceError(f"{shown(path)}: {key}.{field} = {table[field]!r}: must be one of {known}")
    return Source(key=key, **({"year": None, "note": ""} | table))

"""The register of the source documents: each claim, in our own words, and what in the model answers it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.evidence.paths import SEEDS
from sim.evidence.tables import Row, read_rows

DOCUMENTS = ("review", "position_paper")
CLAIM_COLUMNS = (
    "id",
    "section",
    "about",
    "outcome",
    "direction",
    "refs",
    "articles",
    "evidence",
    "claim",
    "feeds",
    "answer",
)
CELL_COLUMNS = (
    "contributor",
    "group",
    "section",
    "causes",
    "outcome",
    "sign",
    "reported",
    "carried_by",
    "note",
)
INCONSISTENCY_COLUMNS = ("id", "sections", "what", "handled")
DIRECTIONS = frozenset({"+", "-", "0", "none", "context", "method", ""})
EVIDENCE = frozenset({"quantitative", "qualitative", "mixed", "review", "discussion", "context", "method", "position"})
FEEDS = frozenset({"effect", "input", "fact", "measure"})
REPORTED = frozenset({"stated", "indirect", "summary", "discussion", "tested, not significant", "none reported"})
NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a claim feeds: an effect, an input, a fact or a measure, and its name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a source document; refs are the review's own reference numbers.

    direction is the sign of the outcome with more of what the claim is about. feeds is empty where the model
    has no answer, and answer then says why.
    """

    id: str
    document: str
    section: str
    about: str
    outcome: str
    direction: str
    refs: tuple[int, ...]
    articles: int | None
    evidence: str
    claim: str
    feeds: tuple[Feed, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the review's matrix of 19 contributors and 6 outcomes.

    carried_by lists the ways in which the model carries it, each a chain of effect keys.
    """

    contributor: str
    group: str
    section: str
    causes: tuple[str, ...]
    outcome: str
    sign: str
    reported: str
    carried_by: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Something in the review that does not fit together, and how the register handles it."""

    id: str
    sections: str
    what: str
    handled: str


@cache
def load_claims() -> tuple[Claim, ...]:
    """Return the claims of all source documents."""
    return tuple(claim for document in DOCUMENTS for claim in read_claims(SEEDS / f"{document}.csv"))


@cache
def load_matrix() -> tuple[Cell, ...]:
    """Return the 114 cells of the review's matrix."""
    return tuple(_cell(row) for row in read_rows(SEEDS / "matrix.csv", CELL_COLUMNS))


@cache
def load_inconsistencies() -> tuple[Inconsistency, ...]:
    """Return what does not fit together in the review."""
    rows = read_rows(SEEDS / "inconsistencies.csv", INCONSISTENCY_COLUMNS)
    return tuple(Inconsistency(*(row.text(column) for column in INCONSISTENCY_COLUMNS)) for row in rows)


def read_claims(path: Path) -> Iterator[Claim]:
    """Yield the claims of one document; raise EvidenceError at the first fault."""
    for row in read_rows(path, CLAIM_COLUMNS):
        yield Claim(
            id=row.text("id"),
            document=path.stem,
            section=row.cells["section"],
            about=row.text("about"),
            outcome=row.cells["outcome"],
            direction=_one_of(row, "direction", DIRECTIONS),
            refs=tuple(_whole(row, "refs", word) for word in row.cells["refs"].split()),
            articles=_whole(row, "articles", row.cells["articles"]) if row.cells["articles"] else None,
            evidence=row.choice("evidence", EVIDENCE),
            claim=row.text("claim"),
            feeds=_feeds(row),
            answer=row.text("answer"),
        )


def _feeds(row: Row) -> tuple[Feed, ...]:
    words = row.text("feeds").split()
    if words == [NOTHING]:
        return ()
    feeds = tuple(Feed(*word.split(":", 1)) for word in words if ":" in word)
    if len(feeds) != len(words) or {feed.kind for feed in feeds} - FEEDS:
        raise row.fault("feeds", f"must be 'none' or words such as effect:cause.outcome ({', '.join(sorted(FEEDS))})")
    return feeds


def _cell(row: Row) -> Cell:
    ways = (way.split(" > ") for way in row.cells["carried_by"].split("; ") if way)
    return Cell(
        contributor=row.text("contributor"),
        group=row.text("group"),
        section=row.text("section"),
        causes=tuple(row.text("causes").split()),
        outcome=row.text("outcome"),
        sign=_one_of(row, "sign", DIRECTIONS),
        reported=row.choice("reported", REPORTED),
        carried_by=tuple(tuple(way) for way in ways),
        note=row.cells["note"],
    )


def _one_of(row: Row, column: str, allowed: frozenset[str]) -> str:
    return row.choice(column, allowed) if row.cells[column] else ""


def _whole(row: Row, column: str, word: str) -> int:
    if not word.isdigit():
        raise row.fault(column, "must hold whole numbers")
    return int(word)

"""What is written down (docs/model.md, section 14)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fact:
    """Something that happened to a peer, at its exact time."""

    employer: int
    post: int
    ordinal: int
    time: float
    kind: str  # opening, hired, certified, promoted, leave, returned, left
    detail: str  # opening, hired, promoted: the rung; left: the cause
    wage: float
    destination: str = ""  # of a quitter: other_field, out_of_work or another_peer_job


@dataclass(frozen=True)
class FundingFact:
    """Something that happened to an award, or what the employer decided (source "" where no award is its reason)."""

    employer: int
    time: float
    source: str
    kind: str  # awarded, notice_renewed, notice_ended, ended, terminated, lapsed; closed, budget, layoff, …
    cents: int = 0  # of a lapse; posts or people of a decision: budget, layoff, award_cut, bridged


@dataclass(frozen=True)
class Line:
    """A line of the ledger: receipts are positive, costs and audits negative."""

    employer: int
    time: float
    kind: str
    source: str
    cents: int
    federal: int = 0  # the part of a receipt that is federal money


@dataclass
class Outcome:
    """All that one replication of one scenario leaves behind."""

    facts: list[Fact] = field(default_factory=list)
    funding_facts: list[FundingFact] = field(default_factory=list)
    ledger: list[Line] = field(default_factory=list)
    months: list[dict[str, Any]] = field(default_factory=list)

    def sort(self) -> None:
        """Put everything in the order of employers and times."""
        self.facts.sort(key=lambda fact: (fact.employer, fact.time, fact.post, fact.ordinal))
        self.funding_facts.sort(key=lambda fact: (fact.employer, fact.time))
        self.ledger.sort(key=lambda line: (line.employer, line.time))
        self.months.sort(key=lambda month: (month["employer"], month["month"]))

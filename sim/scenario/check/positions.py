"""Check positions against the posts, the list of people and the awards that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sim.scenario.problems import Fault, did_you_mean
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import grants_of

THE_OTHERS = ""


def positions_fit(tables: Organization, _: Horizon) -> Iterator[Fault]:
    """Yield positions with more posts than there are, and awards that no grant is."""
    total, number = sum(one.number for one in tables.positions.values()), tables.posts.number
    if total > number:
        rule = f"have more posts than posts.number = {number}"
        yield Fault(("positions",), total, rule, "posts.number counts all posts, those of positions among them")
    grants = list(grants_of(tables.funding))
    for name, position in tables.positions.items():
        if position.award and position.award not in grants:
            fix = did_you_mean(position.award, grants) or f"grants are {', '.join(grants) or 'none'}"
            yield Fault(("positions", name, "award"), position.award, "is no grant", fix)


def people_have_posts(tables: Organization, _: Horizon) -> Iterator[Fault]:
    """Yield people on the list whose position is not there, or has fewer posts than people."""
    known = {name: one.number for name, one in tables.positions.items()}
    room = Counter(known | {THE_OTHERS: tables.posts.number - sum(known.values())})
    for place, entry in enumerate(tables.posts.roster):
        path = ("posts", "roster", place, "position")
        if entry.position not in room:
            fix = did_you_mean(entry.position, known) or f"positions are {', '.join(known) or 'none'}"
            yield Fault(path, entry.position, "is no position", fix)
            continue
        room[entry.position] -= 1
        if room[entry.position] == -1 and known:
            of = entry.position or "those that no position names"
            yield Fault(path, entry.position, f"is one person more than there are posts of {of}", "add posts to it")

"""What the other employers of a portfolio pay (docs/model.md, section 8, where employers meet)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.reference.pay import Indices, passed_through, pay_of_month
from tests.reference.terms import Calendar, Terms

Look = Callable[[int], tuple[float, float]]  # month → s and P


@dataclass
class Member:
    """One employer of the portfolio: its terms before month 0, and from then on."""

    opening: Terms
    epochs: Sequence[Terms]
    calendar: Calendar

    def __post_init__(self) -> None:
        self.indices = Indices(self.terms, self.calendar)

    def terms(self, k: int) -> Terms:
        return self.opening if k < 0 else [one for one in self.epochs if one.since <= k][-1]

    def mean_entry(self, k: int) -> float:
        """Ē of month k."""
        added: Mapping[str, float] = {}
        floor_since, before = 0, self.opening
        for terms in self.epochs:
            if terms.since <= k:
                added = passed_through(added, before, terms, self.indices.at(terms.since).scale)
                floor_since = floor_since if terms.org.pay.floor == before.org.pay.floor else terms.since
                before = terms
        return pay_of_month(self.terms(k), k, self.indices, added, floor_since).mean_entry

    def area(self, k: int) -> str:
        return self.terms(k).org.place.area.strip().casefold()


class Portfolio:
    """Every employer by its owner number."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members
        self.known: dict[tuple[int, int], tuple[float, float]] = {}

    def look(self, owner: int) -> Look:
        return lambda k: self.seen(owner, max(k, -1))

    def seen(self, owner: int, k: int) -> tuple[float, float]:
        """s and P of an employer in month k."""
        if (owner, k) not in self.known:
            me = self.members[owner]
            others = [one for number, one in enumerate(self.members) if number != owner]
            near = [one for one in others if one.area(k) == me.area(k)]
            reach = me.terms(k).org.market.reach_share
            rows = [(share, whom) for share, whom in ((reach, others), (1.0 - reach, near)) if whom]
            s = sum(share for share, _ in rows)
            self.known[owner, k] = s, sum(share * mean_by_posts(whom, k) for share, whom in rows)
        return self.known[owner, k]


def mean_by_posts(members: Sequence[Member], k: int) -> float:
    posts = [one.terms(k).org.posts.number for one in members]
    return sum(n * one.mean_entry(k) for n, one in zip(posts, members, strict=True)) / sum(posts)


def mixed(terms: Terms, other_fields: float, look: Look | None, k: int) -> float:
    """The outside wage of month k."""
    if look is None or not terms.org.market.employers_meet:
        return other_fields
    turnover = terms.org.turnover
    omega = max(0.0, 1.0 - turnover.other_field_share - turnover.out_of_work_share)
    s, part = look(k)
    return (1.0 - omega * s) * other_fields + omega * part

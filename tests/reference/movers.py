"""People who move between employers, and pools that have an end (docs/model.md, section 7)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.streams import STATES
from sim.units import MONTHS_PER_YEAR
from tests.reference.hiring import Post, by_wage, fill

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.peers import Peer

WHOLE = 1e-6


@dataclass(frozen=True)
class Person:
    """What somebody brings along to another employer."""

    normals: dict[str, float]
    traits: dict[str, float]
    certified_at: float


@dataclass(frozen=True)
class Mover:
    """Somebody who left an employer for another peer job."""

    person: Person
    employer: Employer
    post: int
    time: float
    everywhere: bool


class Pool:
    """People of an area who could take a peer job and have none."""

    def __init__(self, members: Sequence[Employer]) -> None:
        self.members = members
        starts = [one.course.opening.org for one in members]
        self.at_start = sum(one.market.pool_per_post * one.posts.number for one in starts)
        self.people = self.at_start
        self.trained_a_month = self.leaving_a_month = 0.0
        for member, start in zip(members, starts, strict=True):
            ours = start.market.pool_per_post * start.posts.number
            own = member.course.epochs[0].org.market
            self.trained_a_month += ours * own.trained_share_per_year / MONTHS_PER_YEAR
            if self.at_start > 0:
                self.leaving_a_month += ours / self.at_start * start.market.leave_field_share_per_year / MONTHS_PER_YEAR
        self.joining = 0  # since the last close
        self.trained = self.gone = 0.0  # so far

    def close(self) -> None:
        """Some leave for good, some are trained, and who has left a job comes in."""
        leaving = self.people * self.leaving_a_month
        self.people += self.trained_a_month - leaving + self.joining
        self.gone += leaving
        self.trained += self.trained_a_month
        self.joining = 0


class Market:
    """The members of a market, their pools, and who is between two jobs."""

    def __init__(self, members: Sequence[Employer]) -> None:
        self.members = members
        by_area: dict[str, list[Employer]] = {}
        for member in members:
            by_area.setdefault(area_of(member), []).append(member)
            member.market = self
        self.pools = {area: Pool(ours) for area, ours in by_area.items()}
        self.movers: list[Mover] = []

    def note(self, employer: Employer, peer: Peer, cause: str) -> None:
        """Somebody leaves a member."""
        if cause != "voluntary" or peer.destination() != "another_peer_job":
            self.pools[area_of(employer)].joining += 1
            return
        turnover = employer.terms.org.turnover
        e = turnover.other_field_share + turnover.out_of_work_share
        everywhere = peer.uniforms["destination"] - e <= employer.terms.org.market.reach_share * (1.0 - e)
        traits = {name: value for name, value in peer.normals.items() if name not in STATES}
        person = Person(traits, dict(peer.traits), peer.certified_at)
        self.movers.append(Mover(person, employer, peer.post.index, peer.reached, everywhere))

    def meet(self, k: int) -> None:
        """Fill the vacancies of month k: with movers, then from the pools."""
        for member in self.members:
            member.moved_in = member.moved_out = 0
        vacancies = sorted((one for member in self.members for one in openings(member)), key=in_line)
        for mover in sorted(self.movers, key=lambda one: (one.time, one.employer.owner, one.post)):
            taken = next((one for one in vacancies if reaches(mover, one[0])), None)
            if taken is None:
                self.pools[area_of(mover.employer)].people += 1
                continue
            vacancies.remove(taken)
            employer, post = taken
            employer.moved_in += 1
            mover.employer.moved_out += 1
            employer.env.process(fill(employer, post, hiring_time(post), mover.person))
        self.movers = []
        for area, pool in self.pools.items():
            self.draw_on(pool, [one for one in vacancies if area_of(one[0]) == area], k)
        for member in self.members:
            member.to_fill = []

    def draw_on(self, pool: Pool, vacancies: list[tuple[Employer, Post]], k: int) -> None:
        """The earliest are filled, as many as there are people; what opens from now on answers to who is left."""
        reach = math.floor(pool.people + WHOLE)
        vacancies.sort(key=lambda one: (hiring_time(one[1]), one[0].owner, one[1].index))
        for place, (employer, post) in enumerate(vacancies):
            if place < reach:
                pool.people -= 1
                employer.env.process(fill(employer, post, hiring_time(post)))
            else:
                post.hiring_time = k + 1
        for member in pool.members:
            member.pool = pool.people
            ratio = max(1.0, pool.at_start) / max(1.0, pool.people)
            member.slower = ratio**member.terms.org.market.pool_elasticity

    def close(self) -> None:
        for pool in self.pools.values():
            pool.close()


def area_of(employer: Employer) -> str:
    return employer.course.opening.org.place.area.strip().casefold()


def openings(employer: Employer) -> list[tuple[Employer, Post]]:
    return [(employer, post) for post in employer.to_fill]


def hiring_time(post: Post) -> float:
    assert post.hiring_time is not None
    return post.hiring_time


def in_line(opening: tuple[Employer, Post]) -> tuple[float, int, int]:
    """Where a vacancy stands: the better it pays, the sooner by chance."""
    employer, post = opening
    drawn = employer.luck.opening(post.index, post.next_ordinal)
    return -math.log(drawn) * by_wage(employer, post), employer.owner, post.index


def reaches(mover: Mover, employer: Employer) -> bool:
    near = mover.everywhere or area_of(employer) == area_of(mover.employer)
    return near and employer is not mover.employer


def market_between(employers: Sequence[Employer]) -> Market | None:
    """The market of those employers between which people move, if there are any."""
    tables = [(one, one.course.opening.org.market) for one in employers]
    members = [one for one, market in tables if market.employers_meet and market.people_move]
    return Market(members) if members else None

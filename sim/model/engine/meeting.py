"""Let people move between the employers of a portfolio, whose other vacancies are filled from pools (docs/model.md, 7).

Blocks of all kinds live a month side by side. Between two months they meet here: who has left for another peer job is
hired by another employer, the rest of the vacancies take people from the pool of their area, and whoever has left
otherwise joins it. A replication is a market of its own, so results do not depend on how a run is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import Block
from sim.model.engine.holders import position_of
from sim.model.engine.market.exchange import Exchange, Movers, exchange_of, nobody, together
from sim.model.engine.vacancies import admitted, room_of
from sim.model.rules import recruitment
from sim.model.world.rows import looked_up, per
from sim.scenario.timeline import EmployerPlan
from sim.units import MONTHS_PER_YEAR

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

NEARLY_WHOLE: Final = 1e-6  # people: a sum this far below a whole number is one


@dataclass(frozen=True)
class Member:
    """A kind of employer of a market, in all replications of a run."""

    block: Block
    area: int
    replications: Rows  # of each employer, by its place among those of the run
    owners: Rows


@dataclass(frozen=True)
class Openings:
    """Vacancies that are filled in a month if there is anybody, one element each."""

    member: Rows
    row: Rows  # post of the member's block
    replication: Rows
    area: Rows
    owner: Rows
    due: Floats
    key: Floats  # movers take the lowest first

    def of(self, places: Rows) -> tuple[Rows, Rows]:
        """Return members and posts of some."""
        return self.member[places], self.row[places]


@dataclass
class Market:
    """The members of a market, and the pools of people by replication and area, shape (replications, areas)."""

    members: Sequence[Member]
    at_start: Floats
    trained: Floats  # people a month
    leaving: Floats  # share of the pool a month
    pool: Floats = field(init=False)
    entered: Floats = field(init=False)  # newly trained so far
    gone: Floats = field(init=False)  # left for good so far
    between: Movers = field(default_factory=nobody)  # who has left in the month before for another peer job

    def __post_init__(self) -> None:
        """Begin with the pools of the start."""
        self.pool = self.at_start.copy()
        self.entered, self.gone = np.zeros_like(self.pool), np.zeros_like(self.pool)
        for place, one in enumerate(self.members):
            one.block.exchange = exchange_of(place, one.owners.size, one.block.roster.posts)

    # the month's start -----------------------------------------------------------------------------------------

    def meet(self) -> None:
        """Fill the month's vacancies: with movers, then from the pools as far as they reach."""
        found = self._openings()
        people = self.between.taken(self._in_order(self.between))
        taken = self._matched(found, people)
        self._join(people.taken(taken < 0))
        people, taken = people.taken(taken >= 0), taken[taken >= 0]
        served = np.zeros(found.row.size, dtype=bool)
        served[taken] = True
        self._draw_on_pools(found, served)
        self._hand_over(found, served, people, taken)

    def _openings(self) -> Openings:
        parts = [self._openings_of(place, one) for place, one in enumerate(self.members)]
        return Openings(*map(np.concatenate, zip(*parts, strict=True)))

    def _openings_of(self, place: int, one: Member) -> tuple[NDArray[Any], ...]:
        block = one.block
        rows = admitted(block, room_of(block))
        of, luck = block.of[rows], block.luck.openings(rows, block.roster.ordinal[rows] + 1)
        entry = looked_up(block.scale.rung[:, 0], position_of(block, rows), of)
        elasticity = per(block.terms.given.recruitment.wage_elasticity, of)
        key = -np.log(luck) * recruitment.by_wage(entry / per(block.scale.outside, of), elasticity)
        whole = np.full(rows.size, place), rows, one.replications[of], np.full(rows.size, one.area), one.owners[of]
        return *whole, block.roster.hire_at[rows], key

    def _whose(self, people: Movers) -> tuple[Rows, Rows, Rows]:
        """Return replication, area and former employer of people."""
        found = np.zeros((3, people.row.size), dtype=np.int64)
        for place, one in enumerate(self.members):
            ours = people.block == place
            of = one.block.of[people.row[ours]]
            found[:, ours] = one.replications[of], np.full(of.size, one.area), one.owners[of]
        return found[0], found[1], found[2]

    def _in_order(self, people: Movers) -> Rows:
        """Return people by replication and the time they left; who left at once, by employer and post."""
        replication, _, owner = self._whose(people)
        return np.lexsort((people.row, owner, people.left_at, replication))

    def _matched(self, found: Openings, people: Movers) -> Rows:
        """Return the opening each person takes, -1 for none: the first in reach with another employer that is left."""
        replication, area, owner = self._whose(people)
        order = np.lexsort((found.row, found.owner, found.key, found.replication))
        numbers = np.arange(self.pool.shape[0] + 1)
        first = np.searchsorted(found.replication[order], numbers)
        begin = np.searchsorted(replication, numbers)
        taken = np.full(people.row.size, -1, dtype=np.int64)
        owners, areas = found.owner[order].tolist(), found.area[order].tolist()
        theirs = list(zip(owner.tolist(), area.tolist(), people.everywhere.tolist(), strict=True))
        for number in np.unique(replication).tolist():
            left = list(range(first[number], first[number + 1]))
            for person in range(begin[number], begin[number + 1]):
                former, home, everywhere = theirs[person]
                for place, one in enumerate(left):
                    if owners[one] != former and (everywhere or areas[one] == home):
                        taken[person] = order[left.pop(place)]
                        break
        return taken

    def _join(self, people: Movers) -> None:
        """Let people who find no other peer job join the pool of their area."""
        replication, area, _ = self._whose(people)
        np.add.at(self.pool, (replication, area), 1.0)

    def _draw_on_pools(self, found: Openings, served: Flags) -> None:
        """Serve the earliest of the other openings, as many as a pool has people."""
        rest = np.flatnonzero(~served)
        whose = found.replication[rest] * self.pool.shape[1] + found.area[rest]
        rest = rest[np.lexsort((found.row[rest], found.owner[rest], found.due[rest], whose))]
        whose = found.replication[rest] * self.pool.shape[1] + found.area[rest]
        numbers = np.arange(self.pool.size)
        first = np.searchsorted(whose, numbers)
        there = np.floor(self.pool.ravel() + NEARLY_WHOLE).astype(np.int64)
        hired = np.arange(rest.size) - first[whose] < there[whose]
        served[rest[hired]] = True
        self.pool -= np.bincount(whose[hired], minlength=self.pool.size).reshape(self.pool.shape)

    def _hand_over(self, found: Openings, served: Flags, people: Movers, taken: Rows) -> None:
        """Tell the blocks whom they hire, and how long vacancies that open from now on stay so."""
        for place, one in enumerate(self.members):
            block, exchange = one.block, _exchange(one)
            ours, here = found.member == place, found.member[taken] == place
            block.roster.hire_at[found.row[ours & ~served]] = float(block.month + 1)
            theirs, posts = people.row[people.block == place], found.row[taken[here]]
            exchange.take(found.row[ours & served], posts, people.taken(here))
            exchange.won, exchange.lost = (
                np.bincount(block.of[rows], minlength=one.owners.size) for rows in (posts, theirs)
            )
            elasticity = block.terms.given.market.pool_elasticity
            exchange.pool = self.pool[one.replications, one.area]
            at_start = self.at_start[one.replications, one.area]
            exchange.slower = recruitment.by_pool(at_start, exchange.pool, elasticity)

    # the month's end -------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Take in who has left in the month: movers wait for the next, the others join the pools."""
        lost = self.pool * self.leaving
        self.pool += self.trained - lost
        self.gone += lost
        self.entered += self.trained
        movers = []
        for one in self.members:
            moving, rows = _exchange(one).taken_away()
            movers.append(moving)
            of = one.replications[one.block.of[rows]]
            self.pool[:, one.area] += np.bincount(of, minlength=self.pool.shape[0])
        self.between = together(movers)


def _exchange(member: Member) -> Exchange:
    assert member.block.exchange is not None
    return member.block.exchange


def market_of(
    blocks: Sequence[tuple[Block, Rows]], base: Sequence[EmployerPlan], plans: Sequence[EmployerPlan]
) -> Market | None:
    """Return the market of those kinds of employers between which people move; None where there are none.

    Args:
        blocks: of each kind, with the number in the portfolio of each employer, replication after replication.
        base: kinds of the base, what differs by replication.
        plans: the same of the scenario.
    """
    chosen = [place for place, plan in enumerate(base) if moves(plan)]
    if not chosen:
        return None
    names = [base[place].epochs[0][1].place.area.strip().casefold() for place in chosen]
    areas = {name: number for number, name in enumerate(dict.fromkeys(names))}
    size = blocks[chosen[0]][1].size // base[chosen[0]].count  # replications: each has so many employers of a kind
    at_start, trained, leaving = (np.zeros((size, len(areas))) for _ in range(3))
    members = []
    for place, name in zip(chosen, names, strict=True):
        ours, theirs = base[place].epochs[0][1], plans[place].epochs[0][1]
        people = ours.market.pool_per_post * ours.posts.number * base[place].count
        at_start[:, areas[name]] += people
        trained[:, areas[name]] += people * theirs.market.trained_share_per_year / MONTHS_PER_YEAR
        leaving[:, areas[name]] += people * ours.market.leave_field_share_per_year / MONTHS_PER_YEAR
        block, owners = blocks[place]
        members.append(Member(block, areas[name], np.repeat(np.arange(size), base[place].count), owners))
    leaving = np.divide(leaving, at_start, out=np.zeros_like(leaving), where=at_start > 0)
    return Market(members, at_start, trained, leaving)


def moves(plan: EmployerPlan) -> bool:
    """Whether people move between a kind of employer and others."""
    market = plan.epochs[0][1].market
    return market.employers_meet and market.people_move

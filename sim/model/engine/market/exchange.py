"""What one block of employers gives to a market and takes from it, month by month (docs/model.md, section 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from sim.model.world.roster import Roster
from sim.streams import NORMALS, STATES

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
Codes = NDArray[np.int8]

NOT_BROUGHT = -1  # in place of a group


@dataclass(frozen=True)
class Movers:
    """People who have left a post for another peer job, and what they bring along; one element a person."""

    block: Rows  # that they left, by its place in the market
    row: Rows  # post of that block
    left_at: Floats
    everywhere: Flags  # whether they look in all areas
    traits: Floats  # (people, traits): normals
    group: Codes
    certified_at: Floats

    def taken(self, chosen: Rows | Flags) -> Movers:
        """Return some of them."""
        return Movers(*(getattr(self, one.name)[chosen] for one in fields(self)))


def nobody() -> Movers:
    """Return no movers."""
    none, codes = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int8)
    traits = np.zeros((0, len(NORMALS) - len(STATES)))
    return Movers(none, none, np.zeros(0), np.zeros(0, dtype=bool), traits, codes, np.zeros(0))


def together(parts: Sequence[Movers]) -> Movers:
    """Return all movers of some parts."""
    parts = [nobody(), *parts]
    return Movers(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Movers)))


@dataclass
class Exchange:
    """Who of a block has left in a month, who is hired in the next, and what people hired from others brought."""

    place: int  # of the block in the market
    traits: Floats  # (posts, traits): of occupants hired from other employers; NaN where the post's luck gives them
    slower: Floats  # (employers,): times to fill over those with the pool of the start
    pool: Floats  # (employers,): people in the pool of the employer's area, once the month's vacancies are filled
    won: Rows  # (employers,): people hired from other employers in the month
    lost: Rows  # (employers,): people who left for another employer and are hired there in the month
    hiring: Rows = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # posts filled in the month
    arriving: Movers = field(default_factory=nobody)  # people hired from other employers, one for each of `taking`
    taking: Rows = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # posts, ascending
    movers: list[Movers] = field(default_factory=list)  # of the month so far
    others_gone: list[Rows] = field(default_factory=list)  # posts left in the month by people who join the pool

    # leaving -------------------------------------------------------------------------------------------------

    def note(self, roster: Roster, rows: Rows, when: Floats, moving: Flags, everywhere: Flags, traits: Floats) -> None:
        """Note who leaves posts; `traits` are the normals of those who take another peer job."""
        gone = rows[moving]
        at = np.broadcast_to(np.asarray(when, dtype=np.float64), rows.shape)[moving]
        people = roster.group[gone], roster.certified_at[gone]
        place = np.full(gone.size, self.place, dtype=np.int64)
        self.movers.append(Movers(place, gone, at, everywhere[moving], traits[:, len(STATES) :], *people))
        self.others_gone.append(rows[~moving])

    def taken_away(self) -> tuple[Movers, Rows]:
        """Return who left for another peer job and whose posts the others left, and begin anew."""
        movers = together(self.movers)
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *self.others_gone])
        self.movers, self.others_gone = [], []
        return movers, rows

    # coming --------------------------------------------------------------------------------------------------

    def take(self, hiring: Rows, taking: Rows, arriving: Movers) -> None:
        """Note which posts are filled in the month, and whom of the other employers' people some of them get."""
        order = np.argsort(taking)
        self.hiring, self.taking, self.arriving = np.sort(hiring), taking[order], arriving.taken(order)
        self.traits[hiring] = np.nan
        self.traits[self.taking] = self.arriving.traits

    def with_traits(self, rows: Rows, normals: Floats) -> Floats:
        """Return normals of occupants with the traits that people brought in place of their posts'."""
        brought = self.traits[rows]
        came = ~np.isnan(brought[:, 0])
        if came.any():
            normals[came, len(STATES) :] = brought[came]
        return normals

    def groups(self, rows: Rows) -> Codes:
        """Return the groups of those who come from other employers, below 0 for the rest."""
        known = np.full(rows.size, NOT_BROUGHT, dtype=np.int8)
        places, theirs = self._among(rows)
        known[places] = self.arriving.group[theirs]
        return known

    def settle(self, roster: Roster, rows: Rows) -> None:
        """Give those who come from other employers the certificate they have, or the date they will have it."""
        places, theirs = self._among(rows)
        roster.certified_at[rows[places]] = self.arriving.certified_at[theirs]

    def _among(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return places among some posts that people from other employers take, and which of these people."""
        found = np.searchsorted(self.taking, rows)
        inside = found < self.taking.size
        inside[inside] = self.taking[found[inside]] == rows[inside]
        return np.flatnonzero(inside), found[inside]


def exchange_of(place: int, employers: int, posts: int) -> Exchange:
    """Return what a block begins with: nobody came from elsewhere, and the pool is that of the start."""
    traits = np.full((employers * posts, len(NORMALS) - len(STATES)), np.nan)
    none = np.zeros(employers, dtype=np.int64)
    return Exchange(place, traits, np.ones(employers), np.zeros(employers), none, none)

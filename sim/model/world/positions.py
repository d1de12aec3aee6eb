"""Which position each post belongs to, and the FTE its holder works (docs/model.md, section 2).

Positions take posts in the order of the file, from post 0 on; the posts that are left are the others, counted as one
more position behind the last. Where no position is given all posts are the others, and every FTE is `posts.fte`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.world.rows import table_of
from sim.scenario.schema import Organization

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

WAGE = "pay.wage_usd_per_hour"


@dataclass(frozen=True, eq=False)
class Places:
    """Positions in order, the others last: who has which post, at what FTE and wage, and the award it ends with."""

    names: tuple[str, ...]  # of the positions, without the others
    edges: Rows  # first post behind each position
    number: Rows  # posts of each, the others among the budgeted posts
    fte: Floats  # (positions,), or (positions, employers) where employers differ
    wages: tuple[str, ...]  # address of each entry wage
    awards: tuple[str, ...]  # "" for none
    days_to_fill: tuple[Any, ...]  # of each, a number or one an employer

    @property
    def alike(self) -> bool:
        """Whether all posts are the others."""
        return not self.names

    def of(self, posts: Rows) -> Rows:
        """Position of each post, by its number within the employer."""
        return np.searchsorted(self.edges, posts, side="right")

    def mean(self, by_position: Floats) -> Any:
        """Mean over the budgeted posts, weighted by their FTE: one number, or one an employer."""
        if self.alike:
            return by_position[-1] if by_position.ndim > 1 else float(by_position[-1])
        weight = (self.number * self.fte.T).T
        if by_position.ndim > weight.ndim:
            weight = weight[:, None]
        elif weight.ndim > by_position.ndim:
            by_position = by_position[:, None]
        found = (by_position * weight).sum(axis=0) / weight.sum(axis=0)
        return found if found.ndim else float(found)


def places_of(organization: Organization) -> Places:
    """Positions of an organization."""
    posts, positions = organization.posts, organization.positions
    numbers = [one.number for one in positions.values()]
    ftes = [posts.fte if one.fte is None else one.fte for one in positions.values()]
    own = (
        WAGE if one.wage_usd_per_hour is None else f"positions.{name}.wage_usd_per_hour"
        for name, one in positions.items()
    )
    return Places(
        names=tuple(positions),
        edges=np.cumsum(numbers, dtype=np.int64),
        number=np.array([*numbers, posts.number - sum(numbers)], dtype=np.int64),
        fte=table_of([*ftes, posts.fte]),
        wages=(*own, WAGE),
        awards=(*(one.award for one in positions.values()), ""),
        days_to_fill=_days_to_fill(organization),
    )


def _days_to_fill(organization: Organization) -> tuple[Any, ...]:
    of_all = organization.recruitment.days_to_fill
    own = (one.days_to_fill for one in organization.positions.values())
    return (*(of_all if days is None else days for days in own), of_all)


def mean_days_to_fill(organization: Organization) -> Any:
    """Days to fill a budgeted post, on average over posts."""
    if not organization.positions:
        return organization.recruitment.days_to_fill
    places = places_of(organization)
    numbers = zip(places.number.tolist(), places.days_to_fill, strict=True)
    return sum(number * days for number, days in numbers) / organization.posts.number


def stated_wages(organization: Organization) -> Mapping[str, Any]:
    """Entry wages as stated, by address: of the scale, and of the positions that have one of their own."""
    own = {
        f"positions.{name}.wage_usd_per_hour": one.wage_usd_per_hour
        for name, one in organization.positions.items()
        if one.wage_usd_per_hour is not None
    }
    return {WAGE: organization.pay.wage_usd_per_hour, **own}


def full_time_equivalents(organization: Organization) -> Any:
    """FTE of all budgeted posts."""
    if not organization.positions:
        return organization.posts.number * organization.posts.fte
    places = places_of(organization)
    total = (places.number * places.fte.T).T.sum(axis=0)
    return total if total.ndim else float(total)


def mean_fte(organization: Organization) -> Any:
    """FTE of a budgeted post, on average."""
    if not organization.positions:
        return organization.posts.fte
    return full_time_equivalents(organization) / organization.posts.number


def mean_stated_wage(organization: Organization) -> Any:
    """Entry wage as stated, the mean over budgeted posts by FTE."""
    places, stated = places_of(organization), stated_wages(organization)
    return places.mean(table_of([stated[address] for address in places.wages]))


def reference_wages(organization: Organization) -> Floats | None:
    """Stated wage of each budgeted post over that of the scale, (posts,) or (posts, employers); None if all are one."""
    places, stated = places_of(organization), stated_wages(organization)
    if places.alike:
        return None
    by_position = table_of([stated[address] / stated[WAGE] for address in places.wages])
    return by_position[places.of(np.arange(organization.posts.number))]

"""Describe positions, named groups of posts with terms of their own, and the people in post at the start."""

from __future__ import annotations

from typing import Literal

from sim.scenario.fields import LOWEST_WAGE, Month, Table, given


class Position(Table):
    """One group of posts; what is left out is as for the posts that no position names."""

    number: int = given(unit="posts", evidence="positions.number", about="Posts of this position", ge=0, le=100_000)
    fte: float | None = given(
        None,
        unit="FTE per post",
        evidence="posts.fte",
        also="FTE, part-time",
        about="Full-time equivalent of a post of this position; left out, posts.fte",
        ge=0.05,
        le=1.0,
    )
    wage_usd_per_hour: float | None = given(
        None,
        unit="USD/hour",
        evidence="positions.wage",
        about="Wage of a new peer in this position, from which its ladder starts; left out, pay.wage_usd_per_hour",
        ge=LOWEST_WAGE,
        le=500.0,
        grows=True,
    )
    days_to_fill: float | None = given(
        None,
        unit="days",
        evidence="recruitment.days_to_fill",
        about="Mean time to fill a post of this position at the outside wage; left out, recruitment.days_to_fill",
        ge=0,
        le=2000,
    )
    award: str = given(
        "",
        unit="name",
        evidence="positions.award",
        about="Grant that these posts end with: its cut sends their people home first, and they stay empty until it "
        "pays again",
    )


class RosterEntry(Table):
    """Describe one peer in post at the start."""

    hired: Month = given(unit="month", evidence="posts.roster", about="Month of hire")
    rung: str = given("entry", unit="name", evidence="posts.roster", about="Rung of the ladder, or entry")
    in_rung_since: Month | None = given(
        None, unit="month", evidence="posts.roster", about="Month of the last promotion"
    )
    certified: bool = given(True, unit="yes/no", evidence="posts.roster", about="Whether certified")
    position: str = given(
        "",
        unit="name",
        evidence="posts.roster",
        about="Position whose post it is; left out, one that no position names",
    )
    fte: float | None = given(
        None,
        unit="FTE",
        evidence="posts.roster",
        about="The person's own full-time equivalent until leaving; left out, the position's",
        ge=0.05,
        le=1.0,
    )
    wage_usd_per_hour: float | None = given(
        None,
        unit="USD/hour",
        evidence="posts.roster",
        about="What the person is paid at the start, all included; raises, steps and promotions move it in proportion. "
        "Left out, the scale's",
        ge=LOWEST_WAGE,
        le=500.0,
    )
    group: Literal["black", "other_non_white", "white"] | None = given(
        None,
        unit="group",
        evidence="posts.roster",
        about="Black, other non-White or White, where people have said so themselves; left out, drawn by the shares of "
        "the place",
    )

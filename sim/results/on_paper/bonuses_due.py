"""Foretell the bonuses that fall due month by month, before any run (docs/model.md, section 8).

Every post is filled all the time, people leave as often as is stated whatever their tenure, and whoever leaves is
followed at once. Where no list says when people in post were hired, they have come and gone like that for long; posts
that a list leaves open are filled by people who came long ago.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sim.scenario.schema import Organization
from sim.scenario.tables.pay import Pay
from sim.scenario.tables.people import ObservedTurnover
from sim.units import MONTHS_PER_YEAR, month_number

LONG_AGO: Final = 600  # months; who was hired before counts as hired then


@dataclass(frozen=True)
class Cohort:
    """People of one month: the close at or after their hire, and how many are expected at which close."""

    since: int
    number: float
    at: int

    def there(self, close: int, leaving: float) -> float:
        """Return how many are expected to be there still at a close."""
        return self.number * math.exp(-leaving * max(0, close - self.at))


@dataclass(frozen=True)
class Promises:
    """From which month the bonuses of some tables hold: the base's own ones always have."""

    sign_on: float
    stay: float


def bonuses_due(tables: Sequence[Organization], start: int) -> list[float]:
    """Return what bonuses an employer is expected to pay in each month, USD.

    Args:
        tables: those that hold in each month since the start.
        start: first month of the projection, as months since year 0.
    """
    cohorts, leaving = list(_cohorts(tables[0], len(tables), start)), _leaving(tables[0])
    return [
        _due(own.pay, month + 1, promised, cohorts, leaving)
        for month, (own, promised) in enumerate(zip(tables, _promises(tables), strict=True))
    ]


def _due(pay: Pay, close: int, promised: Promises, cohorts: Sequence[Cohort], leaving: float) -> float:
    usd = 0.0
    for one in cohorts if pay.sign_on_bonus_usd or pay.stay_bonus_usd else ():
        if one.since > close:
            continue
        signed = one.since > promised.sign_on and close == one.since + pay.sign_on_bonus_months
        stayed = close - max(one.since, promised.stay)
        due = stayed >= 1 and stayed % pay.stay_bonus_months == 0
        staying = due and stayed / pay.stay_bonus_months <= pay.stay_bonus_payments
        if signed or staying:
            usd += (pay.sign_on_bonus_usd * signed + pay.stay_bonus_usd * staying) * one.there(close, leaving)
    return usd


def _cohorts(organization: Organization, months: int, start: int) -> Iterator[Cohort]:
    """Yield who is in post at the start, by month of hire, and who is hired in each month of the projection."""
    leaving, posts = _leaving(organization), float(organization.posts.number)
    arriving = posts * (1.0 - math.exp(-leaving))  # expected to be there at the close of their month
    roster = [month_number(one.hired) - start for one in organization.posts.roster]
    if roster:
        yield from (Cohort(hired, 1.0, at=0) for hired in roster)
        yield Cohort(-LONG_AGO, posts - len(roster), at=0)
    else:
        yield from (Cohort(since, arriving, at=since) for since in range(1 - LONG_AGO, 1))
        yield Cohort(-LONG_AGO, posts, at=-LONG_AGO)
    yield from (Cohort(since, arriving, at=since) for since in range(1, months + 1))


def _leaving(organization: Organization) -> float:
    """Return separations per person and month, as stated."""
    turnover = organization.turnover
    level = turnover.level
    if isinstance(level, ObservedTurnover):
        return level.separations_per_100_posts_year / 100.0 / MONTHS_PER_YEAR
    stated = level.voluntary_per_year + level.dismissal_per_year + level.other_per_year
    return (stated + turnover.return_to_use_per_year) / MONTHS_PER_YEAR


def _promises(tables: Sequence[Organization]) -> Iterator[Promises]:
    """Yield from when the bonuses of each month hold (docs/model.md, section 8, "Since when")."""
    held, before = Promises(-math.inf, -math.inf), tables[0].pay
    for month, own in enumerate(tables):
        pay = own.pay
        terms = [(one.stay_bonus_months, one.stay_bonus_payments) for one in (before, pay)]
        signs = pay.sign_on_bonus_usd > 0 and before.sign_on_bonus_usd == 0
        stays = pay.stay_bonus_usd > 0 and (before.stay_bonus_usd == 0 or terms[0] != terms[1])
        held = Promises(month if signs else held.sign_on, month if stays else held.stay)
        before = pay
        yield held

"""Begin from a state, a kind of organization and a question: the state's figures, and alternatives beside them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from sim.results.on_paper.first_year import first_year
from sim.scenario.files import load_table
from sim.scenario.patch import TableDict, merge
from sim.ui.question import OFF, Alternative, Question
from sim.units import MONTHS_PER_YEAR, month_number, month_text
from sim.words.starter import starter

AWARD, MEDICAID = "award", "medicaid"
KINDS: Final = {  # of starter → what the organization is
    "medicaid": "Fee for service: Medicaid pays by the unit",
    "grant": "A grant or contract",
    "both": "Both: a grant, and Medicaid by the unit",
    "ccbhc": "A clinic paid by the visit-day (CCBHC)",
}
MONTHS_OF_CASH: Final = 2
POSTS, LEAVE, TERM = 10, 30.0, 36  # as in the starter
TYPED: Final = "the page Start, no source given"
RISE, PASSED_ON, DOLLARS = 1.2, 0.75, 1_000.0


@dataclass(frozen=True)
class Own:
    """What somebody knows of an organization of one's own; what is left out follows from the state and the posts."""

    posts: int = POSTS
    wage: float | None = None  # USD an hour
    leave: float = LEAVE  # of 100 posts, a year
    cash: float | None = None  # USD
    award: float | None = None  # USD a year
    award_ends: int = TERM  # months from the start
    rate: float | None = None  # USD a unit


@dataclass(frozen=True)
class Asked:
    """A question that can be asked of an organization, where its money is of one of some kinds."""

    label: str
    alternatives: Callable[[TableDict], tuple[TableDict, ...]]
    kinds: tuple[str, ...] = tuple(KINDS)
    living: bool = False  # a living wage is asked for


def begun(
    where: tuple[str, str], asked: Asked, today: date, own: Own | None = None, living_wage: float | None = None
) -> Question:
    """Return a question about an organization with a state's figures, or with what is known of one's own.

    Args:
        where: the state, and what pays.
        asked: the question.
        today: the projection begins after it.
        own: what is known of one's own organization.
        living_wage: USD an hour, where somebody has a figure; left out, the state's rent stands in.
    """
    tables = state_tables(*where, today)
    base = tables if own is None else with_own(tables, own, today)
    if living_wage is not None:
        base = merge(base, {"place": {"living_wage_usd_per_hour": living_wage, "living_wage_source": TYPED}})
    return Question(base, tuple(map(Alternative, asked.alternatives(base))))


@cache
def state_tables(state: str, kind: str, today: date) -> TableDict:
    """Return the tables of a scenario to begin with, with a state's figures."""
    return tomllib.loads(starter(state, kind, today))


def asked_of(kind: str) -> list[Asked]:
    """Return the questions that an organization of a kind can be asked."""
    return [one for one in QUESTIONS if kind in one.kinds]


def with_own(tables: TableDict, own: Own, today: date) -> TableDict:
    """Return tables with what somebody knows of an organization; amounts left out are what its first year costs.

    The projection begins next month, so that an award that ends in some months ends so long after it.
    """
    start = month_text(today.year * MONTHS_PER_YEAR + today.month)
    known: TableDict = {
        "title": "My organization",
        "horizon": {"start": start},
        "posts": {"number": own.posts},
        "turnover": {"level": {"separations_per_100_posts_year": own.leave}},
    }
    if own.wage is not None:
        known["pay"] = {"wage_usd_per_hour": own.wage}
    sources = {name: _known_of(name, own, start) for name in tables["funding"]}
    tables = merge(tables, known | {"funding": sources})
    return _paid_for(tables, own)


def _known_of(name: str, own: Own, start: str) -> TableDict:
    if name == AWARD:
        amount = 0.0 if own.award is None else own.award
        return {"start": start, "term_months": own.award_ends, "amount_usd_per_year": amount, "posts_paid": own.posts}
    return {"rate_usd_per_unit": own.rate} if name == MEDICAID and own.rate is not None else {}


def _paid_for(tables: TableDict, own: Own) -> TableDict:
    """Return tables whose award and cash, where they are not known, are what the first year costs."""
    year = first_year(load_table(tables).scenario)
    cost, brings = sum(year.cost), sum(year.brings)
    cash = _up(cost * MONTHS_OF_CASH / MONTHS_PER_YEAR) if own.cash is None else own.cash
    tables = merge(tables, {"rules": {"opening_cash_usd": cash}})
    if AWARD in tables["funding"] and own.award is None:
        amount = _up(max(0.0, cost - brings))
        tables = merge(tables, {"funding": {AWARD: {"amount_usd_per_year": amount}}})
    return tables


def _up(usd: float) -> float:
    return math.ceil(usd / DOLLARS) * DOLLARS


# questions: what each alternative says over the base ----------------------------------------------------------------


def _nothing(_: TableDict) -> tuple[TableDict, ...]:
    return ()


def _dollar_more(base: TableDict) -> tuple[TableDict, ...]:
    return ({"pay": {"wage_usd_per_hour": round(base["pay"]["wage_usd_per_hour"] + 1.0, 2)}},)


def _living_wage(_: TableDict) -> tuple[TableDict, ...]:
    floors = {"A living wage at once": 0.0, "A living wage over three years": 36.0}
    kind = {"kind": "living_wage", "ratio": 1.0}
    return tuple({"title": title, "pay": {"floor": kind | {"phase_in_months": own}}} for title, own in floors.items())


def _ladder(_: TableDict) -> tuple[TableDict, ...]:
    lead = {
        "step": 1, "title": "Lead peer", "pay": {"kind": "raise", "share": 0.1875},
        "slots": {"kind": "share", "share": 0.15}, "months_in_rung_below": 12.0,
    }  # fmt: skip
    return ({"title": "A ladder with lead peers", "ladder": {"lead": lead}},)


def _rate(base: TableDict) -> tuple[TableDict, ...]:
    at = month_text(month_number(base["horizon"]["start"]) + MONTHS_PER_YEAR)
    rate = round(RISE * base["funding"][MEDICAID]["rate_usd_per_unit"], 2)
    rise = {"change": [{"at": at, "set": {f"funding.{MEDICAID}.rate_usd_per_unit": rate}}]}
    passed = {"pay": {"pass_through_share": PASSED_ON}}
    return (
        {"title": "A rate 20 % higher, kept by the employer", **rise},
        {"title": "The same rate, three quarters of the rise passed on to wages", **rise, **passed},
    )


def _to_medicaid(base: TableDict) -> tuple[TableDict, ...]:
    billing = state_tables(base["place"]["state"], MEDICAID, date(2000, 1, 1))["funding"][MEDICAID]
    paid: TableDict = {MEDICAID: base["funding"].get(MEDICAID, billing)}
    both = {"title": "The award and Medicaid together", "funding": paid, "rules": {"braiding": [AWARD, MEDICAID]}}
    alone = {
        "title": "Medicaid by the unit, no award", "funding": {**paid, AWARD: OFF}, "rules": {"braiding": [MEDICAID]}
    }  # fmt: skip
    return (alone,) if MEDICAID in base["funding"] else (alone, both)


QUESTIONS: Final = (
    Asked("What becomes of us if nothing new is decided?", _nothing),
    Asked("What does one dollar an hour more change?", _dollar_more),
    Asked("What does a living wage cost, at once or over three years?", _living_wage, living=True),
    Asked("Does a career ladder keep our peers?", _ladder),
    Asked("What does a higher rate do, kept or passed on to wages?", _rate, ("medicaid", "both")),
    Asked("What if we go from a grant to Medicaid?", _to_medicaid, ("grant", "both")),
)

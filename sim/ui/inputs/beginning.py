"""Take a state's figures: to begin from a kind of organization and a question, and once an organization has moved."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import streamlit as st

from sim.evidence.places import load_places
from sim.results.on_paper.first_year import first_year
from sim.scenario.files import load_table
from sim.scenario.patch import TableDict, merge
from sim.scenario.yardsticks import one_adult_usd_per_hour
from sim.ui import state
from sim.ui.addresses import Path
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import MOVED_FROM, PLACE
from sim.ui.question import BASE, OFF, Alternative, Question, with_input, without_input
from sim.ui.texts import plain
from sim.units import MONTHS_PER_YEAR, month_number, month_text
from sim.words.inputs import input_at, name_in_words, value_in_words
from sim.words.starter import starter

AWARD, MEDICAID = "award", "medicaid"
KINDS: Final = {  # of starter → what the organization is
    "medicaid": "Fee for service: Medicaid pays by the unit",
    "grant": "A grant or contract",
    "both": "Both: a grant, and Medicaid by the unit",
    "ccbhc": "A clinic paid by the visit-day (CCBHC)",
}
MONTHS_OF_CASH: Final = 2
POSTS, LEAVE, TERM = 10, 30.0, 36  # as in the starter; 36 months is the usual length of an award (funding.term)
FEDERAL: Final = "federal"
WHOSE: Final = {  # of `Payer` → whose grant it is
    FEDERAL: "Federal money, also where the state passes it on (block grant, SAMHSA)",
    "state": "The state's own money",
    "county": "A county's money, or an opioid settlement's",
    "other": "Somebody else's: a foundation, donors",
}
TYPED: Final = "the page Start, no source given"
RISE, PASSED_ON, DOLLARS = 1.2, 0.75, 1_000.0
ANY_DAY: Final = date(2000, 1, 1)  # figures of a place do not depend on it
SOURCE: Final = (
    "HUD fair market rent FY2026, one bedroom, where the middle one of the state's people lives, as a housing wage "
    "(hud_fmr_2026)"
)
OF_MEDICAID: Final = {  # kind of a source → what of it a state's Medicaid decides
    "fee_for_service": ("rate_usd_per_unit", "group_rate_usd_per_unit", "federal_share"),
    "prospective": ("federal_share",),
}
HEADING: Final = ("Figure", "Now", "Of the new place", "Where it comes from")


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
    where: tuple[str, str],
    asked: Asked,
    today: date,
    own: Own | None = None,
    living_wage: float | None = None,
    whose: str = FEDERAL,
) -> Question:
    """Return a question about an organization with a state's figures, or with what is known of one's own.

    Args:
        where: the state, and what pays.
        asked: the question.
        today: the projection begins after it.
        own: what is known of one's own organization.
        living_wage: USD an hour, where somebody has a figure; left out, the state's rent stands in.
        whose: one of `WHOSE`, whose grant it is.
    """
    tables = _granted(state_tables(*where, today), whose)
    base = tables if own is None else with_own(tables, own, today)
    if living_wage is not None:
        base = merge(base, {"place": {"living_wage_usd_per_hour": living_wage, "living_wage_source": TYPED}})
    return Question(base, tuple(map(Alternative, asked.alternatives(base))))


def rent_asks(where: tuple[str, str], today: date, own: Own | None = None) -> tuple[float, str, float]:
    """Return the living wage that the rent asks at a projection's start, that month, and the entry wage beside it.

    Args:
        where: the state, and what pays.
        today: the projection begins after it.
        own: what is known of one's own organization.
    """
    tables = state_tables(*where, today)
    scenario = load_table(tables if own is None else with_own(tables, own, today)).scenario
    return one_adult_usd_per_hour(scenario.place), scenario.horizon.start, scenario.pay.wage_usd_per_hour


def _granted(tables: TableDict, whose: str) -> TableDict:
    """Return tables whose award is booked with those whose money it is; as they are without an award."""
    if AWARD not in tables["funding"] or whose == FEDERAL:
        return tables
    return merge(tables, {"funding": {AWARD: {"payer": whose, "federal_share": 0.0}}})


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
    least = least_wage(tables["place"]["state"])
    known: TableDict = {
        "title": "My organization",
        "horizon": {"start": start},
        "posts": {"number": own.posts},
        "turnover": {"level": {"separations_per_100_posts_year": own.leave}},
    }
    if own.wage is not None:
        known["pay"] = {"wage_usd_per_hour": max(own.wage, least)}
    sources = {name: _known_of(name, own) for name in tables["funding"]}
    tables = merge(tables, known | {"funding": sources})
    tables["funding"].get(AWARD, {}).pop("start", None)  # months_left says when it ends
    return _paid_for(tables, own)


def least_wage(state: str) -> float:
    """Return the legal minimum wage of a state, USD an hour."""
    return load_places()[state].minimum_wage_usd_per_hour


def _known_of(name: str, own: Own) -> TableDict:
    """Return what is known of a source; an award that runs is renewed for the usual length, whatever is left of it."""
    if name == AWARD:
        amount, left = 0.0 if own.award is None else own.award, own.award_ends
        term = {"months_left": left, "term_months": max(left, TERM), "renewal_term_months": TERM}
        return {**term, "amount_usd_per_year": amount, "posts_paid": own.posts}
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


# once an organization has moved ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figure:
    """One figure that a scenario says and that a place decides: now, and in the new place (None: left out)."""

    path: Path
    now: Any
    new: Any
    from_old: bool  # it is the old place's, not one that somebody typed


def moving(board: Board) -> None:
    """Draw the figures that came from the place an organization moved from, and what takes over the new place's."""
    moved = _moved(board)
    found = list(figures(board.question, *moved)) if moved else []
    if not found:
        return
    was, now = (load_places()[place].name for place in moved)
    with st.container(border=True):
        st.subheader(f"Moved from {was} to {now}")
        st.markdown(f"These figures depend on the place. Take {now}'s with one click, or keep what stands.")
        columns = {heading: [_cells(one, was)[at] for one in found] for at, heading in enumerate(HEADING)}
        st.table(columns, hide_index=True, alt=f"Figures of {was} and {now} side by side", border="horizontal")
        own = [one for one in found if one.from_old]
        _button(f"Take all of {now}'s figures", found, primary=True)
        if own and len(own) < len(found):
            _button(f"Take those that were {was}'s, keep what I typed", own)
        _button("Keep all as they are", [])


def _moved(board: Board) -> tuple[str, str] | tuple[()]:
    """From which place to which an organization has moved; nothing where it has not, or alternatives are drawn."""
    old, (new, there) = state.kept(MOVED_FROM, None), board.question.said(BASE, PLACE)
    places = load_places()
    if board.place != BASE or board.kind or not there or old == new:
        return ()
    return (str(old), str(new)) if old in places and new in places else ()


def _cells(one: Figure, was: str) -> tuple[str, ...]:
    given = input_at(one.path)
    unit = given.unit if given is not None and isinstance(one.now, int | float) else ""
    told = [plain(value_in_words(value, unit)) for value in (one.now, one.new)]
    return plain(name_in_words(one.path)), *told, f"from {was}" if one.from_old else "typed or of a source of its own"


def _button(label: str, taken: list[Figure], *, primary: bool = False) -> None:
    st.button(label, type="primary" if primary else "secondary", on_click=_take, args=(taken,), wrap=True)


def _take(taken: list[Figure]) -> None:
    for one in taken:
        if one.new is None:
            state.change(without_input, BASE, one.path)
        else:
            state.change(with_input, BASE, one.path, one.new)
    state.keep(MOVED_FROM, None)


def figures(question: Question, old: str, new: str) -> Iterator[Figure]:
    """Yield the figures of the base that the new place has otherwise."""
    before, after = _of(question, old), _of(question, new)
    title, (was, becomes) = str(question.base.get("title", "")), (load_places()[code].name for code in (old, new))
    if was in title:
        yield Figure(("title",), title, title.replace(was, becomes), from_old=True)
    for path, value in after.items():
        now, there = question.said(BASE, path)
        if there and now != value:
            yield Figure(path, now, value, path[-1] == "area" or now == before.get(path))


def _of(question: Question, code: str) -> dict[Path, Any]:
    """Return what a place decides, by address: of sources that bill by the unit, of each its rate."""
    where, tables = load_places()[code], state_tables(code, MEDICAID, ANY_DAY)
    found: dict[Path, Any] = {
        ("place", "area"): None,
        ("place", "outside_wage_usd_per_hour"): round(where.neighboring_wage_usd_per_hour, 2),
        ("place", "living_wage_usd_per_hour"): round(where.housing_wage_usd_per_hour, 2),
        ("place", "living_wage_source"): SOURCE,
        ("pay", "wage_usd_per_hour"): tables["pay"]["wage_usd_per_hour"],
    }
    for name, source in (question.said(BASE, ("funding",))[0] or {}).items():
        kind = source.get("kind") if isinstance(source, dict) else ""
        for key in OF_MEDICAID.get(str(kind), ()):
            if key in tables["funding"][MEDICAID]:
                found["funding", name, key] = tables["funding"][MEDICAID][key]
    return found

"""Check the tables of one employer against one another: what no single input can break alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from sim.evidence.net_income import load_net_income
from sim.evidence.places import load_places
from sim.scenario.check.effects import effects_exist, effects_leave_room, time_constants_fit
from sim.scenario.check.numbers import (
    OF_NUMBERS,
    Check,
    covered_once,
    groups_fit,
    households_add_up,
    splits_fit,
    time_adds_up,
)
from sim.scenario.problems import NOTHING, Fault, Path, did_you_mean
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import grants_of, scheduled_in
from sim.scenario.tables.funding.grant import Grant, first_award
from sim.scenario.tables.funding.scheduled import ScheduledFund
from sim.scenario.tables.funding.source import PayingSource
from sim.scenario.tables.pay import GROSS
from sim.units import month_number, month_text

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


ENTRY = "entry"
BUDGET_YEAR = 12  # the last budgets look a year beyond the end


def consistency_faults(tables: Organization, horizon: Horizon, unsound: Iterable[Path] = ()) -> Iterator[Fault]:
    """Yield what is inconsistent; checks that read an unsound address are left out."""
    broken = tuple(unsound)
    for reads, check in CHECKS:
        if not any(_touch(path, read) for path in broken for read in reads):
            yield from check(tables, horizon)


def faults_of_numbers(tables: Organization, horizon: Horizon) -> Iterator[Fault]:
    """Yield what numbers break that may differ between rows of one structure."""
    for check in OF_NUMBERS:
        yield from check(tables, horizon)


def reads_number(path: Path) -> bool:
    """Whether a check of numbers that may differ between rows reads an address."""
    return any(_touch(path, read) for reads, check in CHECKS if check in OF_NUMBERS for read in reads)


def _touch(path: Path, read: Path) -> bool:
    shorter = min(len(path), len(read))
    return path[:shorter] == read[:shorter]


def _state_is_known(tables: Organization, _: Horizon) -> Iterator[Fault]:
    state = tables.place.state
    if state not in load_places():
        rule = "is not a state in data/places.csv"
        yield Fault(
            ("place", "state"),
            state,
            rule,
            did_you_mean(state, load_places()) or "use a two-letter code such as MD, or US",
        )


def _net_income_is_known(tables: Organization, _: Horizon) -> Iterator[Fault]:
    state, household = tables.place.state, tables.pay.adequacy_income
    if household != GROSS and not load_net_income().of(state):
        rule = (
            f"needs net income by wage, which is not known for place.state = {state}: taxes and benefits are a state's"
        )
        yield Fault(("pay", "adequacy_income"), household, rule, 'name the state, or take "gross"')


def _steps_follow(tables: Organization, _: Horizon) -> Iterator[Fault]:
    steps = sorted(rung.step for rung in tables.ladder.values())
    if steps != list(range(1, len(steps) + 1)):
        rule = "steps of the rungs must be 1, 2, 3 … without gaps or repeats"
        yield Fault(("ladder",), steps, rule, f"number them 1 to {len(steps)}")
    if ENTRY in tables.ladder:
        yield Fault(("ladder", ENTRY), NOTHING, "entry is reserved for the lowest rung", "choose another name")


def _braiding_names_sources(tables: Organization, _: Horizon) -> Iterator[Fault]:
    order, sources = tables.rules.braiding, tuple(tables.funding)
    path = ("rules", "braiding")
    for place, name in enumerate(order):
        if name not in sources:
            fix = did_you_mean(name, sources) or f"sources are {', '.join(sources) or 'none'}"
            yield Fault((*path, place), name, "is not a funding source", fix)
    missing = [name for name in sources if name not in order]
    if len(sources) > 1 and missing:
        rule = "must name every source, in the order in which costs are charged to them"
        yield Fault(path, list(order), rule, f"add {', '.join(missing)}")


def _nothing_twice(tables: Organization, _: Horizon) -> Iterator[Fault]:
    lists: list[tuple[Path, tuple[str, ...]]] = [
        (("funding", name, key), getattr(source, key, ()))
        for name, source in tables.funding.items()
        for key in ("billable", "pays_for")
    ]
    lists.append((("rules", "braiding"), tables.rules.braiding))
    for path, items in lists:
        twice = sorted({item for item in items if items.count(item) > 1})
        if twice:
            yield Fault(path, list(items), f"names {', '.join(twice)} more than once", "name each once")


def _roster_fits(tables: Organization, horizon: Horizon) -> Iterator[Fault]:
    roster = tables.posts.roster
    if len(roster) > tables.posts.number:
        rule = f"holds more peers than posts.number = {tables.posts.number}"
        yield Fault(("posts", "roster"), len(roster), rule, "add posts or leave peers out")
    rungs = (ENTRY, *tables.ladder)
    for place, entry in enumerate(roster):
        path: Path = ("posts", "roster", place)
        if entry.rung not in rungs:
            fix = did_you_mean(entry.rung, rungs) or f"rungs are {', '.join(rungs)}"
            yield Fault((*path, "rung"), entry.rung, "is not a rung of the ladder", fix)
        promoted = entry.in_rung_since or entry.hired
        if month_number(entry.hired) > month_number(horizon.start):
            rule = f"must not be after the start, {horizon.start}"
            yield Fault((*path, "hired"), entry.hired, rule)
        elif not month_number(entry.hired) <= month_number(promoted) <= month_number(horizon.start):
            rule = f"must lie between hired = {entry.hired} and the start, {horizon.start}"
            yield Fault((*path, "in_rung_since"), promoted, rule)


def _grants_meet_the_horizon(tables: Organization, horizon: Horizon) -> Iterator[Fault]:
    for name, source in tables.funding.items():
        yield from _outside_the_horizon(source, ("funding", name), horizon)


@singledispatch
def _outside_the_horizon(source: PayingSource, path: Path, horizon: Horizon) -> Iterator[Fault]:
    """Yield what of a source's dates lies outside of the projection; most kinds have no dates."""
    del source, path, horizon
    return iter(())


@_outside_the_horizon.register(Grant)
def _term_outside(source: Grant, path: Path, horizon: Horizon) -> Iterator[Fault]:
    yield from _term_faults(path, source) or _award_outside(path, source, horizon)


@_outside_the_horizon.register(ScheduledFund)
def _payments_outside(source: ScheduledFund, path: Path, horizon: Horizon) -> Iterator[Fault]:
    end = horizon.months + BUDGET_YEAR
    late = [place for place, at in enumerate(source.dated_months(month_number(horizon.start))) if at >= end]
    for place in late[:1]:
        yield _late((*path, "payments", place, "at"), source.payments[place].at, len(late))


def _term_faults(path: Path, grant: Grant) -> list[Fault]:
    """Faults of an award whose term is stated in too many ways, or in none."""
    if grant.start is None and grant.ends is None and grant.months_left is None:
        rule = "the award needs a beginning or an end"
        return [Fault((*path, "start"), NOTHING, rule, "state start, ends (its last month) or months_left")]
    if grant.ends is not None and grant.months_left is not None:
        return [Fault((*path, "months_left"), grant.months_left, "ends already says the same", "keep one of the two")]
    end = "ends" if grant.ends is not None else "months_left"
    if grant.start is not None and grant.term_months is not None and getattr(grant, end) is not None:
        rule = f"start and {end} both set the length of the award"
        return [Fault((*path, "term_months"), grant.term_months, rule, "leave one of the three out")]
    return []


def _award_outside(path: Path, grant: Grant, horizon: Horizon) -> Iterator[Fault]:
    """Yield the fault of an award that is over before the projection, or begins long after it."""
    now = month_number(horizon.start)
    begins, over = first_award(grant, now)
    stated = "start" if grant.ends is None else "ends"
    if begins >= over:
        yield Fault(
            (*path, "ends"), grant.ends, f"comes before the award's start, {grant.start}", "state its last month"
        )
    elif over <= 0:
        rule = f"ends in {month_text(now + over - 1)}, before the start of the projection, {horizon.start}"
        yield Fault((*path, stated), getattr(grant, stated), rule, "state the award that runs")
    elif begins >= horizon.months + BUDGET_YEAR:
        yield _late((*path, stated), getattr(grant, stated))


def _late(path: Path, at: Any, number: int = 1) -> Fault:
    """Return the warning of what comes too late, once for all dated payments of a source."""
    like = f", like {number - 1} more of these payments" if number > 1 else ""
    rule = f"comes more than a year after the end of the projection and has no effect{like}"
    return Fault(path, at, rule, severity="warning")


def _payments_before_the_start(tables: Organization, horizon: Horizon) -> Iterator[Fault]:
    for name, fund in scheduled_in(tables.funding).items():
        for place, payment in enumerate(fund.payments):
            if month_number(payment.at) < month_number(horizon.start):
                rule = f"comes before the start, {horizon.start}, and is not paid again"
                fix = "put what is left of it in rules.opening_cash_usd"
                yield Fault(("funding", name, "payments", place, "at"), payment.at, rule, fix, "warning")


def _posts_exist(tables: Organization, _: Horizon) -> Iterator[Fault]:
    for name, grant in grants_of(tables.funding).items():
        if grant.posts_paid > tables.posts.number:
            rule = f"must be at most posts.number = {tables.posts.number}"
            yield Fault(("funding", name, "posts_paid"), grant.posts_paid, rule)


CHECKS: tuple[tuple[tuple[Path, ...], Check], ...] = (
    ((("time_use",),), time_adds_up),
    ((("funding",),), covered_once),
    ((("place", "households"),), households_add_up),
    ((("place", "black_share"), ("place", "non_white_share")), groups_fit),
    ((("place", "state"),), _state_is_known),
    ((("place", "state"), ("pay", "adequacy_income")), _net_income_is_known),
    ((("ladder",),), _steps_follow),
    ((("funding",), ("rules", "braiding")), _braiding_names_sources),
    ((("funding",), ("rules", "braiding")), _nothing_twice),
    ((("posts",), ("ladder",), ("horizon",)), _roster_fits),
    ((("posts",), ("positions",), ("funding",)), positions_fit),
    ((("posts",), ("positions",)), people_have_posts),
    ((("turnover",),), splits_fit),
    ((("effects",),), effects_exist),
    ((("effects",),), time_constants_fit),
    ((("effects",),), effects_leave_room),
    ((("funding",), ("horizon",)), _grants_meet_the_horizon),
    ((("funding",), ("horizon",)), _payments_before_the_start),
    ((("funding",), ("posts",)), _posts_exist),
)

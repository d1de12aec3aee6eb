"""Check what numbers can break among themselves, of one organization or of all rows of a block at once.

Whether a rule is broken is asked of tables in which any number may be an array with one element a row: the answer is
then an array too. What the fault is called is asked of plain tables alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from sim.scenario.check.effects import any_effect_too_large, effects_exist, effects_leave_no_room, effects_leave_room
from sim.scenario.problems import Fault
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import claims_of
from sim.scenario.tables.people import ObservedTurnover

ROUNDING: Final = 1e-6
NOT_WORK: Final = ("leave_share", "absence_share", "group_size")
Check = Callable[[Organization, Horizon], Iterator[Fault]]
Broken = Any  # yes or no; of rows, an array of them


def _hours_told(tables: Organization) -> Any:
    return sum(value for name, value in tables.time_use if name not in NOT_WORK)


def _too_many_hours(tables: Organization) -> Broken:
    return _hours_told(tables) > 1 + ROUNDING


def time_adds_up(tables: Organization, _: Horizon) -> Iterator[Fault]:
    """Yield that shares of the hours worked are more than all."""
    if _too_many_hours(tables):
        rule = "shares of hours worked must add up to at most 1"
        yield Fault(("time_use",), round(_hours_told(tables), 6), rule, "lower one")


def _covered(tables: Organization) -> Any:
    return sum(source.clients_covered_share for source in claims_of(tables.funding).values())


def _covered_twice(tables: Organization) -> Broken:
    return _covered(tables) > 1 + ROUNDING


def covered_once(tables: Organization, _: Horizon) -> Iterator[Fault]:
    """Yield that payers cover more clients than there are."""
    if _covered_twice(tables):
        rule = "clients_covered_share of the sources must add up to at most 1: a client has one payer"
        yield Fault(("funding",), round(_covered(tables), 6), rule, "lower one of them")


def _households(tables: Organization) -> Any:
    return sum(household.share for household in tables.place.households.values())


def _not_all_households(tables: Organization) -> Broken:
    return abs(_households(tables) - 1) > ROUNDING


def households_add_up(tables: Organization, _: Horizon) -> Iterator[Fault]:
    """Yield that shares of households are not all of them."""
    if _not_all_households(tables):
        rule = "shares of households must add up to 1"
        yield Fault(("place", "households"), round(_households(tables), 6), rule)


def _groups_do_not_fit(tables: Organization) -> Broken:
    return tables.place.black_share > tables.place.non_white_share + ROUNDING


def groups_fit(tables: Organization, _: Horizon) -> Iterator[Fault]:
    """Yield that a part of the workforce is larger than what it is a part of."""
    if _groups_do_not_fit(tables):
        rule = f"must be at most non_white_share = {tables.place.non_white_share:g}, of which it is a part"
        yield Fault(("place", "black_share"), tables.place.black_share, rule)


def _went_too_often(tables: Organization) -> Broken:
    return tables.turnover.other_field_share + tables.turnover.out_of_work_share > 1 + ROUNDING


def _reasons_too_many(tables: Organization) -> Broken:
    level = tables.turnover.level
    return isinstance(level, ObservedTurnover) and level.voluntary_share + level.involuntary_share > 1 + ROUNDING


def splits_fit(tables: Organization, _: Horizon) -> Iterator[Fault]:
    """Yield that shares of those who leave are more than all of them."""
    turnover, level = tables.turnover, tables.turnover.level
    if _went_too_often(tables):
        rule = f"must add up to at most 1 with out_of_work_share = {turnover.out_of_work_share:g}"
        yield Fault(("turnover", "other_field_share"), turnover.other_field_share, rule)
    if isinstance(level, ObservedTurnover) and _reasons_too_many(tables):
        rule = f"must add up to at most 1 with involuntary_share = {level.involuntary_share:g}"
        yield Fault(("turnover", "level", "voluntary_share"), level.voluntary_share, rule)


OF_NUMBERS: Final[dict[Check, tuple[Callable[[Organization], Broken], ...]]] = {
    time_adds_up: (_too_many_hours,),
    covered_once: (_covered_twice,),
    households_add_up: (_not_all_households,),
    groups_fit: (_groups_do_not_fit,),
    splits_fit: (_went_too_often, _reasons_too_many),
    effects_exist: (any_effect_too_large,),
    effects_leave_room: (effects_leave_no_room,),
}  # by check, what breaks it


def numbers_break(tables: Organization) -> Broken:
    """Return whether numbers break anything; of rows, an array with one element a row where any number differs."""
    broken: Broken = False
    for conditions in OF_NUMBERS.values():
        for condition in conditions:
            broken = broken | condition(tables)
    return broken

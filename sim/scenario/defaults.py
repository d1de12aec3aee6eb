"""Fill what a scenario may leave out because the place, or having one source only, already says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.places import RENTS_OF, WAGES_OF, Place, load_places
from sim.scenario.patch import TableDict, find, leaves, merge, put
from sim.scenario.schema import Effects, EmployerKind, Organization, Scenario
from sim.scenario.timeline import organization_table
from sim.scenario.yardsticks import STAND_IN
from sim.units import MONTHS_PER_YEAR, month_number


def resolve(scenario: Scenario) -> Scenario:
    """Return the scenario with its defaults filled in, for the top tables and for each kind of employer.

    The living wage is the housing wage of the state's one-bedroom rent, the outside wage the state's mean
    over sales, stocking and home care, both brought from the year of their table to the start at the growth the
    scenario states for them; the minimum wage is the state's, as it stands in its table. "US" is the median over the
    areas, with the federal minimum wage. One source needs no braiding order; states keep the time constants that are
    not set.
    """
    own, start = organization_table(scenario), month_number(scenario.horizon.start)
    top = merge(own, defaults(own, start))
    kinds = tuple(_resolved_kind(kind, own, top, start) for kind in scenario.employer)
    tables = {name: getattr(Organization.model_validate(top), name) for name in Organization.model_fields}
    return scenario.model_copy(update={**tables, "employer": kinds})


def defaults(tables: Mapping[str, Any], start: int) -> TableDict:
    """Return what is missing from an organization's tables and follows from them, in dollars of the start."""
    place, known = tables["place"], load_places().get(tables["place"]["state"])
    missing = {} if known is None else {k: v for k, v in _of(known, place, start).items() if place.get(k) is None}
    if "living_wage_usd_per_hour" in missing:
        missing["living_wage_source"] = STAND_IN
    sources = tuple(tables["funding"])
    needs_no_order = len(sources) <= 1 and not tables["rules"]["braiding"]
    given = tables["effects"]["months_to_adjust"]
    constants = {state: months for state, months in Effects().months_to_adjust.items() if state not in given}
    return {
        "place": missing,
        "rules": {"braiding": sources} if needs_no_order else {},
        "effects": {"months_to_adjust": constants},
    }


def _of(known: Place, place: Mapping[str, Any], start: int) -> TableDict:
    living = brought_to(start, RENTS_OF, place["living_wage_growth_per_year"])
    outside = brought_to(start, WAGES_OF, place["outside_wage_growth_per_year"])
    return {
        "living_wage_usd_per_hour": round(known.housing_wage_usd_per_hour * living, 2),
        "outside_wage_usd_per_hour": round(known.elsewhere_wage_usd_per_hour * outside, 2),
        "minimum_wage_usd_per_hour": known.minimum_wage_usd_per_hour,
    }


def brought_to(start: int, table: str, growth_per_year: float) -> float:
    """Factor that brings an amount from the middle of its table's year to the start."""
    return float((1.0 + growth_per_year) ** ((start - month_number(table)) / MONTHS_PER_YEAR))


def _resolved_kind(kind: EmployerKind, own: TableDict, top: TableDict, start: int) -> EmployerKind:
    """Return a kind that states what it needs beyond the filled-in top tables.

    What it needs is worked out before the top tables are filled in: a kind in another state takes that
    state's wages.
    """
    differs = dict(kind.differs)
    filled = defaults(_plain(merge(own, differs)), start)
    for path, value in leaves(filled):
        says_otherwise = find(top, path)[0] != value or find(differs, path)[1] == len(path)
        if says_otherwise and value != {}:
            differs = put(differs, path, value)
    return kind.model_copy(update={"differs": differs})


def _plain(tables: TableDict) -> TableDict:
    return organization_table(Organization.model_validate(tables))

"""Which living wage counts for whom, and where it comes from: the user's own figure, or a rent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sim.evidence.places import load_places
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Household, Place

STAND_IN = (
    "hud_fmr_2026: rent of one bedroom where the middle one of the state's people lives, brought to the start; "
    "no living wage was typed"
)
Method = Literal["own figure", "own ratio", "rent"]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The living wage of one household type at the start, and how it was found.

    one_adult is the living wage of one adult, which the user typed (`own_one_adult`) or the state's rent gives.
    source is the user's words on the household's figure, or else on that of one adult; empty when nothing was typed.
    """

    household: str
    share: float
    state: str
    bedrooms: int
    usd_per_hour: float
    one_adult: float
    own_one_adult: bool
    method: Method
    source: str


def over_one_adult(place: Place, household: Household) -> float:
    """Return a household's living wage over that of one adult: its own figure, its own ratio, or its rent."""
    if household.living_wage_usd_per_hour is not None:
        return household.living_wage_usd_per_hour / one_adult_usd_per_hour(place)
    if household.living_wage_ratio is not None:
        return household.living_wage_ratio
    return load_places()[place.state].rent_over_one_adult(household.bedrooms)


def one_adult_usd_per_hour(place: Place) -> float:
    """Return the living wage of one adult at the start: the user's own, or the housing wage that stands in for it.

    Raises:
        ValueError: when the place is not resolved.
    """
    if place.living_wage_usd_per_hour is None:
        raise ValueError("the place is not resolved: load the scenario with sim.scenario.files.load")
    return place.living_wage_usd_per_hour


def stands_in(place: Place) -> bool:
    """Whether a housing wage stands in for a living wage that nobody typed."""
    return place.living_wage_source == STAND_IN


def yardsticks(tables: Organization) -> Iterator[Yardstick]:
    """Yield the yardstick of every household type of an employer, by name."""
    place = tables.place
    one_adult, own = one_adult_usd_per_hour(place), not stands_in(place)
    for name, household in sorted(place.households.items()):
        yield Yardstick(
            household=name,
            share=household.share,
            state=place.state,
            bedrooms=household.bedrooms,
            usd_per_hour=over_one_adult(place, household) * one_adult,
            one_adult=one_adult,
            own_one_adult=own,
            method=_method(household),
            source=household.living_wage_source or (place.living_wage_source if own else ""),
        )


def _method(household: Household) -> Method:
    if household.living_wage_usd_per_hour is not None:
        return "own figure"
    return "own ratio" if household.living_wage_ratio is not None else "rent"

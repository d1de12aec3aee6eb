"""Say which living wage counts for whom, and where it comes from: the user's own figure, or a rent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sim.evidence.places import load_places
from sim.scenario.schema import Organisation
from sim.scenario.tables.frame import Household, Place

Method = Literal["own figure", "own ratio", "rent"]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Hold the living wage of one household type at the start, and how it was found.

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
    """Return the living wage of one adult at the start: the user's own, or the state's housing wage to the cent."""
    own = place.living_wage_usd_per_hour
    return own if own is not None else round(load_places()[place.state].housing_wage_usd_per_hour, 2)


def yardsticks(tables: Organisation) -> Iterator[Yardstick]:
    """Yield the yardstick of every household type of an employer, by name.

    A living wage that equals the state's housing wage and has no source is taken for one that was left out: that
    is what filling in the defaults makes of it.
    """
    place = tables.place
    one_adult = one_adult_usd_per_hour(place)
    left_out = one_adult == one_adult_usd_per_hour(place.model_copy(update={"living_wage_usd_per_hour": None}))
    own = bool(place.living_wage_source) or not left_out
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
            source=household.living_wage_source or place.living_wage_source,
        )


def _method(household: Household) -> Method:
    if household.living_wage_usd_per_hour is not None:
        return "own figure"
    return "own ratio" if household.living_wage_ratio is not None else "rent"

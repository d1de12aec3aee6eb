"""What PolicyEngine is asked: which households, at which wages, in which areas; standard library only."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

YEAR: Final = 2026
HOURS_PER_YEAR: Final = 2080
WAGES: Final = tuple(12.0 + 0.5 * step for step in range(77))  # USD an hour, 12 to 50
ADULT_AGE: Final = 35
HOUSEHOLDS: Final = MappingProxyType(  # name → (adults, ages of children); the first adult is the only earner
    {
        "one_adult": (1, ()),
        "one_adult_one_child": (1, (10,)),
        "one_adult_two_children": (1, (10, 6)),
        "two_adults": (2, ()),
        "two_adults_two_children": (2, (10, 6)),
    }
)
AREAS: Final = (
    "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS",
    "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV",
    "NY", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY",
)  # fmt: skip
FILED: Final = (  # what a row of the working file holds; amounts in USD a year
    "state",
    "household",
    "wage_usd_per_hour",
    "net",
    "net_with_health",
    "taxes",
    "credits",
    "food",
    "other",
    "public_cover",
    "marketplace_help",
)


def situation(state: str, household: str) -> dict[str, Any]:
    """Return a household of a state as PolicyEngine takes it, its first adult at every wage of the grid.

    Nothing else is told: no rent, child care, savings, disability, pension or employer's health cover.
    """
    adults, children = HOUSEHOLDS[household]
    grown = [f"adult{number + 1}" for number in range(adults)]
    young = [f"child{number + 1}" for number in range(len(children))]
    ages = dict(zip(young, children, strict=True)) | dict.fromkeys(grown, ADULT_AGE)
    members = [*grown, *young]
    wages = {
        "name": "employment_income", "count": len(WAGES), "index": 0, "period": YEAR,
        "min": WAGES[0] * HOURS_PER_YEAR, "max": WAGES[-1] * HOURS_PER_YEAR,
    }  # fmt: skip
    return {
        "people": {name: {"age": {YEAR: ages[name]}} for name in members},
        "families": {"family": {"members": members}},
        "marital_units": {"couple": {"members": grown}} | {f"{name}_alone": {"members": [name]} for name in young},
        "tax_units": {"tax_unit": {"members": members}},
        "spm_units": {"spm_unit": {"members": members}},
        "households": {"household": {"members": members, "state_name": {YEAR: state}}},
        "axes": [[wages]],
    }

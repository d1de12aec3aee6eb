"""Where the base cannot show the turnover that was stated, with both numbers."""

from __future__ import annotations

from sim.runs.stated_turnover import Unreached, unreached
from sim.scenario.schema import Scenario
from sim.words.as_json import Shape
from sim.words.layout import listed


def turnover_lead(base: Scenario) -> str:
    """Return what was stated and what is shown instead; nothing where the stated level is reached."""
    found = unreached(base)
    told = [_told(one, several=bool(base.employer)) for one in found]
    if not told:
        return ""
    return f"{listed(told)}. Lower turnover.return_to_use_per_year, or state a level that includes it."


def _told(one: Unreached, *, several: bool) -> str:
    whose = f" at {one.employer.replace('_', ' ')}" if several else ""
    return (
        f"You stated {one.stated:,.4g} separations per 100 posts a year{whose}; return to use alone gives "
        f"{one.shown:,.1f}: the base shows {one.shown:,.1f}, all of them by return to use"
    )


def turnover_shape(base: Scenario) -> Shape:
    """Return the same for JSON; nothing where the stated level is reached."""
    found = [
        {
            "employer": one.employer,
            "stated_per_100_posts_year": one.stated,
            "return_to_use_alone_per_100_posts_year": one.shown,
            "shown_per_100_posts_year": one.shown,
        }
        for one in unreached(base)
    ]
    return {"turnover_not_reached": found} if found else {}

"""Hide in a career what a list of real people says of one of them: in a small place everybody would know who it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sim.questions.story.words import NOT_REAL
from sim.results.careers import Career
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans

LISTED: Final = (
    "This scenario lists people. Anyone on the list is shown only as projected, by the number of the post, without "
    "month of hire, rung or wage: what happens to them here is drawn at random by the model, and is nothing that is "
    "known or expected of anybody. Everyone hired later is made up by the model."
)


def lists_people(start: Scenario) -> bool:
    """Whether a scenario begins with a list of people."""
    return any(plan.epochs[0][1].posts.roster for plan in plans(start))


def about(start: Scenario) -> str:
    """Return what has to be said before anybody's story is told; `start` is the scenario whose opening it is."""
    return LISTED if lists_people(start) else NOT_REAL


def discreet(found: Sequence[Career], start: Scenario) -> list[Career]:
    """Return careers, those of listed people without when they were hired and what they earn (NaN)."""
    listing = {plan.name for plan in plans(start) if plan.epochs[0][1].posts.roster}
    return [_hidden(one) if one.kind in listing and one.events[0].what == "opening" else one for one in found]


def _hidden(career: Career) -> Career:
    events = tuple(replace(event, wage=math.nan) for event in career.events)
    return replace(career, hired=math.nan, events=events, wage=(math.nan,) * len(career.wage))

"""List the views of each page, in their order; one person's story has its own (`sim.questions.story.view`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.charts.seen import Seen
from sim.charts.view import View
from sim.questions.compare.views.awards import awards_view
from sim.questions.compare.views.budget import budget_view
from sim.questions.compare.views.differences import differences_view
from sim.questions.compare.views.paths import path_view
from sim.questions.compare.views.receipts import receipts_view
from sim.questions.compare.views.retention import flow_view, retention_view, rungs_view
from sim.questions.compare.views.shares import costs_view, leaving_view, living_wage_view
from sim.questions.compare.views.units import units_view
from sim.questions.household.view import household_views

MONEY_PATHS: Final = ("cash_usd", "months_of_reserve", "chance_of_negative_cash")
PEOPLE_PATHS: Final = ("vacancy_rate", "burnout_prevalence", "satisfaction_mean")


def compare_page(seen: Seen, keys: Sequence[str] = ()) -> list[View]:
    """Return what changes against the base; `keys` are measures, left out those that changed most."""
    return [differences_view(seen, keys)]


def money_page(seen: Seen) -> list[View]:
    """Return cash, the chance of cash below zero, who pays, awards, where each dollar goes, what units meet.

    Last comes what reaches the household, where an entry wage changes and the state is known.
    """
    paths = [path_view(seen, key) for key in MONEY_PATHS]
    received = [receipts_view(seen), receipts_view(seen, "source")]
    spent = [costs_view(seen), units_view(seen)]
    return [*paths, budget_view(seen), *received, awards_view(seen), *spent, *household_views(seen)]


def people_page(seen: Seen, place: int = 0) -> list[View]:
    """Return who stays, who leaves and why, how peers are and are paid, and the way through the ladder.

    Args:
        seen: the answer.
        place: the scenario whose ladder is looked at; the base is number 0.
    """
    stay = [retention_view(seen), rungs_view(seen, place), leaving_view(seen)]
    paths = [path_view(seen, key) for key in PEOPLE_PATHS]
    return [*stay, *paths, living_wage_view(seen), flow_view(seen, place)]

"""Say what stands next to a measure: the inputs and effects that enter its calculation before any loop closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects


@dataclass(frozen=True)
class Beside:
    """Name what enters a measure: starts of evidence keys, outcomes of the effects table, sections of the model."""

    cards: tuple[str, ...]
    outcomes: tuple[str, ...]
    sections: tuple[int, ...]

    def card_keys(self) -> tuple[str, ...]:
        """Return the evidence keys that the starts stand for."""
        return _begun(self.cards)

    def effect_keys(self) -> list[str]:
        """Return the effects on the outcomes."""
        return [key for key, effect in load_effects().items() if effect.outcome in self.outcomes]


EXITS = ("exit_voluntary", "return_to_use")
LAYOFFS = (
    "rules.enforce",
    "rules.layoffs",
    "rules.bridge",
    "rules.yearly_budget",
    "rules.fiscal_year",
    "funding.posts_paid",
)
CLOSURE = ("rules.enforce", "rules.closure", "rules.credit")
LEAVING = (
    "turnover.level",
    "turnover.split",
    "turnover.return_to_use",
    "turnover.wage_response",
    "turnover.tenure_shape",
    "turnover.early_peak",
    "turnover.worker_spread",
    "turnover.employer_spread",
    "turnover.promotion_bump",
    "place.outside_wage_usd_per_hour",
    "practices.leave",
)
FILLING = ("posts.number", "recruitment.days_to_fill", "recruitment.wage_elasticity", "recruitment.pool")
WAGES = ("pay", "ladder.pay", "ladder.step", "place.minimum_wage_usd_per_hour", "place.growth")
LIVING = (*WAGES, "place.living_wage_usd_per_hour", "place.households")
COSTS = (
    *WAGES,
    "benefits",
    "posts",
    "practices.cost",
    "practices.other_supervisors_fte",
    "practices.supervisor_wage",
    "turnover.cost_per_exit",
    "recruitment.cost_per_hire",
    "funding.rework",
    "rules.credit",
)
MONEY = (*COSTS, "funding", "rules.braiding")
HOURS = ("time_use", "posts", "recruitment.ramp_up_months", "ladder.supervising_share", "practices.leave")
SERVED = (*HOURS, "services.demand", "services.dropout", "services.leave_care", "services.regain")
WORTH = (
    "pay.wage_usd_per_hour",
    "ladder.pay",
    "benefits",
    "funding.rate",
    "funding.denial_share",
    "funding.rework",
    "posts.paid_hours_per_year",
)

_LEAVING = Beside((*LEAVING, *LAYOFFS, *CLOSURE), EXITS, (6, 12))
_FILLED = Beside((*LEAVING, *FILLING, *LAYOFFS, *CLOSURE, "rules.freeze"), EXITS, (6, 7, 12))
_LADDER = Beside(("ladder", "recruitment.months_to_certify", "recruitment.certified_share"), (), (13,))
_RETURN = Beside(("turnover.return_to_use", "practices.leave"), ("return_to_use",), (6,))
_LIVING = Beside(LIVING, (), (7, 8))
_CASH = Beside((*MONEY, "rules.opening_cash"), (), (9, 10, 11))
_REPLACING = Beside(
    (
        *("recruitment.cost_per_hire", "turnover.cost_per_exit", "recruitment.cover", "recruitment.ramp_up_months"),
        *("recruitment.months_to_certify", "funding.certification_required", *LEAVING),
    ),
    EXITS,
    (6, 9, 10),
)
_PAYERS = Beside(("funding", "rules.braiding"), (), (9, 11))
_BREAK_EVEN = Beside(WORTH, (), (8, 9, 10))
_BREAK_EVEN_FULL = Beside((*COSTS, *WORTH), (), (8, 9, 10))


def _state(state: str) -> Beside:
    supports = ("practices.level", "practices.penalty", "practices.ratio", "time_use.outside_role", "place.rural")
    return Beside(("effects", *supports, "pay.adequacy", "services.standard_load"), (state,), (5,))


BESIDE: Final = MappingProxyType(  # measure, or the start of several up to an underscore → what stands next to it
    {
        "headcount": _FILLED,
        "vacancy_rate": _FILLED,
        "exits_per_year": _LEAVING,
        "separations": _LEAVING,
        "retention": _LEAVING,
        "retention_after_promotion": Beside((*_LEAVING.cards, "ladder"), EXITS, (6, 12, 13)),
        "leavers_who_quit_share": Beside((*_LEAVING.cards, "turnover.destination"), EXITS, (6, 12)),
        "stability_12_months": _LEAVING,
        "median_tenure_months": _LEAVING,
        "promotions_per_100_posts_year": _LADDER,
        "hired_and_promoted_share": _LADDER,
        "months_waited_for_promotion": _LADDER,
        "burnout": _state("burnout"),
        "satisfaction_mean": _state("satisfaction"),
        "role_clarity_mean": _state("role_clarity"),
        "recovery_mean": _state("recovery"),
        "return_to_use_per_100_posts_year": _RETURN,
        "people_supported_back": _RETURN,
        "mean_wage_usd_per_hour": Beside(WAGES, (), (8,)),
        "median_wage_usd_per_hour": Beside(WAGES, (), (8,)),
        "wage_to_living_wage": Beside((*WAGES, "place.living_wage_usd_per_hour"), (), (8,)),
        "share_below_living_wage": _LIVING,
        "living_wage_gap_usd_per_year": _LIVING,
        "wage_gap_by_group_share": Beside(("place.groups", *WAGES, "ladder"), (), (5, 8, 13)),
        "revenue_usd_per_year": _PAYERS,
        "cost_usd_per_year": Beside(COSTS, (), (10,)),
        "margin_usd_per_year": Beside(MONEY, (), (9, 10, 11)),
        "cash_end_usd": _CASH,
        "months_of_reserve_end": _CASH,
        "chance_of_negative_cash": _CASH,
        "chance_of_missing_payroll": _CASH,
        "months_open": Beside((*CLOSURE, "rules.opening_cash"), (), (12,)),
        "months_in_freeze": Beside(("rules.enforce", "rules.freeze", "rules.opening_cash"), (), (12,)),
        "layoffs_per_year": Beside(LAYOFFS, (), (12,)),
        "chance_of_closure": Beside((*CLOSURE, "rules.opening_cash"), (), (12,)),
        "lapsed_award_usd": Beside(
            ("funding.amount", "funding.term", "funding.pays_for", "funding.indirect_cap", "funding.carry_over"),
            (),
            (11,),
        ),
        "denied_usd_per_year": Beside(("funding.denial_share", "funding.rate", "funding.group_rate"), (), (9,)),
        "turnover_cost_usd_per_year": _REPLACING,
        "turnover_cost_per_separation_usd": _REPLACING,
        "turnover_cost_share_of_pay": _REPLACING,
        "spending": _PAYERS,
        "cost_per_hour_delivered_usd": Beside((*COSTS, *SERVED), (), (9, 10)),
        "break_even_billable_share": _BREAK_EVEN,
        "break_even_billable_share_full_cost": _BREAK_EVEN_FULL,
        "billable_share": Beside(
            ("time_use", "funding.billable", "funding.caps", "funding.covered", "services.demand"), (), (9,)
        ),
        "hours_delivered_per_year": Beside(SERVED, (), (9,)),
        "hours_delivered_in_all": Beside((*SERVED, *CLOSURE), (), (9, 12)),
        "unmet_hours_per_year": Beside(SERVED, (), (9,)),
        "backlog_end": Beside(SERVED, (), (9,)),
        "clients_served": Beside(("services.caseload", "posts"), (), (9,)),
        "relationships_broken_per_year": Beside(("services.caseload", *LEAVING), EXITS, (6, 9)),
    }
)


def beside(measure: str) -> Beside:
    """Return what stands next to a measure; KeyError when nobody has said."""
    starts = [start for start in BESIDE if measure == start or measure.startswith(f"{start}_")]
    if not starts:
        raise KeyError(measure)
    return BESIDE[max(starts, key=len)]


@cache
def _begun(starts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in load_cards() if any(key == one or key.startswith(f"{one}.") for one in starts))


def measures_of_card(key: str, measures: Sequence[str]) -> list[str]:
    """Return the measures that an input stands next to."""
    return [measure for measure in measures if key in beside(measure).card_keys()]


def measures_of_outcome(outcome: str, measures: Sequence[str]) -> list[str]:
    """Return the measures that an outcome of the effects table stands next to."""
    return [measure for measure in measures if outcome in beside(measure).outcomes]

"""Say where inputs and effects act: sections of docs/model.md, and causes of the effects table."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from sim.evidence.cards import load_cards
from sim.world.causes import PRACTICES

MODEL: Final = "docs/model.md"
SECTIONS: Final = MappingProxyType(
    {
        1: "Purpose",
        2: "Who and what",
        3: "Time",
        4: "Luck",
        5: "Burnout, satisfaction, role clarity, recovery",
        6: "Hazards",
        7: "Vacancies and hires",
        8: "Pay",
        9: "Service and billing",
        10: "Cost of a month (cents, one ledger line a kind at k+1)",
        11: "Sources, in braiding order",
        12: "Employer decisions (from time 0 on, if `rules.enforce`)",
        13: "Promotions",
        14: "What is written down",
    }
)
CARDS_ACT_IN: Final = MappingProxyType(  # evidence key, or the start of several → sections; the longest start counts
    {
        "place": (8,),
        "place.area": (),
        "place.groups": (5,),
        "place.households": (7, 14),
        "place.living_wage_usd_per_hour": (5, 6, 8),
        "place.outside_wage_usd_per_hour": (6, 7, 8),
        "place.rural": (5,),
        "place.state": (5, 6, 7, 8),
        "posts.number": (2, 12),
        "posts.fte": (5, 9, 10),
        "posts.paid_hours_per_year": (9, 10),
        "posts.overhead_share": (10,),
        "posts.fixed_usd_per_month": (10,),
        "posts.roster": (3,),
        "ladder.certificate_required": (13,),
        "ladder.months_in_rung_below": (5, 13),
        "ladder.pay": (5, 8),
        "ladder.slots": (5, 13),
        "ladder.step": (8, 13),
        "ladder.supervising_share": (5, 9),
        "pay": (8,),
        "pay.adequacy": (5,),
        "benefits": (10,),
        "practices.level": (5,),
        "practices.cost": (10,),
        "practices.leave": (6, 10),
        "practices.other_supervisors_fte": (5, 10),
        "practices.penalty": (5,),
        "practices.ratio": (5,),
        "practices.supervisor_wage": (10,),
        "time_use": (9,),
        "time_use.outside_role": (5, 9),
        "services": (9,),
        "services.standard_load": (5,),
        "funding": (11,),
        "funding.audit": (9,),
        "funding.billable": (9,),
        "funding.caps": (9,),
        "funding.certification_required": (9,),
        "funding.covered": (9,),
        "funding.denial_share": (9,),
        "funding.group_rate": (9,),
        "funding.lag": (9,),
        "funding.posts_paid": (5, 12),
        "funding.prospective": (9,),
        "funding.rate": (8, 9, 12),
        "funding.renewal": (5, 11, 12),
        "funding.rework": (9, 10),
        "rules": (12,),
        "rules.braiding": (11,),
        "rules.credit": (10, 12),
        "rules.enforce": (3, 12),
        "rules.fiscal_year": (8, 9, 12),
        "rules.opening_cash": (3,),
        "turnover": (6,),
        "turnover.cost_per_exit": (10, 12),
        "turnover.level": (3, 6),
        "turnover.split": (3, 6),
        "recruitment": (7,),
        "recruitment.cost_per_hire": (10,),
        "recruitment.ramp_up_months": (9,),
        "effects.months_to_adjust": (5,),
        "effects.scale": (5, 6),
        "horizon": (3,),
        "experiment.feedback": (5,),
        "experiment.replications": (2, 4),
        "experiment.seed": (4,),
        "change": (3,),
        "employer": (2,),
    }
)
CAUSES_OF_CARDS: Final = (
    MappingProxyType(  # evidence key, or its start → causes that the input moves; the longest counts
        {
            "place.groups": ("non_white_identity",),
            "place.groups.black": ("black_identity",),
            "place.living_wage_usd_per_hour": ("pay_adequacy",),
            "place.outside_wage_usd_per_hour": ("log_wage_over_outside_wage",),
            "place.rural": ("rural",),
            "posts.fte": ("full_time",),
            "ladder.months_in_rung_below": ("prospects",),
            "ladder.pay": ("prospects", "pay_adequacy", "log_wage_over_outside_wage"),
            "ladder.slots": ("prospects",),
            "ladder.supervising_share": ("peer_background_of_supervisor", "supervisor_support"),
            "pay.adequacy": ("pay_adequacy",),
            "pay.annual_step": ("pay_adequacy", "log_wage_over_outside_wage"),
            "pay.certification_premium": ("pay_adequacy", "log_wage_over_outside_wage"),
            "pay.cost_of_living": ("pay_adequacy", "log_wage_over_outside_wage"),
            "pay.floor": ("pay_adequacy", "log_wage_over_outside_wage"),
            "pay.pass_through": ("pay_adequacy", "log_wage_over_outside_wage"),
            "pay.wage_usd_per_hour": ("pay_adequacy", "log_wage_over_outside_wage"),
            "practices.level": PRACTICES,
            "practices.other_supervisors_fte": ("supervisor_support",),
            "practices.penalty": ("supervisor_support",),
            "practices.ratio": ("supervisor_support",),
            "time_use.outside_role": ("out_of_role_work",),
            "services.demand": ("workload",),
            "services.standard_load": ("workload",),
            "funding.posts_paid": ("funding_certainty",),
            "funding.renewal": ("funding_certainty",),
            "funding.renewal.amount_change": (),
            "funding.renewal.gap": (),
            "turnover.wage_response": ("log_wage_over_outside_wage",),
        }
    )
)
BORN_IN_MODEL: Final = MappingProxyType(  # causes that no input sets → what they are
    {
        "age": "a trait of the person, drawn at hire",
        "field_experience": "a trait of the person, drawn at hire",
        "self_care": "a trait of the person, drawn at hire",
        "external_support": "a trait of the person, drawn at hire",
        "recovery_specific_support": "a trait of the person, drawn at hire",
        "spirituality": "a trait of the person, drawn at hire",
        "clinical_mental_health_support": "a trait of the person, drawn at hire",
        "boundary_difficulty": "a trait of the person, drawn at hire, plus what burnout adds",
        "onboarding_strain": "follows from months since hire",
        "team_exits_3_months": "follows from colleagues' exits of the last three months",
        "burnout": "a state of the person",
        "satisfaction": "a state of the person",
        "role_clarity": "a state of the person",
        "recovery": "a state of the person",
    }
)
OUTCOME_ACTS_IN: Final = MappingProxyType({"exit_voluntary": (5, 6), "return_to_use": (5, 6)})


def sections_of_card(key: str) -> tuple[int, ...]:
    """Return the sections of docs/model.md in which an input acts; none where it is words for the reader."""
    return CARDS_ACT_IN[_longest_start(key, CARDS_ACT_IN)]


def causes_of_card(key: str) -> tuple[str, ...]:
    """Return the causes of the effects table that an input moves."""
    return CAUSES_OF_CARDS.get(_longest_start(key, CAUSES_OF_CARDS), ())


def _longest_start(key: str, known: Iterable[str]) -> str:
    return max((start for start in known if key == start or key.startswith(f"{start}.")), key=len, default="")


def sections_of_outcome(outcome: str) -> tuple[int, ...]:
    """Return the sections in which an effect on an outcome acts."""
    return OUTCOME_ACTS_IN.get(outcome, (5,))


def cards_of_cause(cause: str) -> tuple[str, ...]:
    """Return the evidence keys of the inputs that move a cause."""
    return tuple(key for key in load_cards() if cause in causes_of_card(key))

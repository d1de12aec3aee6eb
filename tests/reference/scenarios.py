"""Scenarios that between them touch every part of the model, as the tables a file would hold."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sim.scenario.files import load_table
from sim.scenario.schema import Scenario
from tests.reference.hazards import Baseline

Table = dict[str, Any]
TYPICAL = Baseline(voluntary=0.0171, dismissal=0.003, other=0.00075)  # near what the pilot finds for the defaults

FEE_FOR_SERVICE: Table = {
    "horizon": {"start": "2027-01", "months": 40, "warm_up_months": 18},
    "posts": {"number": 12},
    "place": {
        "living_wage_usd_per_hour": 21.0,
        "living_wage_source": "made up for tests",
        "outside_wage_usd_per_hour": 18.5,
        "minimum_wage_usd_per_hour": 12.0,
        "non_white_share": 0.5,
        "black_share": 0.3,
        "households": {
            "one_adult": {"share": 0.6, "living_wage_ratio": 1.0},
            "with_child": {"share": 0.4, "living_wage_ratio": 1.7},
        },
    },
    "pay": {"wage_usd_per_hour": 18.0, "annual_step_share": 0.02, "certification_premium_share": 0.03},
    "funding": {
        "medicaid": {
            "kind": "fee_for_service",
            "rate_usd_per_unit": 34.0,
            "group_rate_usd_per_unit": 5.0,
            "clients_covered_share": 0.9,
            "federal_share": 0.6,
            "max_units_per_worker_day": 20.0,
            "max_units_per_client_year": 320.0,
            "rework_recovered_share": 0.4,
            "audit_chance_per_year": 0.5,
        },
    },
    "rules": {"opening_cash_usd": 250_000.0},
}

LADDER: Table = {
    "senior": {"step": 1, "slots": {"kind": "share", "share": 0.4}, "months_in_rung_below": 9.0},
    "lead": {
        "step": 2,
        "pay": {"kind": "amount", "usd_per_hour": 25.0},
        "slots": {"kind": "per_peers", "peers": 6.0},
        "supervising_share": 0.3,
        "months_in_rung_below": 6.0,
    },
}

BRAIDED: Table = {
    "medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 34.0, "clients_covered_share": 0.4},
    "clinic": {
        "kind": "prospective",
        "rate_usd": 90.0,
        "clients_covered_share": 0.2,
        "per": "visit_day",
        "payment_lag_days": 20.0,
    },
    "block": {
        "kind": "grant",
        "amount_usd_per_year": 420_000.0,
        "start": "2026-07",
        "term_months": 15,
        "posts_paid": 4,
        "renewal_chance": 0.6,
        "gap_months": 2,
        "renewal_amount_change": -0.1,
        "early_end_chance_per_year": 0.2,
        "match_share": 0.1,
        "carry_over": True,
        "federal_share": 1.0,
    },
    "settlement": {
        "kind": "scheduled",
        "payments": [{"at": month, "usd": 30_000.0} for month in ("2027-01", "2027-07", "2028-07")],
    },
}


def laid_over(table: Table, over: Table) -> Table:
    """One table laid over another, table by table."""
    merged = deepcopy(table)
    for key, value in over.items():
        beneath = merged.get(key)
        merged[key] = laid_over(beneath, value) if isinstance(beneath, dict) and isinstance(value, dict) else value
    return merged


def made(*tables: Table) -> Scenario:
    """The scenario of some tables, each laid over the one before."""
    whole: Table = {}
    for table in tables:
        whole = laid_over(whole, table)
    return load_table(whole).scenario


WITH_LADDER: Table = {"ladder": LADDER, "turnover": {"promotion_bump": 0.3}}
BY_CHANCE: Table = {
    "ladder": {
        "senior": {"step": 1, "slots": {"kind": "chance", "per_month": 0.15}, "months_in_rung_below": 6.0},
        "lead": {"step": 2, "slots": {"kind": "chance", "per_month": 0.05}, "supervising_share": 0.3},
    }
}
WITH_BRAID: Table = {
    "funding": BRAIDED,
    "rules": {"braiding": ["settlement", "medicaid", "clinic", "block"], "bridge_months": 2, "opening_cash_usd": 4e5},
}
WITH_CHANGES: Table = {
    "pay": {"pass_through_share": 0.5},
    "change": [
        {"at": "2027-06", "set": {"funding.medicaid.rate_usd_per_unit": 38.0, "posts.number": 15}},
        {"at": "2028-03", "set": {"posts.number": 9, "effects.scale": 0.5, "practices.supervisor_support": 1.0}},
    ],
}
WITH_ROSTER: Table = {
    "ladder": LADDER,
    "posts": {
        "roster": [
            {"hired": "2020-03", "rung": "lead", "in_rung_since": "2025-01"},
            {"hired": "2024-05", "rung": "senior", "group": "white"},
            {"hired": "2026-02", "certified": False, "group": "black"},
            {"hired": "2026-11", "group": "other_non_white"},
            {"hired": "2027-01", "certified": False},
        ]
    },
}
WITH_PORTFOLIO: Table = {
    "employer": [
        {"name": "town", "count": 2, "posts": {"number": 6}},
        {"name": "county", "posts": {"number": 9}, "place": {"rural": True}},
    ]
}
WITH_MARKET: Table = {
    "market": {"employers_meet": True, "reach_share": 0.4},
    "pay": {"pass_through_share": 0.5, "floor": {"kind": "living_wage", "ratio": 0.9, "phase_in_months": 18.0}},
    "employer": [
        {"name": "town", "count": 2, "posts": {"number": 6}, "place": {"area": "here"}},
        {"name": "city", "posts": {"number": 9}, "pay": {"wage_usd_per_hour": 23.0}, "place": {"area": "Here "}},
        {"name": "county", "posts": {"number": 5}, "place": {"area": "there"}, "turnover": {"other_field_share": 0.1}},
    ],
    "change": [
        {"at": "2027-06", "set": {"funding.medicaid.rate_usd_per_unit": 38.0, "employer.city.posts.number": 12}},
        {"at": "2028-03", "set": {"employer.county.pay.wage_usd_per_hour": 26.0}},
    ],
}
WITH_PEOPLE_WHO_MOVE: Table = laid_over(
    WITH_MARKET,
    {
        "market": {"people_move": True, "pool_per_post": 0.15, "trained_share_per_year": 0.3, "pool_elasticity": 0.7},
        "turnover": {"level": {"separations_per_100_posts_year": 60.0}},
        "recruitment": {"days_to_fill": 45.0},
    },
)
POOR: Table = {
    "rules": {
        "opening_cash_usd": 60_000.0,
        "freeze_below_months": 1.0,
        "layoff_below_months": 0.3,
        "layoff_order": "lowest_rung",
        "credit_limit_usd": 20_000.0,
        "closure_after_months": 9,
    },
    "funding": {"medicaid": {"rate_usd_per_unit": 20.0}},
}
LIVING_WAGE: Table = {"pay": {"floor": {"kind": "living_wage", "phase_in_months": 18.0}}}

CASES: dict[str, tuple[Table, ...]] = {
    "fee-for-service": (FEE_FOR_SERVICE,),
    "ladder": (FEE_FOR_SERVICE, WITH_LADDER),
    "by-chance": (FEE_FOR_SERVICE, BY_CHANCE),
    "braided": (FEE_FOR_SERVICE, WITH_LADDER, WITH_BRAID),
    "awards": (FEE_FOR_SERVICE, WITH_LADDER, WITH_BRAID, {"rules": {"enforce": False}}),
    "changes": (FEE_FOR_SERVICE, WITH_CHANGES, LIVING_WAGE),
    "roster": (FEE_FOR_SERVICE, WITH_ROSTER),
    "portfolio": (FEE_FOR_SERVICE, WITH_PORTFOLIO),
    "market": (FEE_FOR_SERVICE, WITH_MARKET),
    "poor": (FEE_FOR_SERVICE, WITH_LADDER, POOR),
    "no-feedback": (FEE_FOR_SERVICE, {"experiment": {"feedback": False}}),
}

# --- worked by hand -------------------------------------------------------------------------------

NO_MONEY: Table = {"rules": {"enforce": False}}

# Nothing moves anything: hazards are the stated ones, for everybody and always.
PLAIN: Table = {
    "effects": {"scale": 0.0},
    "turnover": {
        "level": {"kind": "hazards", "voluntary_per_year": 0.30, "dismissal_per_year": 0.12, "other_per_year": 0.06},
        "return_to_use_per_year": 0.0,
        "tenure_shape": 1.0,
        "early_peak": 0.0,
        "worker_spread_sd": 0.0,
        "employer_spread_sd": 0.0,
    },
    "recruitment": {"wage_elasticity": 0.0, "days_to_fill": 91.3125},
    "pay": {"wage_usd_per_hour": 20.0, "cost_of_living_share": 0.0},
    "horizon": {"months": 96, "warm_up_months": 0},
    "posts": {"number": 250},
    **NO_MONEY,
}


# Ten filled, certified posts, 160 paid hours, 45 % billable, nobody comes or goes.
BY_HAND: Table = {
    "horizon": {"start": "2027-01", "months": 12},
    "turnover": {"level": {"voluntary_per_year": 0.0, "dismissal_per_year": 0.0, "other_per_year": 0.0}},
    "posts": {
        "number": 10,
        "paid_hours_per_year": 1920.0,
        "overhead_share": 0.0,
        "roster": [{"hired": "2024-01"}] * 10,
    },
    "pay": {"wage_usd_per_hour": 24.0},
    "benefits": {"fringe_share": 0.35},
    "practices": {"other_supervisors_fte": 0.0},
    "time_use": {"individual": 0.45, "group": 0.0, "leave_share": 0.0, "absence_share": 0.0},
    "services": {"demand_client_hours_per_month": 5000.0},
}


def by_hand(*more: Table, **terms: object) -> Scenario:
    medicaid = {"kind": "fee_for_service", "rate_usd_per_unit": 13.5, "supervision_required": False, **terms}
    return made(PLAIN, BY_HAND, {"funding": {"medicaid": medicaid}}, *more)


# The ten posts of above, whose employer answers for its money alone: no freeze, layoffs or budget.
STRICT: Table = {
    "rules": {
        "enforce": True,
        "opening_cash_usd": 0.0,
        "yearly_budget": False,
        "freeze_below_months": "off",
        "layoff_below_months": "off",
        "credit_interest_per_year": 0.0,
    }
}


def dated(address: str, value: float, at: str = "2031-01") -> Table:
    horizon = {"start": "2027-07", "months": 50}
    return {
        "horizon": horizon,
        "pay": {"cost_of_living_share": 0.02},
        "change": [{"at": at, "set": {address: value}}],
    }


LONG_LEAVES: Table = {
    "turnover": {"return_to_use_per_year": 6.0},
    "practices": {"supported_leave_share": 1.0, "leave_months": 24.0, "leave_paid_share": 0.0, "return_share": 1.0},
}
FLAT_BENEFITS: Table = {"benefits": {"fringe_share": 0.0, "flat_usd_per_month": 300.0}}


def at_the_limit(limit: float) -> Scenario:
    """Return an employer that spends $51,840 a month, receives nothing and closes when it is short once."""
    rules = {"rules": {"credit_limit_usd": limit, "closure_after_months": 0}}
    return by_hand(STRICT, rules, rate_usd_per_unit=0.0)


def drawn_to_the_dollar() -> Scenario:
    """Return four posts whose whole cost an award pays, $317,768 a year."""
    table: Table = {
        "horizon": {"start": "2027-07", "months": 36},
        "posts": {
            "number": 4,
            "paid_hours_per_year": 2080.0,
            "overhead_share": 0.15,
            "fixed_usd_per_month": 5000.0,
            "roster": [{"hired": "2026-01"}] * 4,
        },
        "pay": {"wage_usd_per_hour": 20.0},
        "benefits": {"fringe_share": 0.30},
    }
    grant = {
        "kind": "grant",
        "amount_usd_per_year": 317_768.0,
        "start": "2027-07",
        "term_months": 36,
        "reimbursement_lag_days": 0.0,
        "indirect_cap_share": 0.15,
        "renewal_chance": 0.0,
    }
    return made(PLAIN, BY_HAND, table, {"funding": {"award": grant}})


WORKED: dict[str, Scenario] = {  # what hand-worked values say of the plain way must hold of the other too
    "dated wage": by_hand(dated("pay.wage_usd_per_hour", 28.0)),
    "exactly at the credit limit": at_the_limit(51_840.0),
    "flat benefits during unpaid leave": by_hand(FLAT_BENEFITS, LONG_LEAVES),
    "award drawn to the dollar": drawn_to_the_dollar(),
}

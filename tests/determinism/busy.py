"""Build an eventful scenario: every kind of source, a ladder, rules, feedback, changes and a portfolio."""

from __future__ import annotations

from typing import Any

from sim.scenario.files import load_table
from sim.scenario.schema import Scenario
from tests.worlds import merged

Tables = dict[str, Any]


def busy_tables() -> Tables:
    return {
        "horizon": {"start": "2027-03", "months": 14, "warm_up_months": 10},
        "experiment": {"replications": 6, "seed": 11},
        "posts": {"number": 9},
        "place": {
            "living_wage_usd_per_hour": 20.0,
            "living_wage_source": "made up",
            "outside_wage_usd_per_hour": 18.0,
            "minimum_wage_usd_per_hour": 12.0,
            "black_share": 0.2,
            "non_white_share": 0.5,
            "households": {
                "one_adult": {"share": 0.6, "living_wage_ratio": 1.0},
                "one_child": {"share": 0.4, "living_wage_ratio": 1.9},
            },
        },
        "ladder": {
            "senior": {"step": 1, "months_in_rung_below": 4.0, "slots": {"kind": "share", "share": 0.4}},
            "lead": {
                "step": 2,
                "months_in_rung_below": 3.0,
                "supervising_share": 0.4,
                "slots": {"kind": "chance", "per_month": 0.3},
            },
        },
        "pay": {"wage_usd_per_hour": 17.5, "annual_step_share": 0.02, "pass_through_share": 0.5},
        "turnover": {
            "level": {"kind": "hazards", "voluntary_per_year": 0.6, "dismissal_per_year": 0.1, "other_per_year": 0.05},
            "return_to_use_per_year": 0.4,
        },
        "funding": {
            "medicaid": {
                "kind": "fee_for_service",
                "rate_usd_per_unit": 24.0,
                "group_rate_usd_per_unit": 5.0,
                "clients_covered_share": 0.6,
                "rework_recovered_share": 0.5,
                "max_units_per_client_year": 200.0,
                "audit_chance_per_year": 0.5,
            },
            "clinic": {"kind": "prospective", "rate_usd": 90.0, "clients_covered_share": 0.3},
            "grant": {
                "kind": "grant",
                "amount_usd_per_year": 150_000.0,
                "start": "2026-09",
                "term_months": 12,
                "posts_paid": 2,
                "renewal_chance": 0.6,
                "early_end_chance_per_year": 0.3,
                "gap_months": 2,
                "carry_over": True,
            },
            "settlement": {"kind": "scheduled", "payments": [{"at": "2027-03", "usd": 9_000.0}]},
        },
        "rules": {
            "braiding": ["grant", "settlement", "medicaid", "clinic"],
            "opening_cash_usd": 60_000.0,
            "freeze_below_months": 1.0,
            "layoff_below_months": 0.5,
        },
        "change": [
            {"at": "2027-09", "set": {"funding": {"medicaid": {"rate_usd_per_unit": 26.0}}}},
            {"at": "2028-02", "set": {"posts": {"number": 11}, "practices": {"supervisor_support": 1.0}}},
        ],
    }


def portfolio() -> list[Tables]:
    return [
        {"name": "clinic", "count": 2},
        {"name": "drop_in", "count": 1, "posts": {"number": 5}, "pay": {"wage_usd_per_hour": 19.0}},
        {"name": "hospital", "count": 2, "turnover": {"employer_spread_sd": 0.8}},
    ]


def busy(**more: Any) -> Scenario:
    """Return the busy scenario with some tables changed."""
    return load_table(merged(busy_tables(), more)).scenario


def busy_portfolio(**more: Any) -> Scenario:
    """Return the busy scenario of a portfolio."""
    return busy(employer=portfolio(), **more)


def market(**more: Any) -> Scenario:
    """Return the busy portfolio whose employers meet, in two areas."""
    far = {"place": {"area": "beyond"}}
    kinds = [*portfolio(), {"name": "office", "count": 1, "pay": {"wage_usd_per_hour": 21.0}} | far]
    meeting = {"market": {"employers_meet": True, "reach_share": 0.3}}
    return busy(**merged({"employer": kinds} | meeting, more))


def moving(**more: Any) -> Scenario:
    """Return that market with people who move between its employers, and pools that have an end."""
    return market(**merged({"market": {"people_move": True, "pool_per_post": 0.4}}, more))


def poor(**more: Any) -> Scenario:
    """Return an employer whose money runs out: frozen, laid off, closed."""
    rules = {"opening_cash_usd": -20_000.0, "closure_after_months": 4, "bridge_months": 1, "credit_limit_usd": 90_000.0}
    return busy(**merged({"rules": rules, "funding": {"medicaid": {"rate_usd_per_unit": 16.0}}}, more))


def endowed(**more: Any) -> Scenario:
    """Return an employer whose award is larger than its cost, year after year, and hands on what is left."""
    award = {"amount_usd_per_year": 900_000.0, "term_months": 36, "early_end_chance_per_year": 0.0}
    direct = {"direct_usd_per_peer_month": 90.0}
    return busy(**merged({"horizon": {"months": 30}, "posts": direct, "funding": {"grant": award}}, more))


def renewing(**more: Any) -> Scenario:
    """Return an employer whose award is renewed again and again, its posts bridged meanwhile, or ends early."""
    award = {"term_months": 7, "renewal_chance": 0.8, "early_end_chance_per_year": 0.4, "notice_months": 3.0}
    rules = {"bridge_months": 1, "opening_cash_usd": 300_000.0}
    return busy(**merged({"horizon": {"months": 40}, "rules": rules, "funding": {"grant": award}}, more))


def positioned(**more: Any) -> Scenario:
    """Return an employer whose posts differ in wage and hours, with raises by year of service."""
    positions = {"night": {"number": 2, "fte": 0.5, "wage_usd_per_hour": 22.0}, "outreach": {"number": 3}}
    pay = {"annual_steps": 3, "annual_step_share": 0.03, "wage_usd_per_hour": 17.5}
    return busy(**merged({"positions": positions, "pay": pay}, more))


def crowded(**more: Any) -> Scenario:
    """Return an employer where many qualify for few slots, and few supervise many."""
    rung = {"months_in_rung_below": 1.0, "certificate_required": False}
    ladder = {
        "senior": rung | {"slots": {"kind": "number", "number": 4}},
        "lead": rung | {"slots": {"kind": "per_peers", "peers": 5.0}},
    }
    practices = {"other_supervisors_fte": 0.5, "training_usd_per_peer_month": 40.0}
    return busy(**merged({"posts": {"number": 12}, "change": [], "ladder": ladder, "practices": practices}, more))


def audited(**more: Any) -> Scenario:
    """Return an employer that is audited every year, from a start without a past."""
    audit = {"audit_chance_per_year": 1.0, "audit_recouped_share": 0.9}
    return busy(**merged({"horizon": {"warm_up_months": 0}, "funding": {"medicaid": audit}}, more))

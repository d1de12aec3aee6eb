"""Make the employer that the full model is measured on, at any size."""

from typing import Any

from sim.scenario.files import load_table
from sim.scenario.schema import Scenario

PLACE = {
    "living_wage_usd_per_hour": 21.0,
    "living_wage_source": "made up for the bench",
    "outside_wage_usd_per_hour": 18.5,
    "minimum_wage_usd_per_hour": 12.0,
    "non_white_share": 0.5,
    "black_share": 0.3,
    "households": {
        "one_adult": {"share": 0.6, "living_wage_ratio": 1.0},
        "with_child": {"share": 0.4, "living_wage_ratio": 1.7},
    },
}
LADDER = {
    "senior": {"step": 1, "slots": {"kind": "share", "share": 0.3}, "months_in_rung_below": 12.0},
    "lead": {
        "step": 2,
        "pay": {"kind": "amount", "usd_per_hour": 25.0},
        "slots": {"kind": "per_peers", "peers": 10.0},
        "supervising_share": 0.3,
        "months_in_rung_below": 12.0,
    },
}
STATED = {"kind": "hazards", "voluntary_per_year": 0.205, "dismissal_per_year": 0.036, "other_per_year": 0.009}
OBSERVED = {"kind": "observed"}  # 30 separations per 100 posts a year, whose hazards a pilot finds
PAYMENTS = ("2027-01", "2027-07", "2028-07", "2029-07", "2030-07", "2031-07")


def bench_scenario(
    posts: int, months: int = 60, warm_up: int = 60, *, stated: bool = True, tables: dict[str, Any] | None = None
) -> Scenario:
    """Return a solvent employer with every part in use: a ladder, four sources of money, rules, audits, awards.

    Money grows with the posts, so that an employer of 5,000 decides as one of 40 does. Stated hazards leave the pilot
    out, which a figure about the engine should not have in it. `tables` are put in the place of the scenario's own.
    """
    table: dict[str, Any] = {
        "horizon": {"start": "2027-01", "months": months, "warm_up_months": warm_up},
        "posts": {"number": posts},
        "place": PLACE,
        "pay": {"wage_usd_per_hour": 18.0, "annual_step_share": 0.02, "certification_premium_share": 0.03},
        "turnover": {"level": STATED if stated else OBSERVED, "promotion_bump": 0.3},
        "ladder": LADDER,
        "funding": _funding(posts),
        "rules": {
            "braiding": ["settlement", "block", "medicaid", "clinic"],
            "opening_cash_usd": 50_000.0 * posts,
            "bridge_months": 2,
        },
    }
    return load_table(table | (tables or {})).scenario


def _funding(posts: int) -> dict[str, Any]:
    """Return a fee for service, a prospective payment, a grant that may end early, and scheduled payments."""
    return {
        "medicaid": {
            "kind": "fee_for_service",
            "rate_usd_per_unit": 40.0,
            "group_rate_usd_per_unit": 5.0,
            "clients_covered_share": 0.75,
            "federal_share": 0.6,
            "max_units_per_worker_day": 20.0,
            "max_units_per_client_year": 400.0,
            "rework_recovered_share": 0.4,
            "audit_chance_per_year": 0.2,
        },
        "clinic": {"kind": "prospective", "rate_usd": 120.0, "clients_covered_share": 0.2, "payment_lag_days": 20.0},
        "block": {
            "kind": "grant",
            "amount_usd_per_year": 10_000.0 * posts,
            "start": "2026-07",
            "term_months": 24,
            "posts_paid": max(1, posts // 10),
            "renewal_chance": 0.8,
            "early_end_chance_per_year": 0.05,
            "match_share": 0.1,
            "carry_over": True,
            "federal_share": 1.0,
        },
        "settlement": {
            "kind": "scheduled",
            "payments": [{"at": month, "usd": 2_500.0 * posts} for month in PAYMENTS],
        },
    }


def portfolio(employers: int, kinds: int, posts: int, months: int) -> Scenario:
    """Return so many such employers, of so many kinds that differ in their wage."""
    counts = [employers // kinds + (place < employers % kinds) for place in range(kinds)]
    table = [
        {"name": f"kind_{place}", "count": count, "pay": {"wage_usd_per_hour": 17.0 + place / kinds}}
        for place, count in enumerate(counts)
        if count
    ]
    return bench_scenario(posts, months, 0, tables={"employer": table})

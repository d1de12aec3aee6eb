"""Draw funding sources of every kind."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sim.units import DAYS_PER_MONTH, month_number, month_text
from tests.property.drawn import Tables, between, chances, some_names, some_of

SOURCE_NAMES = ("medicaid", "block_grant", "settlement")
COSTS = ("wages", "fringe", "supervision", "training", "recruiting", "direct", "overhead", "other")
ACTIVITIES = (
    "individual",
    "group",
    "travel",
    "notes",
    "no_show",
    "supervision",
    "training",
    "protected_recovery",
    "outside_role",
)


@cache
def lags() -> SearchStrategy[float]:
    """Draw days until payment; some make a payment fall exactly on a close."""
    return st.sampled_from((0.0, DAYS_PER_MONTH, 2 * DAYS_PER_MONTH)) | between(0, 150, 0)


def claims_fields(parts: int) -> dict[str, SearchStrategy[Any]]:
    """Draw what fee-for-service and prospective payment share; of `parts` such sources each covers its part."""
    return {
        "clients_covered_share": st.integers(0, 100).map(lambda hundredth: hundredth / 100 / parts),
        "certification_required": st.booleans(),
        "supervision_required": st.booleans(),
        "payment_lag_days": lags(),
        "payment_lag_spread": chances(),
        "federal_share": chances(),
    }


@cache
def fees(parts: int) -> SearchStrategy[Tables]:
    """Draw a source that pays by the unit."""
    return st.fixed_dictionaries(
        {"kind": st.just("fee_for_service"), "rate_usd_per_unit": between(0, 40)},
        optional={
            **claims_fields(parts),
            "group_rate_usd_per_unit": between(0, 10),
            "billable": some_names(ACTIVITIES),
            "visit_minutes": between(8, 120, 0),
            "group_visit_minutes": between(8, 120, 0),
            "max_units_per_client_day": st.integers(1, 8),
            "max_units_per_worker_day": between(1, 32, 0),
            "max_units_per_client_month": between(1, 60, 0),
            "max_units_per_client_year": between(1, 300, 0),
            "denial_share": chances(),
            "rework_recovered_share": chances(),
            "rework_lag_days": between(0, 90, 0),
            "rework_usd_per_claim": between(0, 40),
            "units_per_claim": between(1, 16, 0),
            "audit_chance_per_year": chances(),
            "audit_recouped_share": chances(),
        },
    )


@cache
def prospective_payments(parts: int) -> SearchStrategy[Tables]:
    """Draw a source that pays by the visit-day or the member-month."""
    return st.fixed_dictionaries(
        {"kind": st.just("prospective"), "rate_usd": between(0, 300)},
        optional={
            **claims_fields(parts),
            "per": st.sampled_from(("visit_day", "member_month")),
            "hours_per_visit_day": between(0.5, 3),
        },
    )


@st.composite
def grants(draw: DrawFn, start: str, months: int) -> Tables:
    """Draw a grant whose first award runs within the horizon."""
    term, now = draw(st.integers(1, 24)), month_number(start)
    first = now + draw(st.integers(1, months) | st.integers(1, months - 1 + term)) - term
    last = month_text(first + term - 1)
    how = [{"start": month_text(first), "term_months": term}, {"start": month_text(first), "ends": last}]
    how += [{"ends": last, "term_months": term}]
    left = {"months_left": first + term - now}
    how += [{**left, "term_months": term}, {**left, "start": month_text(first)}]
    fields: Tables = draw(
        st.fixed_dictionaries(
            {"amount_usd_per_year": between(0, 400_000, 0), "posts_paid": st.sampled_from((0, 1, 2, 6))},
            optional={
                "pays_for": some_names(COSTS),
                "indirect_cap_share": between(0, 0.5),
                "reimbursement_lag_days": lags(),
                "match_share": between(0, 1),
                "carry_over": st.booleans(),
                "drawn_usd": between(0, 100_000),
                "renewal_term_months": st.integers(1, 24),
                "renewal_chance": chances(),
                "notice_months": st.integers(0, 12).map(float) | between(0, 12, 1),
                "gap_months": st.integers(0, 4),
                "renewal_amount_change": between(-0.6, 0.6),
                "early_end_chance_per_year": between(0, 0.9),
                "payer": st.sampled_from(("federal", "state", "county", "other")),
                "federal_share": chances(),
            },
        )
    )
    return {"kind": "grant", **draw(st.sampled_from(how)), **fields}


@st.composite
def schedules(draw: DrawFn, start: str, months: int) -> Tables:
    """Draw dated amounts, some before the start."""
    dates = st.integers(-10, months - 1).map(lambda month: month_text(month_number(start) + month))
    payments = st.builds(lambda at, usd: {"at": at, "usd": usd}, dates, between(0, 120_000))
    fields: Tables = draw(some_of(pays_for=some_names(COSTS), federal_share=chances(), unspent_usd=between(0, 60_000)))
    return {"kind": "scheduled", "payments": draw(st.lists(payments, min_size=1, max_size=4)), **fields}


@st.composite
def fundings(draw: DrawFn, start: str, months: int) -> Tables:
    """Draw 1 to 3 sources of any kinds; together they cover every client once at most."""
    kinds = draw(st.lists(st.sampled_from(("fees", "prospective", "grant", "scheduled")), min_size=1, max_size=3))
    claims = max(1, kinds.count("fees") + kinds.count("prospective"))
    made = {
        "fees": fees(claims),
        "prospective": prospective_payments(claims),
        "grant": grants(start, months),
        "scheduled": schedules(start, months),
    }
    sources = {name: draw(made[kind]) for name, kind in zip(SOURCE_NAMES, kinds, strict=False)}
    if claims > 1:
        for source in sources.values():
            if source["kind"] in ("fee_for_service", "prospective"):
                source.setdefault("clients_covered_share", 1 / claims)
    return sources

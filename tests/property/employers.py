"""Draw the tables of one employer, funding left out: labor market, posts, ladder, pay, work, rules, people."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sim.evidence.net_income import HOUSEHOLDS
from sim.units import DAYS_PER_MONTH, month_number, month_text
from tests.property.drawn import Tables, between, chances, some_of

MOST_POSTS = 12
RUNG_NAMES = ("senior", "lead", "supervisor")
POSITION_NAMES = ("night", "youth")
WAITS = st.sampled_from((0.0, DAYS_PER_MONTH, 2 * DAYS_PER_MONTH)) | between(0, 150, 0)  # some fall on a close
SLOW_ENOUGH_DAYS = 20  # to fill a post: where posts fill at once, exits that call forth exits have no end


@cache
def places() -> SearchStrategy[Tables]:
    """Draw a labor market, households and groups among the peers."""
    homes = between(0.0, 1.0).map(
        lambda share: {
            "one_adult": {"share": round(1 - share, 2), "living_wage_ratio": 1.0},
            "one_adult_one_child": {"share": share, "living_wage_ratio": 1.9},
        }
    )
    return some_of(
        state=st.sampled_from(("US", "PA", "MD", "ID")),
        living_wage_usd_per_hour=between(12, 30),
        outside_wage_usd_per_hour=between(12, 22),
        minimum_wage_usd_per_hour=between(7.25, 18),
        living_wage_growth_per_year=between(-0.05, 0.15),
        outside_wage_growth_per_year=between(-0.05, 0.15),
        minimum_wage_growth_per_year=between(-0.05, 0.15),
        rural=st.booleans(),
        black_share=between(0.0, 0.4),
        non_white_share=between(0.4, 1.0),
        households=homes,
    )


@st.composite
def post_tables(draw: DrawFn, start: str, rungs: tuple[str, ...]) -> Tables:
    """Draw posts, in one of three with a roster of who is there at the start."""
    table: Tables = draw(
        some_of(
            fte=st.sampled_from((0.5, 0.8, 0.875, 1.0)),
            paid_hours_per_year=between(1200, 2200, 0),
            overhead_share=between(0.0, 0.6),
            fixed_usd_per_month=between(0, 4000),
            fixed_overhead_share=chances(),
            direct_usd_per_peer_month=between(0, 600),
        )
    )
    table["number"] = draw(st.integers(1, MOST_POSTS))
    if draw(st.integers(0, 2)) == 2:
        table["roster"] = draw(st.lists(roster_entries(start, rungs), min_size=1, max_size=table["number"]))
    return table


@st.composite
def roster_entries(draw: DrawFn, start: str, rungs: tuple[str, ...]) -> Tables:
    """Draw one peer in post at the start."""
    hired = draw(st.integers(0, 30))
    entry: Tables = {"hired": month_text(month_number(start) - hired)}
    own = {"fte": between(0.05, 1.0), "wage_usd_per_hour": between(10, 40)}
    place = {"rung": st.sampled_from(("entry", *rungs)), "position": st.sampled_from(("", *POSITION_NAMES))}
    entry |= draw(some_of(**place, **own, certified=st.booleans()))
    if draw(st.booleans()):
        entry["in_rung_since"] = month_text(month_number(start) - draw(st.integers(0, hired)))
    return entry


@st.composite
def position_tables(draw: DrawFn, grants: tuple[str, ...]) -> Tables:
    """Draw no position, or one or two, some of them with an award that their posts end with."""
    names = POSITION_NAMES[: draw(st.integers(0, len(POSITION_NAMES)))]
    table = st.fixed_dictionaries(
        {"number": st.integers(0, 6)},
        optional={
            "fte": st.sampled_from((0.4, 0.875, 1.0)),
            "wage_usd_per_hour": between(10, 30),
            "days_to_fill": st.sampled_from((30.0, 400.0)),
            "award": st.sampled_from(("", *grants)),
        },
    )
    return {name: draw(table) for name in names}


@cache
def rung_tables(step: int) -> SearchStrategy[Tables]:
    """Draw one rung above entry."""
    slots = (
        st.just({"kind": "open"})
        | st.builds(lambda number: {"kind": "number", "number": number}, st.integers(0, 5))
        | st.builds(lambda share: {"kind": "share", "share": share}, chances())
        | st.builds(lambda peers: {"kind": "per_peers", "peers": peers}, between(1, 8, 1))
        | st.builds(lambda chance: {"kind": "chance", "per_month": chance}, chances())
    )
    wages = st.builds(lambda share: {"kind": "raise", "share": share}, between(0, 0.6)) | st.builds(
        lambda usd: {"kind": "amount", "usd_per_hour": usd}, between(12, 40)
    )
    return st.fixed_dictionaries(
        {"step": st.just(step)},
        optional={
            "pay": wages,
            "slots": slots,
            "months_in_rung_below": between(0, 9, 1),
            "certificate_required": st.booleans(),
            "supervising_share": chances(),
        },
    )


@cache
@st.composite
def ladders(draw: DrawFn) -> Tables:
    """Draw a ladder of 0 to 3 rungs."""
    names = RUNG_NAMES[: draw(st.integers(0, len(RUNG_NAMES)))]
    return {name: draw(rung_tables(step)) for step, name in enumerate(names, 1)}


@cache
def pay_tables() -> SearchStrategy[Tables]:
    """Draw the wage scale with one of the three floors."""
    floors = (
        st.just({"kind": "none"})
        | st.just({"kind": "minimum_wage"})
        | st.builds(
            lambda months, ratio: {"kind": "living_wage", "phase_in_months": months, "ratio": ratio},
            st.just(0.0) | between(0, 24, 1),
            between(0.5, 1.5),
        )
    )
    return st.fixed_dictionaries(
        {"wage_usd_per_hour": between(10, 30)},
        optional={
            "annual_step_share": between(0, 0.1),
            "annual_steps": st.integers(0, 5),
            "cost_of_living_share": between(-0.05, 0.1),
            "certification_premium_share": between(0, 0.2),
            "pass_through_share": chances(),
            "floor": floors,
            "adequacy_reference_ratio": between(0.6, 1.2),
            "adequacy_sd_log": between(0.1, 0.6),
            "adequacy_income": st.sampled_from(("gross", *HOUSEHOLDS)),
            **bonuses(),
        },
    )


def bonuses() -> dict[str, SearchStrategy[float]]:
    """Return the inputs of sign-on and stay bonuses, soon enough to be paid in a short time."""
    return {
        "sign_on_bonus_usd": st.just(0.0) | between(0, 3000),
        "sign_on_bonus_months": st.integers(0, 6),
        "stay_bonus_usd": st.just(0.0) | between(0, 3000),
        "stay_bonus_months": st.integers(1, 8),
        "stay_bonus_payments": st.integers(1, 3),
    }


@cache
def benefit_tables() -> SearchStrategy[Tables]:
    """Draw what is paid beside wages."""
    return some_of(
        fringe_share=between(0, 0.6),
        flat_usd_per_month=st.just(0.0) | between(0, 900),
        health_usd_per_month=st.just(0.0) | between(0, 900),
        health_take_up_share=chances(),
        fixed_fringe_share=chances(),
    )


@cache
def practice_tables() -> SearchStrategy[Tables]:
    """Draw support at work, supervisors and leave."""
    practices = ("supervisor_support", "stigma", "training", "recovery_culture", "role_clarity_practice", "autonomy")
    levels = {name: between(-2, 2, 1) for name in practices}
    return some_of(
        **levels,
        training_usd_per_peer_month=between(0, 300),
        other_supervisors_fte=st.just(0.0) | between(0, 2),
        supervisor_wage_usd_per_hour=between(0, 40),
        supervisor_gap_share=between(0, 0.4),
        peers_per_supervisor=between(1, 12, 1),
        peers_per_supervisor_standard=between(2, 12, 1),
        penalty_sd_per_doubling=between(0, 2),
        unsupervised_sd=between(0, 4, 1),
        supported_leave_share=chances(),
        leave_months=between(0.1, 4),
        return_share=chances(),
        leave_paid_share=chances(),
    )


@cache
def time_tables() -> SearchStrategy[Tables]:
    """Draw the use of time; the shares add to 1 at most."""
    return some_of(
        individual=between(0, 0.40),
        group=between(0, 0.10),
        travel=between(0, 0.10),
        notes=between(0, 0.12),
        no_show=between(0, 0.08),
        supervision=between(0, 0.04),
        training=between(0, 0.03),
        protected_recovery=between(0, 0.04),
        outside_role=between(0, 0.05),
        leave_share=between(0, 0.3),
        absence_share=between(0, 0.3),
        group_size=between(1, 12, 1),
    )


@cache
def service_tables() -> SearchStrategy[Tables]:
    """Draw demand and what a vacancy does to clients."""
    return some_of(
        demand_client_hours_per_month=st.just(0.0) | between(0, 1500, 0),
        standard_load=between(0.5, 2),
        caseload_per_peer=between(1, 40, 0),
        leave_care_share=chances(),
        months_to_regain_demand=between(0.5, 24, 1),
        backlog_dropout_share=chances(),
    )


@st.composite
def rule_tables(draw: DrawFn, sources: tuple[str, ...]) -> Tables:
    """Draw the employer's rules, each with a number or off, and a braiding of its sources."""
    off = st.just("off")
    table: Tables = draw(
        some_of(
            enforce=st.booleans(),
            opening_cash_usd=between(-30_000, 150_000) | st.integers(0, 30).map(lambda n: n * 30_000.0),
            fiscal_year_start_month=st.integers(1, 12),
            yearly_budget=st.booleans(),
            budget_productivity_share=chances(),
            reserve_use_share=chances(),
            minimum_reserve_months=between(0, 4, 1),
            most_cut_share=chances(),
            freeze_below_months=off | between(0, 3, 1),
            layoff_below_months=off | between(0, 2, 1),
            layoff_share=chances(),
            layoff_wait_months=st.integers(1, 6),
            layoff_order=st.sampled_from(("last_hired", "lowest_rung")),
            credit_limit_usd=between(0, 60_000),
            credit_interest_per_year=between(0, 0.3),
            closure_after_months=off | st.integers(0, 2) | st.integers(0, 8),
            receivable_days=WAITS,
        )
    )
    table["bridge_months"] = draw(st.integers(0, 4))
    table["braiding"] = list(draw(st.permutations(sources)))
    return table


@cache
def turnover_tables(*, observed: bool) -> SearchStrategy[Tables]:
    """Draw leaving: hazards that are stated or, now and then, solved from the turnover seen."""
    stated = st.fixed_dictionaries(
        {"kind": st.just("hazards"), "voluntary_per_year": between(0, 2)},
        optional={"dismissal_per_year": between(0, 1), "other_per_year": between(0, 1)},
    )
    seen = st.fixed_dictionaries(
        {"kind": st.just("observed")},
        optional={
            "separations_per_100_posts_year": between(5, 200, 0),
            "voluntary_share": between(0.1, 0.7),
            "involuntary_share": between(0, 0.25),  # beside the largest voluntary share, 0.75 where it is left out
        },
    )
    levels = st.one_of(stated, stated, stated, seen) if observed else stated
    return st.fixed_dictionaries(
        {"level": levels},
        optional={
            "return_to_use_per_year": between(0, 2),
            "wage_response": st.sampled_from(("elasticity", "logistic", "threshold")),
            "tenure_shape": st.just(1.0) | between(0.5, 1.5),
            "threshold_log_wage": between(0, 0.5),
            "early_peak": between(0, 2),
            "early_peak_months": between(0.5, 6, 1),
            "worker_spread_sd": between(0, 0.6),
            "employer_spread_sd": between(0, 0.6),
            "promotion_bump": between(0, 1.5),
            "promotion_bump_months": between(0, 12, 1),
            "stay_bonus_elasticity": between(-20, 0),
            "stay_bonus_most_share": between(0, 0.3),
            "other_field_share": between(0, 0.5),
            "out_of_work_share": between(0, 0.5),
            "cost_per_exit_usd": between(0, 3000),
        },
    )


@cache
def recruitment_tables(fewest_days: int = SLOW_ENOUGH_DAYS) -> SearchStrategy[Tables]:
    """Draw how vacancies are filled; fast enough that posts change hands."""
    return st.fixed_dictionaries(
        {"days_to_fill": between(fewest_days, 90, 0)},
        optional={
            "wage_elasticity": between(-1, 0),
            "local_pool_level": between(-1, 1, 1),
            "fill_log_per_pool_sd": between(-0.3, 0),
            "certified_share": chances(),
            "months_to_certify": between(0, 9, 1),
            "ramp_up_months": between(0, 6, 1),
            "cost_per_hire_usd": between(0, 5000),
            "cover_usd_per_vacant_month": between(0, 2000),
        },
    )


@cache
def prospect_tables() -> SearchStrategy[Tables]:
    """Draw what peers see in a ladder, and how hope fades."""
    return some_of(
        good_raise_share=between(0.01, 0.5),
        most_reach_sd=between(0, 2, 1),
        patience_months=between(1, 48, 0),
        no_slot_months=between(0, 48, 0),
        fade_sd=between(0, 1),
        fade_months=between(1, 24, 0),
    )


@cache
def effect_tables() -> SearchStrategy[Tables]:
    """Draw the effects in force: a scale, a few rows, and how burnout and strain show."""
    row = {
        "workload": between(0, 0.5).map(lambda effect: {"burnout": effect}),
        "log_wage_over_outside_wage": between(-2, 0).map(lambda effect: {"exit_voluntary": effect}),
        "team_exits_3_months": between(0, 0.3).map(lambda effect: {"exit_voluntary": effect}),
        "supervisor_support": between(-0.3, 0).map(lambda effect: {"exit_voluntary": effect}),
        "age": between(-0.3, 0).map(lambda effect: {"burnout": effect}),
    }
    shown = {"onboarding_peak_months": between(0.5, 8, 1), "absence_log_per_sd": between(0, 0.5)}
    return some_of(scale=st.sampled_from((0.0, 0.5, 1.0)), **shown, **row)

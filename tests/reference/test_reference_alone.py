"""The plain reference by itself: what must hold exactly, what can be worked by hand, and what it may not know."""

from __future__ import annotations

import ast
import math
from collections import Counter
from collections.abc import Iterable
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from sim.units import cents_of, months_from_days
from tests.reference.facts import Fact, Outcome
from tests.reference.hazards import Baseline
from tests.reference.model import Pilot, run
from tests.reference.scenarios import (
    BRAIDED,
    BY_HAND,
    CASES,
    FEE_FOR_SERVICE,
    FLAT_BENEFITS,
    LIVING_WAGE,
    LONG_LEAVES,
    NO_MONEY,
    PLAIN,
    STRICT,
    TYPICAL,
    WITH_BRAID,
    WITH_CHANGES,
    WITH_LADDER,
    WITH_PORTFOLIO,
    at_the_limit,
    by_hand,
    dated,
    drawn_to_the_dollar,
    made,
)

DAY = months_from_days(1.0)
FORBIDDEN = ("sim.model.rules", "sim.model.engine", "sim.model.world", "sim.results", "random")
HERE = Path(__file__).parent


def projected(scenario: Scenario, alternative: Scenario | None = None, replication: int = 0) -> Outcome:
    known = {plan.name: TYPICAL for plan in plans(scenario)}
    return run(scenario, alternative, replication, seed=7, baselines=known)


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[Scenario, Outcome]:
    scenario = made(*CASES[request.param])
    return scenario, projected(scenario)


# --- what must hold exactly -----------------------------------------------------------------------


def test_opening_cash_and_lines_make_the_cash_of_every_month(case: tuple[Scenario, Outcome]) -> None:
    scenario, outcome = case
    for row in outcome.months:
        lines = (one for one in outcome.ledger if one.employer == row["employer"] and one.time <= row["month"] + 1)
        assert row["cash"] == cents_of(scenario.rules.opening_cash_usd) + sum(one.cents for one in lines)
    assert all(one.cents != 0 for one in outcome.ledger)


def test_posts_are_filled_or_vacant(case: tuple[Scenario, Outcome]) -> None:
    outcome = case[1]
    for row in outcome.months:
        beyond = row["filled"] + row["vacant"] - row["posts"]  # posts given up that are not empty yet
        assert beyond >= 0
        assert beyond == 0 or row["posts"] < max(one["posts"] for one in outcome.months)


def test_peers_in_post_are_those_who_came_and_have_not_left(case: tuple[Scenario, Outcome]) -> None:
    outcome = case[1]
    came, left = {"opening", "hired"}, {"left"}
    for row in outcome.months:
        close = row["month"] + 1  # a hire put off to exactly the close belongs to the month that begins
        facts = [one for one in outcome.facts if one.employer == row["employer"]]
        arrived = sum(one.kind in came and (one.time < close or one.kind == "opening") for one in facts)
        assert row["filled"] == arrived - sum(one.kind in left and one.time <= close for one in facts)


def test_demand_is_delivered_dropped_or_waits(case: tuple[Scenario, Outcome]) -> None:
    for _, rows in groupby(case[1].months, key=lambda row: row["employer"]):
        months = list(rows)
        for before, row in pairwise(months):
            waits = row["backlog"] - before["backlog"]
            assert row["demand"] == pytest.approx(row["delivered"] + row["dropped"] + waits, rel=1e-12)
            assert row["delivered"] <= row["capacity"] * (1 + 1e-12)


def test_sources_are_charged_no_more_than_the_cost(case: tuple[Scenario, Outcome]) -> None:
    outcome = case[1]
    costs: Counter[tuple[int, float]] = Counter()
    for line in outcome.ledger:
        if line.kind in {"wages", "fringe", "supervision", "training", "recruiting", "overhead", "other"}:
            costs[line.employer, line.time] -= line.cents
    for row in outcome.months:
        assert 0 <= sum(row["charged"].values()) <= costs[row["employer"], row["month"] + 1]


def test_a_career_is_in_order(case: tuple[Scenario, Outcome]) -> None:
    careers: dict[tuple[int, int, int], list[Fact]] = {}
    for fact in case[1].facts:
        careers.setdefault((fact.employer, fact.post, fact.ordinal), []).append(fact)
    for facts in careers.values():
        kinds = [fact.kind for fact in facts]
        assert kinds[0] in {"opening", "hired"}
        assert kinds.count("left") <= 1
        assert "left" not in kinds[:-1]
        assert all(fact.time > 0 for fact in facts if fact.kind != "opening")


def test_the_same_run_gives_the_same_outcome() -> None:
    scenario = made(*CASES["braided"])
    assert projected(scenario) == projected(scenario)


def test_more_employers_leave_the_others_as_they_were() -> None:
    few = projected(made(FEE_FOR_SERVICE, {"employer": [{"name": "town", "count": 1}]}))
    many = projected(made(FEE_FOR_SERVICE, {"employer": [{"name": "town", "count": 3}]}))
    assert few.facts == [fact for fact in many.facts if fact.employer == 0]


def test_what_lies_downstream_changes_nothing_upstream() -> None:
    base = made(FEE_FOR_SERVICE, WITH_LADDER, NO_MONEY)
    changed = made(
        FEE_FOR_SERVICE,
        WITH_LADDER,
        NO_MONEY,
        {"posts": {"overhead_share": 0.4}, "funding": {"medicaid": {"rate_usd_per_unit": 30.0}}},
    )
    assert projected(base).facts == projected(base, changed).facts
    assert projected(base).ledger != projected(base, changed).ledger


def test_an_alternative_takes_over_the_opening() -> None:
    base = made(FEE_FOR_SERVICE, NO_MONEY)
    alternative = made(FEE_FOR_SERVICE, NO_MONEY, {"posts": {"number": 16}, "pay": {"wage_usd_per_hour": 26.0}})
    ours, theirs = projected(base), projected(base, alternative)
    assert roster(ours) == roster(theirs)
    assert ours.months[0]["receivable"] > 0
    claims = [[line for line in outcome.ledger if line.time < 1] for outcome in (ours, theirs)]
    assert claims[0] == claims[1] != []
    extra = {fact.post for fact in theirs.facts if fact.kind == "hired" and fact.ordinal == 0}
    assert {12, 13, 14, 15} <= extra


def roster(outcome: Outcome) -> list[tuple[int, int, float, str]]:
    return [(f.post, f.ordinal, f.time, f.detail) for f in outcome.facts if f.kind == "opening"]


# --- worked by hand -------------------------------------------------------------------------------


def test_the_month_worked_by_hand() -> None:
    outcome = projected(by_hand())
    first = outcome.months[0]
    assert first["units"] == {"medicaid": 2880}
    assert first["billed"] == {"medicaid": 38_880_00}
    assert first["denied"] == {"medicaid": 1_944_00}
    # a quarter of the month before has come (0.82 months after its close), nothing of the month itself
    assert first["receivable"] == 36_936_00 + 27_702_00
    lag = 40 / 30.4375
    came = [(line.time, line.cents) for line in outcome.ledger if line.kind == "claims" and line.time <= 1]
    times = [-1 + lag * 0.875, -1 + lag * 1.125, -1 + lag * 1.375, lag * 0.625]
    assert came == [(pytest.approx(time, abs=1e-12), 9_234_00) for time in times]
    costs = {line.kind: line.cents for line in outcome.ledger if line.time == 1.0 and line.cents < 0}
    assert costs == {"wages": -38_400_00, "fringe": -13_440_00}  # 10 × 160 × $24, and 35 % on it: $51,840
    assert first["cash"] == 36_936_00 - 51_840_00


def test_without_lag_and_denial_cash_is_rate_times_units() -> None:
    outcome = projected(by_hand(payment_lag_days=0.0, denial_share=0.0))
    received = [line for line in outcome.ledger if line.kind == "claims"]
    assert [(line.time, line.cents) for line in received] == [(float(k + 1), 38_880_00) for k in range(12)]


def test_claims_outstanding_are_a_months_billings_times_the_lag() -> None:
    outcome = projected(by_hand(payment_lag_days=3 * 30.4375, payment_lag_spread=0.0, denial_share=0.0))
    assert outcome.months[-1]["receivable"] == 3 * 38_880_00


def test_a_worker_day_cap() -> None:
    outcome = projected(by_hand(max_units_per_worker_day=10.0))
    assert outcome.months[0]["units"] == {"medicaid": 2174}  # 10 × 10 × 21.7411 working days


def test_a_client_year_cap_ends_billing_until_january() -> None:
    outcome = projected(by_hand(max_units_per_client_year=60.0))  # 150 clients, 9,000 units
    assert [row["units"]["medicaid"] for row in outcome.months][:5] == [2880, 2880, 2880, 360, 0]


def award(**terms: object) -> Outcome:
    grant = {"kind": "grant", "amount_usd_per_year": 240_000.0, "start": "2027-01", "term_months": 6, **terms}
    return projected(made(PLAIN, BY_HAND, {"funding": {"block": grant}}))


def test_an_award_pays_allowed_cost_and_its_rest_lapses() -> None:
    outcome = award(pays_for=["wages", "overhead"], renewal_chance=0.0, reimbursement_lag_days=0.0)
    paid = [line for line in outcome.ledger if line.kind == "reimbursement"]
    # $20,000 a month ÷ 1.15 would leave room for overhead, of which there is none: all goes to wages
    assert [line.cents for line in paid] == [20_000_00] * 6
    kinds = [(fact.kind, fact.time) for fact in outcome.funding_facts]
    assert kinds == [("awarded", 0), ("notice_ended", 3.0), ("ended", 6)]


def test_unspent_money_lapses_at_the_end_of_an_award_year() -> None:
    outcome = award(amount_usd_per_year=1_200_000.0, term_months=36, pays_for=["wages"])
    lapsed = [fact for fact in outcome.funding_facts if fact.kind == "lapsed"]
    assert [(fact.time, fact.cents) for fact in lapsed] == [(12, 1_200_000_00 - 12 * 38_400_00)]


def test_a_renewed_award_begins_after_its_gap() -> None:
    outcome = award(renewal_chance=1.0, gap_months=2, term_months=4, renewal_amount_change=-0.5)
    facts = [(fact.kind, fact.time) for fact in outcome.funding_facts if fact.time < 10]
    expected = [("awarded", 0), ("notice_renewed", 1.0), ("ended", 4), ("awarded", 6), ("notice_renewed", 7.0)]
    assert facts == expected
    charged = [row["charged"]["block"] for row in outcome.months]
    assert charged[:10] == [20_000_00] * 4 + [0] * 2 + [10_000_00] * 4


# --- money worked by hand ---------------------------------------------------------------------------


def cost(outcome: Outcome, kind: str, k: int) -> int:
    """Cents of one kind of cost of a month."""
    return -sum(line.cents for line in outcome.ledger if line.kind == kind and line.time == k + 1)


def close_of(outcome: Outcome) -> float | None:
    return next((fact.time for fact in outcome.funding_facts if fact.kind == "closed"), None)


def test_a_dated_wage_is_paid_as_typed_and_grows_from_its_own_date() -> None:
    outcome = projected(by_hand(dated("pay.wage_usd_per_hour", 28.0)))
    paid = [row["mean_wage"] for row in outcome.months]
    assert paid[41] == pytest.approx(24.0 * 1.02**3, rel=1e-12)  # December 2030: raised in July 2028, 2029 and 2030
    assert paid[42] == pytest.approx(28.00, rel=1e-12)  # January 2031
    assert paid[48] == pytest.approx(28.56, rel=1e-12)  # July 2031


def test_the_same_wage_set_again_counts_as_set() -> None:
    outcome = projected(by_hand(dated("pay.wage_usd_per_hour", 24.0)))
    assert outcome.months[42]["mean_wage"] == pytest.approx(24.0, rel=1e-12)


def test_a_dated_supervisors_wage_and_a_dated_rung_are_paid_as_typed() -> None:
    supervisor = {
        "practices": {"other_supervisors_fte": 1.0, "supervisor_gap_share": 0.0},
        "benefits": {"fringe_share": 0},
    }
    outcome = projected(by_hand(dated("practices.supervisor_wage_usd_per_hour", 40.0), supervisor))
    assert [cost(outcome, "supervision", k) for k in (42, 48)] == [6_400_00, 6_528_00]  # 160 hours; 2 % more in July
    lead = {
        "lead": {"step": 1, "pay": {"kind": "amount", "usd_per_hour": 30.0}, "slots": {"kind": "number", "number": 0}}
    }
    roster = {"ladder": lead, "posts": {"number": 1, "roster": [{"hired": "2024-01", "rung": "lead"}]}}
    led = projected(by_hand(dated("ladder.lead.pay.usd_per_hour", 33.0), roster))
    assert [led.months[k]["mean_wage"] for k in (42, 48)] == [pytest.approx(33.0), pytest.approx(33.66)]


def test_a_dated_living_wage_is_the_floor_as_typed() -> None:
    floor = {
        "place": {"living_wage_usd_per_hour": 20.0, "living_wage_growth_per_year": 0.03},
        "pay": {"floor": {"kind": "living_wage", "phase_in_months": 0}, "cost_of_living_share": 0.0},
    }
    change = {**dated("place.living_wage_usd_per_hour", 33.0, at="2028-07"), "pay": floor["pay"]}
    outcome = projected(by_hand(change, {**floor, "pay": floor["pay"]}))
    paid = [outcome.months[k]["mean_wage"] for k in (0, 12, 24)]
    assert paid == [pytest.approx(24.0), pytest.approx(33.0), pytest.approx(33.99)]  # 3 % in the year after


def test_setting_the_wage_ends_what_was_passed_through() -> None:
    table = {
        "pay": {"pass_through_share": 0.5},
        "change": [
            {"at": "2027-04", "set": {"funding.medicaid.rate_usd_per_unit": 17.5}},
            {"at": "2027-07", "set": {"funding.medicaid.rate_usd_per_unit": 20.0, "pay.wage_usd_per_hour": 25.0}},
        ],
    }
    paid = [row["mean_wage"] for row in projected(by_hand(table)).months]
    passed = 0.5 * 4.0 * 4 * 0.45 * 0.95 / (1 + 0.35 * 0.75)
    assert [paid[2], paid[3], paid[6]] == [24.0, pytest.approx(24.0 + passed), 25.0]


def test_a_raise_moves_three_quarters_of_fringe_and_no_overhead() -> None:
    raised = {"posts": {"overhead_share": 0.1}, "change": [{"at": "2027-07", "set": {"pay.wage_usd_per_hour": 30.0}}]}
    outcome = projected(by_hand(raised))
    assert [cost(outcome, "wages", k) for k in (5, 6)] == [38_400_00, 48_000_00]
    assert [cost(outcome, "fringe", k) for k in (5, 6)] == [13_440_00, 15_960_00]  # 35 % of 3/4 × 48,000 + 1/4 × 38,400
    assert [cost(outcome, "overhead", k) for k in (5, 6)] == [5_184_00, 5_184_00]
    half = projected(by_hand(raised, {"posts": {"fixed_overhead_share": 0.5}}))
    assert cost(half, "overhead", 6) == 5_790_00  # 10 % of 1/2 × 63,960 + 1/2 × 51,840


def test_supervisors_keep_their_gap() -> None:
    outcome = projected(by_hand({"practices": {"other_supervisors_fte": 1.0, "supervisor_wage_usd_per_hour": 20.0}}))
    # 1.1875 × 24 = 28.50: 160 × 28.50 × (1 + 0.35 × 0.75), and the quarter of fringe on 160 × 20 that stays
    assert cost(outcome, "supervision", 0) == 5_757_00 + 280_00


def test_direct_cost_is_of_the_employer_and_of_each_peer() -> None:
    posts = {"fixed_usd_per_month": 5_000.0, "direct_usd_per_peer_month": 120.0, "overhead_share": 0.1}
    outcome = projected(by_hand({"posts": posts}))
    assert cost(outcome, "direct", 0) == 6_200_00
    assert cost(outcome, "overhead", 0) == 5_184_00 + 620_00


def test_an_award_whose_budget_is_met_is_drawn_to_the_dollar() -> None:
    outcome = projected(drawn_to_the_dollar())
    for year in range(3):
        rows = outcome.months[12 * year : 12 * year + 12]
        # 4 × 2,080 × 20 × 1.30 = 216,320; and 60,000; and 15 % on both
        assert sum(row["charged"]["award"] for row in rows) == pytest.approx(317_768_00, abs=99)  # to the dollar
    assert sum(fact.cents for fact in outcome.funding_facts if fact.kind == "lapsed") < 100


def test_flat_benefits_are_paid_during_unpaid_leave() -> None:
    outcome = projected(by_hand(FLAT_BENEFITS, LONG_LEAVES))
    away = [row for row in outcome.months if row["filled"] == 10 and row["on_leave"] > 0 and not row["exits"]]
    assert away
    for row in away:
        assert cost(outcome, "fringe", row["month"]) == 3_000_00
        assert cost(outcome, "wages", row["month"]) < 38_400_00


def test_fringe_that_stands_still_follows_the_time_that_is_paid() -> None:
    outcome = projected(by_hand(LONG_LEAVES))
    away = [row["month"] for row in outcome.months if row["on_leave"] > 0]
    for month in away:
        assert abs(cost(outcome, "fringe", month) - 0.35 * cost(outcome, "wages", month)) <= 1.5
    assert away


def test_a_vacant_funded_post_costs_cover() -> None:
    table = {"recruitment": {"cover_usd_per_vacant_month": 900.0, "days_to_fill": 700.0}}
    roster = {"posts": {"roster": [{"hired": "2024-01"}] * 8}}
    outcome = projected(by_hand(table, roster))
    assert outcome.months[0]["hires"] == 0
    assert cost(outcome, "recruiting", 0) == outcome.months[0]["cover_cost"] == 1_800_00


def test_visits_are_billed_in_whole_units() -> None:
    def units(**terms: object) -> int:
        billed: int = projected(by_hand(**terms)).months[0]["units"]["medicaid"]
        return billed

    assert (
        units(visit_minutes=50.0) == 864 * 3
    )  # 720 hours are 864 visits, each of three quarters of an hour and 5 minutes
    assert units(visit_minutes=53.0) == 815 * 4  # eight minutes make a unit: 53 minutes are four
    assert units(max_units_per_client_day=2) == 720 * 2
    assert units(billable=["individual", "notes"]) > 2880


def test_without_any_supervisor_nothing_is_billed_where_one_is_required() -> None:
    alone = projected(by_hand(supervision_required=True))
    assert alone.months[0]["units"] == {"medicaid": 0}
    assert alone.months[0]["receivable"] == 0  # nor was it before the start
    supervised = projected(by_hand({"practices": {"other_supervisors_fte": 0.1}}, supervision_required=True))
    assert supervised.months[0]["units"] == {"medicaid": 2880}


def test_the_span_staffed_to_sets_the_cost_and_the_standard_the_support() -> None:
    practices = {"other_supervisors_fte": None, "peers_per_supervisor": 20.0, "peers_per_supervisor_standard": 5.0}
    table = {key: value for key, value in BY_HAND["practices"].items() if key != "other_supervisors_fte"} | practices
    base = {**BY_HAND, "practices": {key: value for key, value in table.items() if value is not None}}
    medicaid = {"kind": "fee_for_service", "rate_usd_per_unit": 13.5}
    outcome = projected(made(PLAIN, base, {"funding": {"medicaid": medicaid}}))
    assert outcome.months[0]["supervisor_fte"] == pytest.approx(0.5)
    assert outcome.months[0]["supervision_penalty"] == pytest.approx(2.0)  # a span of 20 is two doublings of 5


def test_newcomers_are_paid_for_hours_they_cannot_give() -> None:
    table = {
        "posts": {"roster": [{"hired": "2027-01", "certified": False}] + [{"hired": "2024-01"}] * 9},
        "recruitment": {"ramp_up_months": 6.0, "months_to_certify": 60.0},
    }
    first = projected(by_hand(table)).months[0]
    assert first["ramp_up_usd"] == pytest.approx(24 * 160 * (1 - 0.5 / 6))
    assert first["uncertified_hours"] == pytest.approx(160 * 0.5 / 6)
    assert first["worked_hours"] == pytest.approx(10 * 160)
    assert first["ramp_up_hours"] == pytest.approx(160 * (1 - 0.5 / 6))
    assert first["productive_hours"] == pytest.approx(10 * 160 - first["ramp_up_hours"])


# --- what is at hand, and closure -------------------------------------------------------------------


def test_an_employer_exactly_at_its_credit_limit_can_make_payroll() -> None:
    def closes(limit: float) -> float | None:
        """When it closes: at the first close that is short."""
        return close_of(projected(at_the_limit(limit)))

    assert closes(51_840.0) == 2
    assert closes(51_839.99) == 1


def test_money_due_soon_counts_as_at_hand() -> None:
    def outcome(days: float) -> Outcome:
        rules = {"rules": {"receivable_days": days, "closure_after_months": 0, "opening_cash_usd": 10_000.0}}
        lag = {"payment_lag_days": 30.4375, "payment_lag_spread": 0.0, "denial_share": 0.0}
        return projected(by_hand(STRICT, rules, **lag))

    first = outcome(30.4375).months[0]
    assert first["cash"] == 10_000_00 + 38_880_00 - 51_840_00
    assert first["due"] == 38_880_00  # this month's claims, due exactly a month later
    assert first["liquidity"] == 35_920_00
    assert close_of(outcome(30.4375)) == 4  # 12,960 short a month: 35,920, 22,960, 10,000, then -2,960
    assert close_of(outcome(30.0)) == 1


def test_a_scheduled_amount_dated_soon_counts_as_due() -> None:
    payments = [{"at": "2027-03", "usd": 60_000.0}, {"at": "2027-04", "usd": 70_000.0}]
    fund = {"kind": "scheduled", "payments": payments}
    outcome = projected(made(PLAIN, BY_HAND, {"funding": {"settlement": fund}}))
    assert [row["due"] for row in outcome.months[:4]] == [60_000_00, 130_000_00, 70_000_00, 0]
    assert [line.time for line in outcome.ledger if line.kind == "scheduled"] == [2 + DAY, 3 + DAY]


def test_after_closing_only_work_already_done_is_paid() -> None:
    payments = [{"at": month, "usd": 60_000.0} for month in ("2027-02", "2027-03", "2027-04", "2027-09")]
    grant = {"kind": "grant", "amount_usd_per_year": 24_000.0, "start": "2027-01", "pays_for": ["training"]}
    funding = {
        "settlement": {"kind": "scheduled", "payments": payments, "pays_for": ["training"]},
        "award": {**grant, "posts_paid": 0},
    }
    rules = {
        "closure_after_months": 0,
        "receivable_days": 0.0,
        "opening_cash_usd": -55_000.0,
        "braiding": ["medicaid", "settlement", "award"],
    }
    outcome = projected(by_hand(STRICT, {"funding": funding, "rules": rules}, rate_usd_per_unit=1.0))
    assert close_of(outcome) == 1
    assert not any(line.kind == "scheduled" for line in outcome.ledger)  # what is dated the day it closes is not paid
    assert any(line.kind == "claims" and line.time > 1 for line in outcome.ledger)
    facts = [(fact.kind, fact.time, fact.cents) for fact in outcome.funding_facts]
    assert facts == [("awarded", 0, 0), ("closed", 1, 0), ("lapsed", 1, 2_000_00)]
    assert [(row["liquidity"], row["due"]) for row in outcome.months] == [(0, 0)] * 12


# --- awards and funds that run at the start ----------------------------------------------------------


def test_an_award_that_runs_opens_with_what_it_owes() -> None:
    outcome = award(
        start="2026-07",
        term_months=36,
        amount_usd_per_year=1_200_000.0,
        pays_for=["wages"],
        reimbursement_lag_days=60.875,
    )
    paid = [(line.time, line.cents) for line in outcome.ledger if line.kind == "reimbursement"]
    assert paid[:3] == [(1.0, 38_400_00), (2.0, 38_400_00), (3.0, 38_400_00)]  # wages of November, December, January
    assert outcome.months[0]["receivable"] == 2 * 38_400_00


def test_what_was_drawn_of_the_award_year_in_hand_is_gone() -> None:
    terms = {"start": "2026-07", "term_months": 36, "pays_for": ["wages"]}
    charged = [row["charged"]["block"] for row in award(**terms, drawn_usd=100_000.0).months]
    # six months of 20,000 have accrued, 100,000 are drawn: 40,000 in January, then what is left of it and 20,000
    assert charged[:3] == [38_400_00, 21_600_00, 20_000_00]
    assert [row["charged"]["block"] for row in award(**terms).months][:2] == [20_000_00, 20_000_00]


def test_what_is_left_of_a_fund_when_the_projection_starts() -> None:
    def charged(payments: list[tuple[str, float]], **terms: object) -> int:
        fund = {"kind": "scheduled", "payments": [{"at": at, "usd": usd} for at, usd in payments], **terms}
        outcome = projected(made(PLAIN, BY_HAND, {"funding": {"settlement": fund}}))
        cents: int = outcome.months[0]["charged"]["settlement"]
        return cents

    ahead = [("2026-10", 40_000.0), ("2027-06", 40_000.0)]
    assert charged(ahead) == 25_000_00  # five of the eight months between the payments
    assert charged(ahead[:1]) == 30_000_00  # nine of twelve months
    assert charged([("2025-10", 40_000.0)]) == 0
    assert charged(ahead, unspent_usd=1_234.56) == 1_234_56


def test_an_award_is_told_by_its_last_month_or_the_months_left() -> None:
    def ended(**terms: object) -> list[float]:
        grant = {"kind": "grant", "amount_usd_per_year": 240_000.0, "renewal_chance": 0.0, **terms}
        outcome = projected(made(PLAIN, BY_HAND, {"funding": {"block": grant}}))
        return [fact.time for fact in outcome.funding_facts if fact.kind == "ended"]

    assert ended(ends="2027-05") == [5]
    assert ended(months_left=7) == [7]
    assert ended(start="2026-03", ends="2027-05") == [5]


def test_a_renewed_award_has_a_term_of_its_own() -> None:
    outcome = award(renewal_chance=1.0, term_months=4, renewal_term_months=2)
    assert [fact.time for fact in outcome.funding_facts if fact.kind == "ended"] == [4, 6, 8, 10, 12]


# --- what an employer decides -------------------------------------------------------------------------


def test_a_budget_is_made_of_what_was_seen() -> None:
    rules = {
        "enforce": True,
        "yearly_budget": True,
        "fiscal_year_start_month": 2,
        "reserve_use_share": 1.0,
        "minimum_reserve_months": 0.0,
        "most_cut_share": 1.0,
        "opening_cash_usd": 150_000.0,
        "receivable_days": 0.0,
    }
    paid_at_once = {"payment_lag_days": 0.0}

    def decided(demand: float, **more: object) -> list[tuple[float, int]]:
        table = {"services": {"demand_client_hours_per_month": demand}, "rules": {**rules, **more}}
        facts = projected(by_hand(STRICT, table, **paid_at_once)).funding_facts
        return [(fact.time, fact.cents) for fact in facts if fact.kind == "budget"]

    # Every hour used: a post brings 288 units × 13.50 × 0.95 = 3,693.60 and costs 5,184.00 a month. Cash after the
    # month is 150,000 + 36,936 - 51,840 = 135,096: at 12 × 1,490.40 a year it carries 7 posts
    assert decided(5_000.0)[0] == (1, -3)
    # Half of the hours used: 1,846.80 a post; 150,000 + 18,468 - 51,840 = 116,628 at 12 × 3,337.20 carries 2
    assert decided(360.0)[0] == (1, -8)
    # With the output stated, all hours are thought to be used: 116,628 at 12 × 1,490.40 carries 6
    assert decided(360.0, budget_productivity_share=1.0)[0] == (1, -4)


def test_a_post_that_stands_empty_costs_a_budget_nothing() -> None:
    rules = {
        "yearly_budget": True,
        "fiscal_year_start_month": 2,
        "reserve_use_share": 1.0,
        "minimum_reserve_months": 0.0,
        "most_cut_share": 1.0,
        "opening_cash_usd": 250_000.0,
    }
    posts = {"posts": {"roster": [{"hired": "2024-01"}] * 5}, "recruitment": {"days_to_fill": 700.0}}
    outcome = projected(by_hand(STRICT, posts, {"rules": rules}, rate_usd_per_unit=0.0))
    # 250,000 - 25,920 = 224,080; a post costs 62,208 a year, and half of them were filled: 7 posts
    assert next((fact.time, fact.cents) for fact in outcome.funding_facts if fact.kind == "budget") == (1, -3)


def test_cuts_bridges_and_layoffs_are_written_down_with_their_numbers() -> None:
    def decided(**rules: object) -> list[tuple[str, str, float, int]]:
        grant = {
            "kind": "grant",
            "amount_usd_per_year": 300_000.0,
            "start": "2027-01",
            "term_months": 3,
            "posts_paid": 4,
            "renewal_chance": 0.0,
        }
        table = {"rules": {"braiding": ["medicaid", "block"], **rules}, "funding": {"block": grant}}
        facts = projected(by_hand(STRICT, table)).funding_facts
        kinds = {"award_cut", "bridged", "layoff"}
        return [(fact.kind, fact.source, fact.time, fact.cents) for fact in facts if fact.kind in kinds]

    assert decided(opening_cash_usd=1e6) == [("award_cut", "block", 3, 4)]
    assert decided(opening_cash_usd=1e6, bridge_months=2) == [("bridged", "block", 3, 4), ("award_cut", "block", 5, 4)]
    laid_off = decided(opening_cash_usd=-1e6, layoff_below_months=0.0, closure_after_months="off")
    assert laid_off[0] == ("layoff", "", 1, 2)  # a fifth of ten


# --- closed forms ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain() -> Outcome:
    return projected(made(PLAIN))


def test_constant_hazards_compete_as_they_should(plain: Outcome) -> None:
    exits = Counter(fact.detail for fact in plain.facts if fact.kind == "left")
    months = sum(spans(plain.facts, 96))
    total = sum(exits.values())
    assert total / months * 12 == pytest.approx(0.48, abs=4 * math.sqrt(total) / months * 12)
    for cause, share in (("voluntary", 0.625), ("dismissal", 0.25), ("other", 0.125)):
        assert exits[cause] / total == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / total))


def test_vacancy_is_time_to_fill_over_the_whole_cycle(plain: Outcome) -> None:
    settled = [row for row in plain.months if row["month"] >= 24]
    vacant = sum(row["vacant"] for row in settled) / sum(row["posts"] for row in settled)
    assert vacant == pytest.approx(3 / (3 + 25), abs=0.012)


def test_retention_is_exponential(plain: Outcome) -> None:
    hires = {(f.post, f.ordinal): f.time for f in plain.facts if f.kind == "hired" and f.time <= 72}
    left = {(f.post, f.ordinal): f.time for f in plain.facts if f.kind == "left"}
    for months in (6, 12, 24):
        kept = sum(left.get(who, math.inf) - hired > months for who, hired in hires.items()) / len(hires)
        expected = math.exp(-0.04 * months)
        assert kept == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / len(hires)))


def spans(facts: Iterable[Fact], end: float) -> list[float]:
    """Months in post within the projection, of everyone."""
    came = {(f.post, f.ordinal): max(f.time, 0.0) for f in facts if f.kind in {"opening", "hired"}}
    left = {(f.post, f.ordinal): f.time for f in facts if f.kind == "left"}
    return [left.get(who, end) - since for who, since in came.items()]


def test_promotions_by_chance_come_at_their_chance() -> None:
    chances = {"middle": (1, 0.02), "top": (2, 0.012)}
    ladder = {
        name: {
            "step": step,
            "slots": {"kind": "chance", "per_month": chance},
            "months_in_rung_below": 0.0,
            "certificate_required": False,
        }
        for name, (step, chance) in chances.items()
    }
    outcome = projected(made(PLAIN, {"ladder": ladder}))
    for rung, above in (("entry", "middle"), ("middle", "top")):
        chance = chances[above][1]
        closes, promoted = exposure(outcome.facts, rung, 96)
        assert promoted / closes == pytest.approx(chance, abs=4 * math.sqrt(chance / closes))


def exposure(facts: list[Fact], rung: str, end: float) -> tuple[int, int]:
    """Closes that peers met on a rung, and promotions from it."""
    since = {(f.post, f.ordinal): max(f.time, 0.0) for f in facts if f.detail == rung and f.kind != "left"}
    until: dict[tuple[int, int], float] = {}
    promoted = 0
    for fact in facts:
        who = (fact.post, fact.ordinal)
        if who in since and who not in until and fact.kind in {"left", "promoted"} and fact.time > since[who]:
            until[who] = fact.time
            promoted += fact.kind == "promoted"
    closes = sum(math.floor(until.get(who, end)) - math.floor(start) for who, start in since.items())
    return closes, promoted


def test_with_every_effect_off_the_states_keep_sd_1() -> None:
    table = {"turnover": {"level": {"voluntary_per_year": 0.0, "dismissal_per_year": 0.0, "other_per_year": 0.0}}}
    outcome = projected(made(PLAIN, table, {"horizon": {"months": 24}}))
    for state in ("burnout", "satisfaction", "role_clarity", "recovery"):
        assert abs(outcome.months[-1][f"mean_{state}"]) < 4 / math.sqrt(250)


def test_the_pilot_finds_the_hazards_that_show_the_turnover_observed() -> None:
    level = {"level": {"kind": "observed", "separations_per_100_posts_year": 36.0}}
    turnover = {key: value for key, value in PLAIN["turnover"].items() if key != "level"}
    scenario = made({**PLAIN, "turnover": {**turnover, **level}}, {"horizon": {"warm_up_months": 3}})
    found = Pilot(plans(scenario)[0], scenario).solve()
    assert found == Baseline(
        pytest.approx(0.03 * 0.75, rel=1e-12), pytest.approx(0.03 * 0.22, rel=1e-12), pytest.approx(0.03 * 0.03)
    )


# --- employers' decisions, wages and changes ------------------------------------------------------


def test_no_money_closes_the_employer_for_good() -> None:
    outcome = projected(made(*CASES["poor"]))
    closed = [fact.time for fact in outcome.funding_facts if fact.kind == "closed"]
    assert len(closed) == 1
    after = [row for row in outcome.months if row["month"] >= closed[0]]
    assert after
    assert all(row["filled"] == 0 and row["capacity"] == 0 for row in after)
    assert all(line.cents > 0 for line in outcome.ledger if line.time > closed[0] and line.kind != "audit")


def test_posts_end_with_their_award() -> None:
    ending = {"block": {**BRAIDED["block"], "renewal_chance": 0.0, "early_end_chance_per_year": 0.0}}
    rules = {"bridge_months": 0, "yearly_budget": False, "freeze_below_months": "off", "layoff_below_months": "off"}
    outcome = projected(made(FEE_FOR_SERVICE, WITH_BRAID, {"funding": ending, "rules": rules}))
    assert [row["funded"] for row in outcome.months][7:10] == [12, 8, 8]  # the award ends at month 9
    assert outcome.months[8]["filled"] <= 8


def test_a_living_wage_floor_is_reached_step_by_step() -> None:
    table = {"place": {"living_wage_growth_per_year": 0.0}, "pay": {"cost_of_living_share": 0.0}}
    base = made(FEE_FOR_SERVICE, table, NO_MONEY)
    outcome = projected(base, made(FEE_FOR_SERVICE, table, NO_MONEY, LIVING_WAGE))
    wages = {math.floor(fact.time): fact.wage for fact in outcome.facts if fact.kind == "hired"}
    assert wages
    for k, wage in wages.items():
        assert min(abs(wage / plus - (18 + 3 * min(1, (k + 1) / 18))) for plus in (1.0, 1.03)) < 1e-9


def test_a_rate_rise_passes_through() -> None:
    outcome = projected(made(FEE_FOR_SERVICE, WITH_CHANGES, NO_MONEY, {"pay": {"cost_of_living_share": 0.0}}))
    use = 1 - 0.09 - 0.03
    added = 0.5 * 4.0 * 4 * use * 0.42 * 0.9 * (1 - 0.05 * 0.6) / (1 + 0.336 * 0.75)
    wages = {fact.wage for fact in outcome.facts if fact.kind == "hired" and fact.time > 5}
    assert any(wage == pytest.approx((18 + added) * plus) for wage in wages for plus in (1.0, 1.03))


def test_every_kind_of_the_portfolio_runs() -> None:
    outcome = projected(made(FEE_FOR_SERVICE, WITH_PORTFOLIO))
    assert {row["employer"]: row["posts"] for row in outcome.months} == {0: 6, 1: 6, 2: 9}


# --- what it may not know -------------------------------------------------------------------------


def test_it_imports_nothing_of_the_engine() -> None:
    for path in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = imported(node)
            forbidden = [name for name in names if name.startswith(FORBIDDEN)]
            assert not forbidden, f"{path.name} imports {forbidden}"
            if path.name != "test_reference_alone.py":
                assert not [name for name in names if name.startswith(("numpy", "pandas"))], path.name


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []

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
from sim.units import cents_of
from tests.reference.facts import Fact, Outcome
from tests.reference.hazards import Baseline
from tests.reference.model import Pilot, run
from tests.reference.scenarios import (
    BRAIDED,
    CASES,
    FEE_FOR_SERVICE,
    LIVING_WAGE,
    TYPICAL,
    WITH_BRAID,
    WITH_CHANGES,
    WITH_LADDER,
    WITH_PORTFOLIO,
    Table,
    made,
)

FORBIDDEN = ("sim.rules", "sim.engine", "sim.world", "sim.results", "random")
HERE = Path(__file__).parent
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


def by_hand(**terms: object) -> Scenario:
    medicaid = {"kind": "fee_for_service", "rate_usd_per_unit": 13.5, **terms}
    return made(PLAIN, BY_HAND, {"funding": {"medicaid": medicaid}})


def test_the_month_worked_by_hand() -> None:
    outcome = projected(by_hand())
    first = outcome.months[0]
    assert first["units"] == {"medicaid": 2880}
    assert first["billed"] == {"medicaid": 38_880_00}
    assert first["denied"] == {"medicaid": 1_944_00}
    assert first["receivable"] == 36_936_00
    paid = [line for line in outcome.ledger if line.kind == "claims"][:4]
    assert sum(line.cents for line in paid) == 36_936_00
    lag = 40 / 30.4375
    assert paid[0].time == pytest.approx(1 + lag * 0.625, abs=1e-12)
    costs = {line.kind: line.cents for line in outcome.ledger if line.time == 1.0 and line.cents < 0}
    assert costs == {"wages": -38_400_00, "fringe": -13_440_00}  # 10 × 160 × $24, and 35 % on it: $51,840
    assert first["cash"] == -51_840_00


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
    found = Pilot(plans(scenario)[0], scenario.horizon, scenario.experiment).solve()
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
    added = 0.5 * 4.0 * 4 * use * 0.42 * 0.9 * (1 - 0.05 * 0.6) / 1.336
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

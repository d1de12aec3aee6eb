"""The engine against the exact values of docs/model.md: queueing, competing risks, cash and awards.

Every tolerance is four standard errors of the run itself, so a sound model fails about once in 16,000 tries; seeds
are fixed, so a test that passes keeps passing until the model moves.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.evidence.effects import load_effects
from sim.model.engine.run import simulate
from sim.model.rules.turnover import DISMISSAL, OTHER, VOLUNTARY
from sim.model.world import log
from sim.units import DAYS_PER_MONTH
from tests.worlds import departures, per_replication, quiet, run_one

STANDARD_ERRORS = 4.0


def close_to(values: np.ndarray, exact: float) -> bool:
    """Return whether the mean of independent values is within four standard errors of an exact value."""
    return abs(values.mean() - exact) <= STANDARD_ERRORS * values.std(ddof=1) / math.sqrt(values.size)


def share_close_to(events: int, trials: int, exact: float) -> bool:
    """Return whether a share of independent trials is within four standard errors of its exact value."""
    return abs(events / trials - exact) <= STANDARD_ERRORS * math.sqrt(exact * (1 - exact) / trials)


@pytest.mark.parametrize(("mean_tenure", "days_to_fill"), [(24.0, 3 * DAYS_PER_MONTH), (10.0, DAYS_PER_MONTH)])
def test_vacancy_is_time_to_fill_over_the_whole_cycle(mean_tenure: float, days_to_fill: float) -> None:
    """A post is filled for a mean tenure and vacant for a mean time to fill, whatever their distributions."""
    scenario = quiet(
        horizon={"months": 120, "warm_up_months": 60},
        posts={"number": 30},
        turnover={"level": {"kind": "hazards", "voluntary_per_year": 12 / mean_tenure}},
        recruitment={"days_to_fill": days_to_fill},
    )
    result = run_one(scenario, 60)
    filled = per_replication(result, "in_post") / 30
    to_fill = days_to_fill / DAYS_PER_MONTH
    assert close_to(1 - filled, to_fill / (mean_tenure + to_fill))
    exits = np.asarray(result.panel["exits"]).sum(axis=0)
    years = np.asarray(result.panel["in_post"]).sum(axis=0) / 12
    rate = exits / years
    assert close_to(rate, 12 / mean_tenure)


def test_the_design_pages_vacancy_is_three_in_twentyseven() -> None:
    """Mean tenure 24 months and mean time to fill 3 months leave 3/27 of posts vacant."""
    assert pytest.approx(0.1111, abs=5e-5) == 3 / 27


def test_competing_exits_share_the_leavers_in_proportion_to_their_hazards() -> None:
    """Hazards of 0.30, 0.12 and 0.06 a year: shares 0.625, 0.25, 0.125 and 1 − e^−0.48 leave in a year."""
    level = {"kind": "hazards", "voluntary_per_year": 0.30, "dismissal_per_year": 0.12, "other_per_year": 0.06}
    scenario = quiet(horizon={"months": 12}, posts={"number": 500}, turnover={"level": level})
    result = run_one(scenario, 40)
    left = departures(result)
    first = left["ordinal"] == 0
    leavers, cohort = int(first.sum()), 500 * 40
    assert share_close_to(leavers, cohort, 1 - math.exp(-0.48))
    for cause, share in ((VOLUNTARY, 0.625), (DISMISSAL, 0.25), (OTHER, 0.125)):
        assert share_close_to(int((left["detail"][first] == cause).sum()), leavers, share)


def test_a_constant_hazard_keeps_exp_of_minus_hazard_times_time() -> None:
    """The share of a cohort still in post after t months is e^(−ht) at every t."""
    hazard = 0.4
    scenario = quiet(
        horizon={"months": 36},
        posts={"number": 400},
        turnover={"level": {"kind": "hazards", "voluntary_per_year": hazard}},
    )
    left = departures(run_one(scenario, 25))
    times = left["time"][left["ordinal"] == 0]
    for months in (0.5, 3.0, 6.0, 12.0, 24.0, 36.0):
        assert share_close_to(int((times <= months).sum()), 400 * 25, 1 - math.exp(-hazard * months / 12))


def test_exits_fall_evenly_inside_a_month() -> None:
    """With a constant hazard the fraction of the month at which people leave is uniform, but for the decay in it."""
    scenario = quiet(
        horizon={"months": 12},
        posts={"number": 500},
        turnover={"level": {"kind": "hazards", "voluntary_per_year": 0.5}},
    )
    times = departures(run_one(scenario, 20))["time"] % 1.0
    hazard = 0.5 / 12
    exact = 1 / hazard - math.exp(-hazard) / (1 - math.exp(-hazard))  # mean of an exponential cut at one month
    assert close_to(times, exact)


def _cash_scenario(**medicaid: object) -> object:
    source = {"kind": "fee_for_service", "rate_usd_per_unit": 13.5, "denial_share": 0.0, "payment_lag_days": 0.0}
    source["supervision_required"] = False
    return quiet(
        horizon={"months": 12},
        posts={"number": 10, "paid_hours_per_year": 1920},
        time_use={"individual": 0.45, "group": 0.0, "leave_share": 0.0, "absence_share": 0.0},
        funding={"medicaid": source | medicaid},
    )


def test_without_lag_denials_and_caps_cash_is_rate_times_units() -> None:
    """Every unit billed is paid at the close, to the cent."""
    result = run_one(_cash_scenario(), 3)
    units = np.asarray(result.panel["units.medicaid"])
    receipts = _receipts(result, "claims")
    assert (units == 2880).all()
    assert receipts == int(units.sum()) * 1350


def _receipts(result: object, kind: str) -> int:
    lines = result.lines  # type: ignore[attr-defined]
    return int(lines["cents"][lines["kind"] == log.LINE_KINDS.index(kind)].sum())


def test_the_month_worked_by_hand_comes_out_to_the_cent() -> None:
    """10 peers × 160 h × 45 % = 2,880 units × 13.50 = 38,880; 5 % denied; payroll 51,840; 14,904 short."""
    scenario = _cash_scenario(denial_share=0.05, payment_lag_days=45.0)
    scenario = scenario.model_copy(  # type: ignore[attr-defined]
        update={
            "pay": scenario.pay.model_copy(update={"wage_usd_per_hour": 24.0}),  # type: ignore[attr-defined]
            "benefits": scenario.benefits.model_copy(update={"fringe_share": 0.35}),  # type: ignore[attr-defined]
        }
    )
    result = run_one(scenario, 1)
    assert (result.panel["billed.medicaid"] == 3_888_000).all()
    assert (result.panel["denied.medicaid"] == 194_400).all()
    assert (result.panel["payroll"] == 5_184_000).all()
    assert 3_888_000 - 194_400 - 5_184_000 == -1_490_400


@pytest.mark.parametrize("lag_days", [30.4375, 60.875, 45.0])
def test_claims_outstanding_are_monthly_billings_times_lag(lag_days: float) -> None:
    """Little's law: with steady billings of B a month and a lag of L months, B × L is outstanding on average."""
    scenario = _cash_scenario(payment_lag_days=lag_days, payment_lag_spread=0.0)
    result = run_one(scenario, 1)
    lines, months, billings = result.lines, 12, 3_888_000
    paid = lines["kind"] == log.LINE_KINDS.index("claims")
    arrived = float((lines["cents"][paid] * (months - lines["time"][paid])).sum())
    before = int(result.panel["receivable"][0, 0]) - billings + int(lines["cents"][paid & (lines["time"] <= 1)].sum())
    billed = sum(billings * (months - close) for close in range(1, months + 1))
    outstanding_time = before * months + billed - arrived
    assert outstanding_time / months == pytest.approx(billings * lag_days / DAYS_PER_MONTH, rel=1e-12)


def test_an_alternative_that_leaves_demand_out_has_what_the_bases_full_workforce_can_give() -> None:
    """50 posts × 2,080 h ÷ 12 less leave and absence, the part with clients: whatever the base itself states."""
    base = quiet(services={"demand_client_hours_per_month": 7.0}, time_use={"individual": 0.5, "group": 0.0})
    alternative = quiet(posts={"number": 40}, time_use={"individual": 0.4, "group": 0.0})
    result = simulate(base, [alternative], [0], 1)[1][0]
    use = base.time_use
    hours = 50 * 2080 / 12 * (1 - use.leave_share - use.absence_share) * 0.5
    assert result.panel["asked"][0, 0] == pytest.approx(hours, rel=1e-12)


def test_awards_until_the_first_that_is_not_renewed_are_geometric() -> None:
    """With a renewal chance p and no gap the number of awards is geometric: P(n) = p^(n−1) (1 − p)."""
    chance = 0.7
    grant = {
        "kind": "grant",
        "amount_usd_per_year": 100_000.0,
        "start": "2027-01",
        "term_months": 2,
        "renewal_chance": chance,
        "notice_months": 1.0,
    }
    scenario = quiet(horizon={"months": 80}, posts={"number": 1}, funding={"sor": grant})
    result = run_one(scenario, 3000)
    awarded = result.funding["kind"] == log.AWARDED
    awards = np.bincount(result.funding["employer"][awarded].astype(int), minlength=3000)
    assert close_to(awards.astype(float), 1 / (1 - chance))
    for n in (1, 2, 3, 5):
        assert share_close_to(int((awards == n).sum()), 3000, chance ** (n - 1) * (1 - chance))


def test_early_ends_strike_at_their_hazard() -> None:
    """An early-end chance of 20 % a year ends 1 − 0.8^2 of two-year awards early."""
    grant = {
        "kind": "grant",
        "amount_usd_per_year": 1.0,
        "start": "2027-01",
        "term_months": 24,
        "renewal_chance": 0.0,
        "early_end_chance_per_year": 0.2,
    }
    result = run_one(quiet(horizon={"months": 24}, posts={"number": 1}, funding={"sor": grant}), 3000)
    ended = int((result.funding["kind"] == log.TERMINATED).sum())
    assert share_close_to(ended, 3000, 1 - 0.8**2)


@pytest.mark.parametrize(("posts", "runs"), [(40, 300), (500, 60)])
def test_the_opening_reproduces_the_turnover_a_user_sees(posts: int, runs: int) -> None:
    """Solved baseline hazards give the separations stated, for small employers and large, at more than one level."""
    for seen in (20.0, 45.0):
        scenario = quiet(
            horizon={"months": 12, "warm_up_months": 60},
            experiment={"feedback": True},
            posts={"number": posts},
            effects={"scale": 1.0},
            turnover={
                "level": {"kind": "observed", "separations_per_100_posts_year": seen},
                "return_to_use_per_year": 0.045,
                "tenure_shape": 0.88,
                "early_peak": 0.8,
                "worker_spread_sd": 0.3,
                "employer_spread_sd": 0.3,
            },
        )
        result = run_one(scenario, runs)
        exits = np.asarray(result.panel["exits"]).sum(axis=0)
        years = np.asarray(result.panel["in_post"]).sum(axis=0) / 12
        rates = 100 * exits / years
        assert close_to(rates, seen)


LADDER_EXITS = (0.03, 0.02, 0.012)  # a month, by rung
MONTHS_IN_JOB = (45.0, 62.5, 83.33333333333333)  # promotions at .02 and .012 a month


def test_the_design_pages_ladder_gives_45_and_62_and_83_months() -> None:
    """First-step equations: E3 = 1/x3, E2 = (1 + p2 E3)/(x2 + p2), E1 = (1 + p1 E2)/(x1 + p1)."""
    top = 1 / 0.012
    middle = (1 + 0.012 * top) / (0.02 + 0.012)
    assert (1 + 0.02 * middle) / (0.03 + 0.02) == pytest.approx(45.0)
    assert (middle, top) == (pytest.approx(62.5), pytest.approx(83.333, abs=1e-3))


def _monthly_chance(rung: int) -> float:
    """Return the chance of promotion at a close that gives the months in the job that a hazard would give.

    E = a + s((1 − q)E + qE'), with s the share that survives a month and a the months lived in it.
    """
    hazard = LADDER_EXITS[rung]
    survive, lived = math.exp(-hazard), (1 - math.exp(-hazard)) / hazard
    now, then = MONTHS_IN_JOB[rung], MONTHS_IN_JOB[rung + 1]
    return (now * (1 - survive) - lived) / (survive * (then - now))


def test_three_rungs_keep_people_for_their_expected_months() -> None:
    """Exits .03, .02, .012 a month by rung and promotion by chance: 45, 62.5 and 83.33 months from each rung."""
    wages = [20.0 * (hazard / LADDER_EXITS[0]) ** (1 / -1.2) for hazard in LADDER_EXITS]
    rungs = {
        f"rung_{number}": {
            "step": number,
            "pay": {"kind": "amount", "usd_per_hour": wages[number]},
            "slots": {"kind": "chance", "per_month": _monthly_chance(number - 1)},
            "months_in_rung_below": 0.0,
        }
        for number in (1, 2)
    }
    scenario = quiet(
        horizon={"months": 600},
        posts={"number": 400},
        ladder=rungs,
        effects={"scale": 1.0, **_only("log_wage_over_outside_wage.exit_voluntary")},
        turnover={"level": {"kind": "hazards", "voluntary_per_year": 12 * LADDER_EXITS[0]}},
    )
    facts = run_one(scenario, 6).facts
    left = facts["kind"] == log.LEFT
    exits = {(row, ordinal): time for row, ordinal, time in _keys(facts, left)}
    stays = {0: [exits[row, ordinal] for row, ordinal in exits if ordinal == 0]}
    promoted = facts["kind"] == log.PROMOTED
    for rung in (1, 2):
        reached = promoted & (facts["rung"] == rung) & (facts["ordinal"] == 0)
        stays[rung] = [exits[row, o] - time for row, o, time in _keys(facts, reached) if (row, o) in exits]
    for rung, exact in enumerate(MONTHS_IN_JOB):
        assert close_to(np.array(stays[rung]), exact)


def _keys(facts: dict[str, np.ndarray], chosen: np.ndarray) -> list[tuple[int, int, float]]:
    columns = (facts[name][chosen].tolist() for name in ("row", "ordinal", "time"))
    return list(zip(*columns, strict=True))


def _only(*kept: str) -> dict[str, dict[str, float]]:
    """Return overrides that set every effect but some to zero."""
    overrides: dict[str, dict[str, float]] = {}
    for key in load_effects():
        if key not in kept:
            cause, outcome = key.split(".")
            overrides.setdefault(cause, {})[outcome] = 0.0
    return overrides

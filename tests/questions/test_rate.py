"""A rate build-up: by hand where nobody leaves, held to the ledger and the claims where people do."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.evidence.posterior import load_posterior_card
from sim.model.engine.run import simulate
from sim.model.world import log
from sim.questions.rate.build_up import TURNOVER, build_up, even_group_rate, rate_of
from sim.questions.rate.columns import ALL, OTHER, PLAIN, PRICED, SHARE, STAFFED, WHOLE, changed_over_futures
from sim.questions.rate.neutral import neutral
from sim.questions.rate.rate import RateStudy, Wanted, rate_study, wage_for
from sim.questions.rate.remarks import remarks
from sim.questions.rate.text import rate_text, sentences
from sim.results.spreads import Spread
from sim.runs.answer import ask, settings_of
from sim.runs.futures.unknown_inputs import unknowns_of
from sim.runs.pieces import Piece
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load, load_table
from sim.scenario.problems import ScenarioError
from tests.worlds import merged, quiet_tables

ROOT = Path(__file__).parents[2]
FEES: dict[str, Any] = {  # an hour with a group of six is paid as one with one client
    "kind": "fee_for_service",
    "rate_usd_per_unit": 13.5,
    "group_rate_usd_per_unit": 2.25,
    "denial_share": 0.05,
}
BY_HAND: dict[str, Any] = {
    "horizon": {"months": 4},
    "experiment": {"replications": 3},
    "posts": {
        "number": 10,
        "overhead_share": 0.15,
        "fixed_usd_per_month": 520.0,
        "direct_usd_per_peer_month": 100.0,
    },
    "benefits": {"fringe_share": 0.3, "fixed_fringe_share": 0.25},
    "practices": {"training_usd_per_peer_month": 26.0, "peers_per_supervisor": 8.0, "other_supervisors_fte": None},
    "time_use": {
        "individual": 0.5,
        "group": 0.1,
        "group_size": 6.0,
        "travel": 0.1,
        "notes": 0.1,
        "no_show": 0.05,
        "supervision": 0.04,
        "training": 0.03,
        "outside_role": 0.05,
        "leave_share": 0.1,
        "absence_share": 0.05,
    },
    "funding": {"medicaid": FEES},
}
CHURN: dict[str, Any] = {  # everything that may move a line, at prices that do not grow
    "horizon": {"months": 18, "warm_up_months": 12},
    "experiment": {"replications": 4, "feedback": True},
    "posts": {"number": 30, "fte": 0.9},
    "benefits": {"flat_usd_per_month": 150.0},
    "pay": {"wage_usd_per_hour": 21.0, "annual_step_share": 0.02, "certification_premium_share": 0.04},
    "ladder": {"senior": {"step": 1, "supervising_share": 0.3, "slots": {"kind": "share", "share": 0.3}}},
    "practices": {"leave_paid_share": 0.5, "supported_leave_share": 0.8},
    "recruitment": {
        "certified_share": 0.4,
        "ramp_up_months": 3.0,
        "cost_per_hire_usd": 2500.0,
        "cover_usd_per_vacant_month": 700.0,
        "days_to_fill": 70.0,
    },
    "turnover": {
        "level": {"kind": "hazards", "voluntary_per_year": 0.4},
        "return_to_use_per_year": 0.1,
        "cost_per_exit_usd": 892.0,
        "tenure_shape": 0.72,
    },
    "funding": {"medicaid": FEES | {"visit_minutes": 50.0, "rework_recovered_share": 0.5}},
}


def made(*tables: dict[str, Any], **more: Any) -> Loaded:
    whole: dict[str, Any] = quiet_tables()
    whole["practices"] = {}
    for table in (*tables, more):
        whole = merged(whole, table)
    practices = {key: value for key, value in whole["practices"].items() if value is not None}
    return load_table(whole | {"practices": practices})


def study_of(*everyone: Loaded, **wanted: Any) -> RateStudy:
    return rate_study(everyone, settings_of(everyone[0], 1), Wanted(**wanted))


def mean(study: RateStudy, key: str, case: int = 0) -> float:
    found = study.columns[case].lines[key].mean
    assert found is not None
    return found


def assert_parts_add_up(study: RateStudy) -> None:
    """The parts of a change add up to it, and what turnover adds differs by the two lines that are named for it."""
    base, other = study.columns
    told = {key: one.mean or 0.0 for key, one in other.difference.items()}
    assert told[ALL] == pytest.approx(sum(told[part] for part in TURNOVER), abs=1e-9)
    assert told[STAFFED] == pytest.approx(told[ALL] + told[OTHER], abs=1e-9)
    assert told[WHOLE] == pytest.approx(told[PLAIN] + told[STAFFED], abs=1e-9)
    added = [one.turnover[ALL].mean or 0.0 for one in study.columns]
    assert added[1] - added[0] == pytest.approx(told[PRICED] + told[ALL], abs=1e-9)
    without = other.without["rate"] - base.without["rate"]
    assert told[PLAIN] - told[PRICED] + told[OTHER] == pytest.approx(without, abs=1e-9)


def test_where_nobody_leaves_the_table_is_arithmetic_by_hand() -> None:
    """$20.00; fringe 30 %, a quarter of it fixed; 10 % time off, 5 % absence; 60 % with clients; 5 % denied.

    Supervision: an eighth of 28.50 with fringe at 30 %. Direct: 100 a peer and 52 a post a month over 2,080 hours.
    Overhead: 15 % of direct, 26.00 and supervision.
    """
    study = study_of(made(BY_HAND))
    by_hand = {
        "wage": 20.00,
        "pay_above": 0.0,
        "fringe_moving": 4.50,
        "fringe_fixed": 1.50,
        "hourly": 26.00,
        "planned_leave": 0.10,
        "absence": 0.05,
        "ramp_up": 0.0,
        "uncertified": 0.0,
        "able": 0.85,
        "use.travel": 0.085,
        "use.rest": 0.85 * 0.03,
        "unasked": 0.0,
        "billed": 0.51,
        "supervision": 28.50 * 1.3 / 8,
        "support": 26 * 12 / 2080,
        "direct": 152 * 12 / 2080,
        "replacement": 0.0,
        "overhead": 0.15 * (26 + 28.50 * 1.3 / 8 + 152 * 12 / 2080),
    }
    paid = 26 + 4.63125 + 0.15 + 0.876923 + 4.726226
    by_hand |= {"paid_hour": paid, "billable_hour": paid / 0.51, "unit": paid / 0.51 / 4, "kept": 0.95}
    for key, amount in by_hand.items():
        assert mean(study, key) == pytest.approx(amount, abs=1e-6), key
        assert study.columns[0].without[key] == pytest.approx(amount, abs=1e-6), key
    assert round(mean(study, "rate"), 2) == 18.77
    assert mean(study, "rate") == pytest.approx(paid / 0.51 / 4 / 0.95, abs=1e-6)
    assert round(float(even_group_rate(mean(study, "rate"), 1.0, 6)), 2) == 3.13


def test_where_nobody_leaves_a_raise_is_arithmetic_and_gives_nothing_back() -> None:
    """$25.00: supervisors keep 18.75 % above it, 29.6875; health cover and overhead stay as at $20.00."""
    study = study_of(made(BY_HAND), made(BY_HAND, pay={"wage_usd_per_hour": 25.0}))
    supervision = (29.6875 * 1.225 + 28.50 * 0.075) / 8
    paid = 25 * 1.225 + 1.50 + supervision + 0.15 + 0.876923 + 4.726226
    assert mean(study, "rate", 1) == pytest.approx(paid / 0.51 / 4 / 0.95, abs=1e-6)
    assert round(mean(study, "rate", 1), 2) == 22.03
    difference = study.columns[1].difference
    assert difference[PLAIN].mean == difference[WHOLE].mean == pytest.approx(22.0285 - 18.7742, abs=2e-4)
    assert difference[ALL].mean == pytest.approx(0.0, abs=1e-12)
    assert study.columns[1].turnover[ALL].mean == pytest.approx(0.0, abs=1e-12)


def test_more_time_than_clients_ask_for_is_no_turnover() -> None:
    """A twentieth more of the day with clients who want no more: 1.1 of 1.15 client-hours an hour are asked for."""
    study = study_of(made(BY_HAND), made(BY_HAND, time_use={"individual": 0.55, "travel": 0.05}))
    assert mean(study, "unasked", 1) == pytest.approx(0.85 * 0.65 * (1 - 1.1 / 1.15))
    assert study.columns[1].without["unasked"] == pytest.approx(mean(study, "unasked", 1))
    assert study.columns[1].difference[ALL].mean == pytest.approx(0.0, abs=1e-9)
    assert study.columns[1].difference[PLAIN].mean == pytest.approx(study.columns[1].difference[WHOLE].mean)


def test_where_nobody_leaves_the_rate_of_a_wage_carries_that_wage() -> None:
    study = study_of(made(BY_HAND), rate=22.0286)
    assert study.carried is not None
    assert study.carried.wage == 25.00
    assert study.carried.left.mean == pytest.approx(0.0, abs=0.005)  # the wage is in whole cents
    assert study.carried.then == pytest.approx(25.0, abs=0.001)
    assert study.columns[1].prices.wage == 25.00


@pytest.mark.parametrize("supervisors", [None, 3.0])
def test_with_turnover_the_table_is_the_ledger_over_the_hours_it_pays(supervisors: float | None) -> None:
    """Each line times the hours paid is the ledger's cost of its kind, up to the cents that the ledger rounds to."""
    prices = {
        "posts": {**BY_HAND["posts"], "number": 30, "fte": 0.9, "fixed_overhead_share": 0.4},
        "benefits": BY_HAND["benefits"],
    }
    practices = BY_HAND["practices"] | {"other_supervisors_fte": supervisors}
    base = made(CHURN, prices, practices=practices)
    column = study_of(base).columns[0]
    (block,) = simulate(neutral(base).scenario, [], range(4), base.scenario.experiment.seed)[0]
    spent = dict.fromkeys(log.COST_KINDS, 0.0)
    for code, kind in enumerate(log.COST_KINDS):
        spent[kind] = -block.lines["cents"][block.lines["kind"] == code].sum() / 100.0
    leave = base.scenario.practices.leave_paid_share
    hours = 2080 / 12 * 0.9 * float((block.panel["in_post"] + leave * block.panel["leave_time"]).sum())
    lines = {key: one.mean or 0.0 for key, one in column.lines.items()}
    assert column.simulated["exits"].mean
    assert lines["supervising"] > 0
    assert lines["supported_leave"] > 0
    assert lines["cover"] > 0
    for kind, keys in {
        "wages": ("wage", "pay_above"),
        "fringe": ("fringe_moving", "fringe_fixed"),
        "supervision": ("supervision",),
        "training": ("support",),
        "direct": ("direct",),
        "recruiting": ("replacement", "cover"),
        "overhead": ("overhead",),
    }.items():
        assert sum(lines[key] for key in keys) * hours == pytest.approx(spent[kind], rel=1e-4), kind
    assert lines["paid_hour"] == pytest.approx(
        lines["hourly"]
        + sum(lines[key] for key in ("supervision", "support", "direct", "replacement", "cover", "overhead"))
    )


def test_with_turnover_billable_hours_are_those_of_the_claims() -> None:
    """Visits of 50 minutes, billed as three units; what is left is that a month's last visit is not finished."""
    base = made(CHURN)
    column = study_of(base).columns[0]
    (block,) = simulate(neutral(base).scenario, [], range(4), base.scenario.experiment.seed)[0]
    use = base.scenario.time_use
    hours = 2080 / 12 * 0.9 * float((block.panel["in_post"] + 0.5 * block.panel["leave_time"]).sum())
    group = use.group * use.group_size / (use.individual * 0.9 + use.group * use.group_size)  # of units
    units = float(block.panel["units.medicaid"].sum())
    billed = units * (1 - group + group / use.group_size) / 4
    assert (column.lines["billed"].mean or 0.0) * hours == pytest.approx(billed, rel=4e-3)
    in_hours = 1 - group + group / use.group_size  # of units, each of a group's clients has one
    assert column.lines["rework"].mean == pytest.approx(0.05 * 25.0 / 8.0 / in_hours)
    assert column.lines["kept"].mean == pytest.approx(0.975)
    spent = sum(one.mean or 0.0 for key, one in column.lines.items() if key.startswith("use.") or key in (
        "planned_leave", "supported_leave", "absence", "ramp_up", "supervising", "uncertified", "unasked", "beyond",
        "billed",
    ))  # fmt: skip
    assert spent == pytest.approx(1.0)


def test_parts_add_up_and_ranges_hold_the_means() -> None:
    base, raised = made(CHURN), made(CHURN, pay={"wage_usd_per_hour": 26.0})
    study = study_of(base, raised)
    for one in study.columns:
        assert one.lines["rate"].mean == pytest.approx(float(rate_of(one.prices, one.staffing)))
        added = (one.lines["rate"].mean or 0.0) - one.without["rate"]
        assert (
            one.turnover[ALL].mean
            == pytest.approx(added)
            == pytest.approx(sum(one.turnover[part].mean or 0.0 for part in TURNOVER))
        )
        for estimate in (*one.lines.values(), *one.simulated.values(), *one.turnover.values()):
            assert estimate.low is not None
            assert estimate.high is not None
            assert estimate.low - 1e-9 <= (estimate.mean or 0.0) <= estimate.high + 1e-9
    difference = {key: one.mean or 0.0 for key, one in study.columns[1].difference.items()}
    assert_parts_add_up(study)
    assert difference[WHOLE] == pytest.approx(difference[PLAIN] + difference[STAFFED])
    assert difference[SHARE] == pytest.approx(-difference[ALL] / difference[PLAIN])
    assert difference[WHOLE] == pytest.approx(mean(study, "rate", 1) - mean(study, "rate"))


def test_a_raise_that_keeps_people_pays_for_part_of_itself() -> None:
    base = load(ROOT / "scenarios/pa_fee_for_service.toml", months=24)
    raised = load(ROOT / "scenarios/pa_fee_for_service.toml", ["pay.wage_usd_per_hour=30"], months=24)
    study = rate_study([base, raised], Settings(12, 1, 1), Wanted())
    back, share = study.columns[1].difference[ALL], study.columns[1].difference[SHARE]
    assert back.high is not None
    assert back.high < 0
    assert share.low is not None
    assert 0 < share.low < (share.mean or 0.0) < 0.5


def test_no_rate_and_no_other_money_changes_the_staffing() -> None:
    """The rate is the answer: neither it, nor cash, nor a county that stops paying moves anybody."""
    rich, poor = (
        made(
            CHURN,
            rules={"enforce": True, "opening_cash_usd": cash, "braiding": ["medicaid", "county"]},
            pay={"pass_through_share": 0.5},
            funding={
                "medicaid": FEES | {"rate_usd_per_unit": rate, "group_rate_usd_per_unit": rate / 6},
                "county": {"kind": "scheduled", "payments": [{"at": "2027-02", "usd": cash}]},
            },
            change=[{"at": "2027-06", "set": {"funding.medicaid.rate_usd_per_unit": 2 * rate}}],
        )
        for rate, cash in ((100.0, 1e6), (1.0, 0.0))
    )
    ours, theirs = study_of(rich), study_of(poor)
    assert ours.columns[0].staffing == theirs.columns[0].staffing
    assert mean(ours, "rate") == mean(theirs, "rate")
    assert ours.left_out == ("2027-06",)
    assert "Changes dated 2027-06 are left out" in " ".join(rate_text(ours, [rich], "peerstay rate").split())


def test_hours_before_the_certificate_count_only_where_it_is_asked_for() -> None:
    asked, free = (
        study_of(made(CHURN, funding={"medicaid": {"certification_required": needed}})) for needed in (True, False)
    )
    assert mean(asked, "uncertified") == pytest.approx(asked.columns[0].staffing.uncertified)
    assert mean(asked, "uncertified") > 0.01
    assert mean(free, "uncertified") == 0.0
    assert free.columns[0].staffing == asked.columns[0].staffing
    assert mean(free, "rate") < mean(asked, "rate")


def test_the_wage_of_a_rate_is_the_other_way_round_of_the_rate_of_a_wage() -> None:
    column = study_of(made(CHURN)).columns[0]
    for wage in (9.0, 21.0, 24.5, 60.0):
        needed = float(rate_of(column.prices.at(wage), column.staffing))
        assert wage_for(column.prices, column.staffing, needed) == pytest.approx(wage, abs=1e-6)
    assert wage_for(column.prices, column.staffing, 0.5) is None


def test_caps_and_payers_without_a_unit() -> None:
    free, capped = (
        study_of(made(BY_HAND, funding={"medicaid": FEES | {"max_units_per_client_month": cap}}))
        for cap in (1000.0, 20.0)
    )
    assert mean(free, "rate") == pytest.approx(18.7742, abs=1e-3)
    assert mean(capped, "beyond") > 0
    units_a_month = 20.0 * 15.0  # of a caseload; groups come last
    individual = 0.85 * 0.5 * 4 * 2080 / 12
    assert mean(capped, "billed") == pytest.approx((individual + (units_a_month - individual) / 6) / (4 * 2080 / 12))
    tables = {key: value for key, value in BY_HAND.items() if key != "funding"}
    nobody = study_of(made(tables))
    assert not nobody.typed_payer
    assert mean(nobody, "rate") == pytest.approx(mean(free, "rate"))  # the default terms deny as many


def test_a_floor_counts_in_full_and_a_wage_below_it_is_lifted() -> None:
    floor = {"kind": "living_wage", "phase_in_months": 36.0}
    study = study_of(made(BY_HAND, place={"living_wage_usd_per_hour": 23.0}, pay={"floor": floor}))
    assert study.columns[0].prices.wage == 23.0
    assert "a wage of $23.00 (its floor in full, though it is reached over 36 months) needs" in next(sentences(study))


def test_positions_are_built_as_the_mean_post() -> None:
    """Ten full-time posts at $20 and ten of half the hours at $26: posts of 0.75 FTE at (200 + 130)/15 = $22.

    Half of the posts are open 60 days and half 120: 90 on average.
    """
    half = {"number": 10, "fte": 0.5, "wage_usd_per_hour": 26.0, "days_to_fill": 120.0}
    posts, pay = {"number": 20, "fte": 1.0}, {"wage_usd_per_hour": 20.0}
    apart = made(CHURN, posts=posts, pay=pay, positions={"half": half}, recruitment={"days_to_fill": 60.0})
    posts, pay = {"number": 20, "fte": 0.75}, {"wage_usd_per_hour": 22.0}
    plain = made(CHURN, posts=posts, pay=pay, recruitment={"days_to_fill": 90.0})
    found, expected = study_of(apart).columns[0], study_of(plain).columns[0]
    assert found.prices.wage == pytest.approx(22.0)
    assert {name: one.mean for name, one in found.lines.items()} == pytest.approx(
        {name: one.mean for name, one in expected.lines.items()}
    )


def test_what_no_rate_can_be_built_for_is_refused() -> None:
    with pytest.raises(ScenarioError, match="one organization"):
        study_of(load(ROOT / "scenarios/statewide_portfolio.toml"))
    with pytest.raises(ScenarioError, match=r"did you mean medicaid\?"):
        study_of(made(BY_HAND), source="medicaids")
    with pytest.raises(ScenarioError, match="no hour is paid for in the end"):
        study_of(made(BY_HAND, funding={"medicaid": FEES | {"denial_share": 1.0}}))
    with pytest.raises(ScenarioError, match="no hour is paid for in the end"):
        study_of(made(BY_HAND, funding={"medicaid": FEES | {"billable": []}}))
    with pytest.raises(ScenarioError, match="carries no wage between"):
        study_of(made(BY_HAND), rate=1.0)


def test_one_run_has_no_ranges() -> None:
    study = rate_study([made(CHURN)], Settings(1, 1, 1), Wanted())
    assert study.columns[0].lines["rate"].low is None
    assert "RATE OF A UNIT" in rate_text(study, [made(CHURN)], "peerstay rate")
    assert replace(study.wanted, rate=None) == study.wanted


def test_an_alternative_that_differs_only_from_a_later_date_needs_the_same_rate() -> None:
    later = {"change": [{"at": "2028-01", "set": {"funding.medicaid.rate_usd_per_unit": 20.0}}]}
    study = rate_study([made(CHURN), made(CHURN, later)], Settings(4, 1, 1), Wanted())
    base, same = (one.lines["rate"] for one in study.columns)
    assert same == base
    assert base.low is not None
    text = " ".join(rate_text(study, [made(CHURN), made(CHURN, later)], "peerstay rate").split())
    assert "needs the same rate as the base: nothing of what it changes from the start reaches a line of it." in text
    assert "What it changes in January 2028 is left out." in text


def test_a_floor_that_is_reached_over_some_months_is_said_to_count_in_full() -> None:
    floor = {"pay": {"floor": {"kind": "living_wage", "ratio": 2.5, "phase_in_months": 36.0}}}
    at_once = {"pay": {"floor": {"kind": "living_wage", "ratio": 2.5, "phase_in_months": 0.0}}}
    study = rate_study([made(CHURN), made(CHURN, floor), made(CHURN, at_once)], Settings(4, 1, 1), Wanted())
    _, slowly, at_once_told = (one for one in sentences(study) if " needs " in one)
    assert "(its floor in full, though it is reached over 36 months)" in slowly
    assert "in full" not in at_once_told


# over futures ----------------------------------------------------------------------------------------------------


OVER_FUTURES = Settings(24, 1, 1, unknowns=True)


def test_over_futures_the_rate_covers_what_the_ledgers_of_all_of_them_spend() -> None:
    """Cost of an hour times the hours paid is all ledgers' cost, billable hours are those of all claims, and what is
    billed at the rate and paid in the end, less sending claims again, is that cost: each future by its own terms.
    """
    base = made(CHURN, {"posts": {"overhead_share": 0.15}})
    spent, hours, billed = 0.0, 0.0, 0.0

    def keep(piece: Piece) -> None:
        nonlocal spent, hours, billed
        assert piece.lived is not None
        for part in piece.lived.parts:  # type: ignore[attr-defined]  # rows beside their results
            ((block,),), organization = part.results, part.rows[0].plans[0].epochs[0][1]
            use, panel = organization.time_use, block.panel
            costs = block.lines["kind"] < log.COST_KINDS.index("other")  # interest, audits, claims sent again
            spent -= block.lines["cents"][costs].sum() / 100.0
            hours += 2080 / 12 * 0.9 * float((panel["in_post"] + 0.5 * panel["leave_time"]).sum())
            group = use.group * use.group_size / (use.individual * 0.9 + use.group * use.group_size)
            billed += float(np.sum(panel["units.medicaid"].sum(axis=0) * (1 - group + group / use.group_size) / 4))

    assert {one.path for one in unknowns_of([neutral(base)])} == {one.path for one in unknowns_of([base])}
    ask(neutral(base), (), OVER_FUTURES, keep)
    column = rate_study([base], OVER_FUTURES, Wanted()).columns[0]
    lines = {key: one.mean or 0.0 for key, one in column.lines.items()}
    assert lines["paid_hour"] * hours == pytest.approx(spent, rel=1e-4)
    assert lines["billed"] * hours == pytest.approx(billed, rel=2e-2)
    receipts = hours * lines["billed"] * 4 * (lines["rate"] * lines["kept"] * lines["brought"] - lines["rework"])
    assert receipts == pytest.approx(spent, rel=1e-4)


@pytest.mark.parametrize("name", ["pa_fee_for_service", "pa_positions", "md_short_award", "pa_texas_unit_limit"])
def test_over_futures_the_table_is_arithmetic_at_its_own_terms_and_parts_add_up(name: str) -> None:
    everyone = [load(name, months=12), load(name, ["pay.wage_usd_per_hour=27"], months=12)]
    study = rate_study(everyone, Settings(20, 2, 1, unknowns=True), Wanted())
    assert_parts_add_up(study)
    for column in study.columns:
        lines = {key: one.mean for key, one in column.lines.items()}
        assert lines == pytest.approx(
            {key: float(one) for key, one in build_up(column.prices, column.staffing).items()}
        )
        assert column.without == pytest.approx({key: float(one) for key, one in build_up(*column.nobody).items()})
        assert (lines["rate"] or 0.0) - column.without["rate"] == pytest.approx(column.turnover[ALL].mean)
        assert column.rates is not None
        assert column.covered(float(np.sort(column.rates)[4])) == 0.25
        assert column.for_most == float(np.sort(column.rates)[18])


def test_over_futures_as_much_is_open_as_in_a_comparison_but_for_money_that_is_not_there() -> None:
    for name in ("pa_fee_for_service", "nc_managed_care", "pa_braided"):
        given = load(name)
        plain = neutral(given)
        own, asked = ({one.path for one in unknowns_of([one])} for one in (plain, given))
        assert not own - asked
        assert all(path.startswith("funding.") for path in asked - own)
        assert plain.scenario.funding.keys() < given.scenario.funding.keys() or len(given.scenario.funding) == 1


def test_a_range_of_a_stated_input_moves_the_rate() -> None:
    """Overhead of 15 %, between 10 and 20 %, with all else stated as far as it matters here: the rates spread."""
    known = load_table(made(BY_HAND).raw | {"horizon": {"months": 12, "warm_up_months": 0}})
    drawn = load_table(known.raw | {"ranges": {"posts.overhead_share": [0.10, 0.20]}})
    sure, open_ = (rate_study([one], Settings(20, 3, 1, unknowns=True), Wanted()).columns[0] for one in (known, drawn))
    assert sure.spreads["lines"]["overhead"].low == pytest.approx(sure.lines["overhead"].mean, rel=0.15)
    assert open_.spreads["lines"]["overhead"].low < 0.8 * (open_.lines["overhead"].mean or 0.0)
    assert open_.prices.organization.posts.overhead_share == pytest.approx(0.15, abs=0.01)


def test_over_futures_the_text_says_in_how_many_the_rate_is_enough() -> None:
    everyone = [load("pa_fee_for_service", months=12), load("pa_wage_25", months=12)]
    text = " ".join(rate_text(rate_study(everyone, OVER_FUTURES, Wanted()), everyone, "peerstay rate").split())
    assert "It covers what is spent in" in text
    assert "cover what is spent in none of the futures" in text
    assert "random variation only" not in text
    assert re.search(r"more than the base, more in \d+ of 100 futures, with \$", text)
    assert "30 per 100 filled posts a year, drawn from 20 to 40 per 100 filled posts a year" in text
    column = load_posterior_card()["column"]["effects.log_wage_over_outside_wage.exit_voluntary"]
    middle, low, high = (f"{column[end]:.3g}".replace("-", "−") for end in ("median", "low", "high"))
    assert f"leaving by choice: {middle} log hazard per SD, drawn from {low} to {high} log hazard per SD" in text


def test_a_future_that_hardly_pays_hours_weighs_as_little_in_every_part_of_a_change() -> None:
    """Two futures at half an hour billed; if nobody left the rate were 10/0.5/4 = $5.00, in both and at any turnover.

    The base pays 100 hours in each and its turnover costs $2 an hour. At the lower wage, $8 an hour paid if nobody
    left ($4.00), the second future pays 1 hour, and turnover costs $400 of it. So at these prices the base's turnover
    adds $1.00 and its own (100·2 + 1·400)/101/2 = $2.97, not the $100.50 that the base's hours would make of it; and
    nothing is left for ladder, steps, absence and leave.
    """
    hours = {"base": np.array([100.0, 100.0]), "own": np.array([100.0, 1.0])}
    costs: dict[str, tuple[str, list[float], list[float]]] = {  # stage → whose hours, before turnover, with it
        "base": ("base", [10.0, 10.0], [12.0, 12.0]),
        "plain": ("base", [8.0, 8.0], [10.0, 10.0]),
        "own": ("own", [8.0, 8.0], [10.0, 408.0]),
    }
    names = {"base": ("base nobody", "base turnover"), "plain": ("plain nobody", "plain turnover")}
    sums: dict[str, np.ndarray[Any, Any]] = {}
    for stage, (whose, nobody, turned) in costs.items():
        first, last = names.get(stage, ("nobody", "turnover"))
        for name, cost in ((first, nobody), (stage, turned), *((f"{last} {part}", turned) for part in TURNOVER)):
            paid = hours[whose]
            sums |= {f"{name}|hours paid": paid, f"{name}|units billed": 0.5 * paid, f"{name}|billed": 0.5 * paid}
            sums |= {f"{name}|paid_hour": paid * cost, f"{name}|rework": 0.0 * paid, f"{name}|kept": 0.5 * paid}
            sums |= {f"{name}|worth": 0.5 * paid}
    together = {name: values.sum(keepdims=True) for name, values in sums.items()}
    told = {key: float(np.asarray(one)[0]) for key, one in changed_over_futures(together).items()}
    own = (100 * 2 + 1 * 400) / 101 / 2
    assert told[PLAIN] == pytest.approx(-1.0)
    assert told[PRICED] == pytest.approx(0.0)
    assert told[ALL] == told["replacement"] == pytest.approx(own - 1.0)
    assert told[OTHER] == pytest.approx(0.0)
    assert told[WHOLE] == pytest.approx(-1.0 + own - 1.0)


def test_a_rate_that_carries_no_lawful_wage_is_answered_at_the_legal_minimum() -> None:
    """By hand where nobody leaves: $20.00 needs $18.77 and $25.00 $22.03, so $18.00 carries less than $20.00."""
    place = {"minimum_wage_usd_per_hour": 20.0}
    low, high = (study_of(made(BY_HAND, place=place), rate=rate) for rate in (18.0, 22.0286))
    assert low.carried is not None
    assert high.carried is not None
    assert not low.carried.lawful
    assert high.carried.lawful
    assert low.carried.by_arithmetic == pytest.approx(18.79, abs=0.03)
    assert low.carried.wage == low.columns[1].prices.wage == 20.0
    assert low.carried.needs.mean == pytest.approx(18.7742, abs=1e-4)
    assert low.carried.left.mean == pytest.approx(0.7742, abs=1e-4)
    assert high.carried.by_arithmetic == high.carried.wage == 25.0
    (said,) = [one for one in sentences(low) if "carries no lawful wage" in one]
    assert "below the legal minimum of $20.00" in said
    assert "Simulated at $20.00, the lowest lawful wage, a unit needs $18.77" in said
    assert "no lawful wage" not in " ".join(sentences(high))


def test_over_futures_what_a_wage_needs_more_than_a_rate_has_no_second_kind_of_range() -> None:
    base = load("pa_fee_for_service", months=12)
    said = list(sentences(rate_study([base], OVER_FUTURES, Wanted(rate=22.0))))[-1]
    assert re.search(r"it needs \$\d+\.\d\d \(\$\d+\.\d\d to \$\d+\.\d\d\), ", said)
    assert said.count(" to $") == 1


def test_a_mean_beside_a_range_that_does_not_hold_it_is_explained() -> None:
    everyone = [load("pa_fee_for_service", months=12), load("pa_wage_25", months=12)]
    study = rate_study(everyone, OVER_FUTURES, Wanted())
    base, other = study.columns
    assert not any("lies outside" in one for one in remarks(study)["turnover"])
    spread = Spread(1000.0, 2000.0, 0.9, 0.1)
    spreads = {**other.spreads, "turnover": {ALL: spread}, "difference": {WHOLE: spread}}
    told = remarks(replace(study, columns=(base, replace(other, spreads=spreads))))
    assert told["turnover"][0].startswith(
        "The mean lies outside the range of single futures: “All of turnover” (pa_wage_25). A mean is worked out"
    )
    assert "“The rate, in all” (pa_wage_25)" in told["difference"][2]
    assert told["difference"][0].startswith("pa_wage_25: turnover adds $")
    turned = {**other.spreads, "difference": {WHOLE: Spread(-10.0, 10.0, 0.9, 0.1)}}
    told = remarks(replace(study, columns=(base, replace(other, spreads=turned))))
    assert told["difference"][2].startswith("Most single futures have another sign than the mean: “The rate, in all”")

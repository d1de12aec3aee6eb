"""A rate build-up: by hand where nobody leaves, held to the ledger and the claims where people do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.model.engine.run import simulate
from sim.model.world import log
from sim.questions.rate.build_up import PARTS, TURNOVER, group_rate, rate_of
from sim.questions.rate.neutral import neutral
from sim.questions.rate.rate import ALL, PLAIN, SHARE, STAFFED, WHOLE, RateStudy, Wanted, rate_study, wage_for
from sim.questions.rate.text import rate_text
from sim.runs.answer import settings_of
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load, load_table
from sim.scenario.problems import ScenarioError
from tests.worlds import merged, quiet_tables

ROOT = Path(__file__).parents[2]
FEES: dict[str, Any] = {"kind": "fee_for_service", "rate_usd_per_unit": 13.5, "denial_share": 0.05}
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
    assert round(float(group_rate(mean(study, "rate"), 6)), 2) == 3.13


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
    assert column.lines["rework"].mean == pytest.approx(0.05 * 25.0 / 8.0)
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
    assert difference[STAFFED] == pytest.approx(sum(difference[part] for part in PARTS))
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
                "medicaid": FEES | {"rate_usd_per_unit": rate},
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


def test_positions_are_built_as_the_mean_post() -> None:
    """Ten full-time posts at $20 and ten of half the hours at $26: posts of 0.75 FTE at (200 + 130)/15 = $22."""
    half = {"number": 10, "fte": 0.5, "wage_usd_per_hour": 26.0}
    apart = made(CHURN, posts={"number": 20, "fte": 1.0}, pay={"wage_usd_per_hour": 20.0}, positions={"half": half})
    plain = made(CHURN, posts={"number": 20, "fte": 0.75}, pay={"wage_usd_per_hour": 22.0})
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

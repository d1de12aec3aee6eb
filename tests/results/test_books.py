"""The books by fiscal year, on a ledger made by hand: May 2027 to June 2028, fiscal years from July."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.world import log
from sim.results.books import BOOK
from sim.results.fates import FATES
from sim.results.fiscal import FiscalYears, fiscal_years
from sim.results.summary import measure_all
from sim.results.sums import gather
from sim.scenario.schema import Scenario
from sim.units import month_text
from tests.results.made import Made
from tests.worlds import quiet

FEES = {"kind": "fee_for_service", "rate_usd_per_unit": 10.0, "denial_share": 0.0, "federal_share": 0.6}
NOW = {"months": 14, "start": "2027-05"}


def scenario(**more: object) -> Scenario:
    return quiet(horizon=NOW, **more)


def of(made: Made, name: str, **more: object) -> list[object]:
    told = gather([made], scenario(funding={"medicaid": FEES}, **more))[BOOK + name].tolist()
    return list(told)


def test_the_first_and_the_last_fiscal_year_may_be_short() -> None:
    years = list(FiscalYears(2027 * 12 + 4, 27, 7))
    assert [(month_text(one.first), month_text(one.last), one.months, one.ends, one.whole) for one in years] == [
        ("2027-05", "2027-06", 2, 2027, False),
        ("2027-07", "2028-06", 12, 2028, True),
        ("2028-07", "2029-06", 12, 2029, True),
        ("2029-07", "2029-07", 1, 2030, False),
    ]


def test_a_fiscal_year_that_begins_in_january_is_called_by_the_calendar_year() -> None:
    years = list(fiscal_years(quiet(horizon={"months": 13, "start": "2027-12"}, rules={"fiscal_year_start_month": 1})))
    assert [(one.ends, one.months) for one in years] == [(2027, 1), (2028, 12)]


def test_what_falls_on_a_close_belongs_to_the_year_that_ends() -> None:
    made = Made(months=14)
    made.line("claims", 2.0, 0, 10_000)  # at the close of June 2027
    made.line("claims", 2.1, 0, 30_000)
    made.line("wages", 2.0, 0, -7_000, source=log.NO_SOURCE)
    made.line("direct", 14.0, 0, -1_000, source=log.NO_SOURCE)
    assert of(made, "received.federal") == [[60.0, 180.0]]
    assert of(made, "received.state") == [[40.0, 120.0]]
    assert of(made, "source.medicaid") == [[100.0, 300.0]]
    assert of(made, "spent.wages") == [[70.0, 0.0]]
    assert of(made, "spent.direct") == [[0.0, 10.0]]


def test_what_an_award_brings_and_pays_what_lapses_and_is_carried_is_told_by_year_with_its_renewal() -> None:
    made = Made(employers=2, months=14, sources=("award",))
    made.panel["charged.award"] = np.zeros((14, 2), dtype=np.int64)
    made.panel["charged.award"][1:3, 0] = 50_000  # June and July
    made.panel["awarded.award"] = np.full((14, 2), 20_000, dtype=np.int64)
    made.panel["available.award"] = np.zeros((14, 2), dtype=np.int64)
    made.panel["available.award"][[1, 12, 13]] = [[30_000, 0], [0, 0], [0, 99_000]]  # June 2027, May and June 2028
    made.awards = [
        (0.0, log.AWARDED, 0, 0, 0),
        (2.0, log.LAPSED, 0, 0, 20_000),
        (6.0, log.NOTICE_RENEWED, 0, 0, 0),
        (6.0, log.NOTICE_ENDED, 0, 1, 0),
    ]
    grant = {"kind": "grant", "amount_usd_per_year": 1e5, "start": "2027-05", "pays_for": ["wages"]}
    told = gather([made], scenario(funding={"award": grant}))
    assert told[BOOK + "drawn.award"].tolist() == [[500.0, 500.0], [0.0, 0.0]]
    assert told[BOOK + "lapsed.award"].tolist() == [[200.0, 0.0], [0.0, 0.0]]
    assert told[BOOK + "awarded.award"].tolist() == [[400.0, 2400.0]] * 2
    assert told[BOOK + "carried.award"].tolist() == [[300.0, 0.0], [0.0, 990.0]]


def test_every_employer_meets_one_fate_of_an_award() -> None:
    """Seven employers of one run each: what the facts say of each award, read by hand."""
    made = Made(employers=7, months=60, sources=("award",))
    made.panel |= {f"{what}.award": np.zeros((60, 7), np.int64) for what in ("charged", "awarded", "available")}
    yes, no, end, early = log.NOTICE_RENEWED, log.NOTICE_ENDED, log.ENDED, log.TERMINATED
    by_hand = {
        0: ("kept", [(11.0, yes), (14.0, end), (47.0, yes), (50.0, end)]),
        1: ("lost_first", [(11.0, no), (14.0, end), (20.0, log.CLOSED)]),  # lost before it closed
        2: ("lost_later", [(11.0, yes), (14.0, end), (47.0, no), (50.0, end)]),
        3: ("ended_early", [(11.0, no), (12.5, early)]),  # told so, and then cut short before its end
        4: ("closed", [(11.0, yes), (14.0, end), (30.0, log.CLOSED)]),  # renewed, and closed with the award in hand
        5: ("kept", [(11.0, yes), (14.0, end), (59.0, no)]),  # that end lies beyond the projection
        6: ("closed", [(11.0, no), (13.0, log.CLOSED)]),
    }
    made.awards = [
        (when, kind, log.NO_SOURCE if kind == log.CLOSED else 0, employer, 0)
        for employer, (_, facts) in by_hand.items()
        for when, kind in facts
    ]
    grant = {"kind": "grant", "amount_usd_per_year": 1e5, "start": "2027-05", "pays_for": ["wages"]}
    told = gather([made], quiet(horizon=NOW | {"months": 60}, funding={"award": grant}))
    fates = {fate: told[f"{BOOK}{fate}.award"] for fate in FATES}
    met = [next(fate for fate in FATES if fates[fate][at]) for at in range(7)]
    assert met == [fate for fate, _ in by_hand.values()]
    assert np.sum(list(fates.values()), axis=0).tolist() == [1.0] * 7


def test_the_first_month_without_payroll_the_closing_and_what_took_posts_have_their_month() -> None:
    made = Made(employers=2, months=14)
    made.panel["liquidity"][[3, 4, 9], 1] = -1
    made.awards = [
        (6.0, log.CLOSED, log.NO_SOURCE, 1, 0),
        (3.0, log.BUDGET, log.NO_SOURCE, 0, -6),
        (3.0, log.BUDGET, log.NO_SOURCE, 1, 2),  # gives posts: took none
        (5.0, log.LAYOFF, log.NO_SOURCE, 1, 3),
    ]
    told = gather([made], scenario(funding={"medicaid": FEES}))
    assert np.argwhere(told[BOOK + "first_short"]).tolist() == [[1, 3]]
    assert np.argwhere(told[BOOK + "closing"]).tolist() == [[1, 5]]
    assert (np.argwhere(told[BOOK + "took.budget"]).tolist(), told[BOOK + "took.budget"].sum()) == ([[0, 2]], 6.0)
    assert (np.argwhere(told[BOOK + "took.layoff"]).tolist(), told[BOOK + "took.layoff"].sum()) == ([[1, 4]], 3.0)


def test_amounts_a_year_are_of_the_whole_projection_and_rates_of_the_time_an_employer_exists() -> None:
    made = Made(employers=2, months=12)
    made.panel["delivered"][:] = 100.0
    made.panel["delivered"][6:, 1] = 0.0
    made.panel["closed"][5:, 1] = True  # closes at the end of month 6, which it lived
    made.panel["in_post"][:6] = 8.0
    made.panel["in_post"][6:, 0] = 8.0
    made.line("wages", 3.0, 0, -1_200_000, source=log.NO_SOURCE)
    made.line("wages", 3.0, 1, -1_200_000, source=log.NO_SOURCE)
    values = measure_all([made], quiet(horizon={"months": 12}, funding={"medicaid": FEES}))
    assert values["months_open"].tolist() == [12.0, 6.0]
    assert values["hours_delivered_per_year"].tolist() == [1_200.0, 600.0]
    assert values["hours_delivered_in_all"].tolist() == [1_200.0, 600.0]
    assert values["cost_usd_per_year"].tolist() == [12_000.0, 12_000.0]
    assert values["headcount"].tolist() == [8.0, 4.0]
    assert values["vacancy_rate"].mean() == pytest.approx(0.2)  # 8 of 10 posts, closed months left out


def test_not_making_payroll_is_told_apart_from_cash_below_zero() -> None:
    made = Made(employers=2, months=3)
    made.panel["cash"][1] = [-500, -500]
    made.panel["liquidity"][1] = [400, -100]  # 900 are due to the first
    values = measure_all([made], quiet(horizon={"months": 3}))
    assert values["chance_of_negative_cash"].tolist() == [1.0, 1.0]
    assert values["chance_of_missing_payroll"].tolist() == [0.0, 1.0]


def test_the_cost_of_replacing_counts_what_newcomers_cannot_give_and_may_not_bill() -> None:
    made = Made(months=1)
    made.panel["separation_cost"][0] = 50_000
    made.panel["hiring_cost"][0] = 100_000
    made.panel["cover_cost"][0] = 25_000
    made.panel["ramp_up_usd"][0] = 1_000.0
    made.panel["uncertified_hours"][0] = 20.0
    made.panel["capacity"][0], made.panel["delivered"][0] = 100.0, 50.0
    made.job((0, 0), hired=-5.0, left=0.5)
    tables = {
        "funding": {"medicaid": FEES | {"certification_required": True, "billable": ["individual"]}},
        "benefits": {"fringe_share": 0.4, "fixed_fringe_share": 0.25},
        "time_use": {"individual": 0.5},
    }
    own = quiet(horizon={"months": 1}, **tables)
    values = measure_all([made], own)
    paid_out = ("separation", "hiring", "cover")
    parts = [float(values[f"turnover_cost_usd_per_year.{part}"][0]) / 12.0 for part in paid_out]
    assert parts == pytest.approx([500.0, 1_000.0, 250.0])
    assert values["turnover_cost_per_separation_usd.ramp_up"] == pytest.approx([1_000.0 * (1 + 0.4 * 0.75)])
    covered = own.funding["medicaid"].clients_covered_share  # type: ignore[union-attr]
    hour = 4 * 10.0 * 0.5 * 0.5 * covered  # units, dollars, half with clients, half of that used
    assert values["turnover_cost_per_separation_usd.not_billable"] == pytest.approx([20.0 * hour])
    assert values["turnover_cost_per_separation_usd"] == pytest.approx([500 + 1_000 + 250 + 1_300 + 20 * hour])

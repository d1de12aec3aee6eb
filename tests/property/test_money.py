"""No cent appears from nowhere or gets lost: dollars are conserved in every scenario that can be built."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.funding.books import FIRST_DAY, unspent_at_start
from sim.model.world.log import COST_KINDS
from sim.scenario.tables.funding.claims import FeeForService, ProspectivePayment
from sim.scenario.tables.funding.grant import Grant
from sim.scenario.tables.funding.scheduled import ScheduledFund
from sim.units import cents, month_number
from tests.property.reading import Run, World, in_every_world

Cents = NDArray[np.int64]
COSTS = COST_KINDS
EXPECTED = ("claims", "recovered", "prospective", "reimbursement")  # receipts that are waited for


@in_every_world(12)
def test_opening_cash_and_all_lines_are_the_cash_of_every_close(world: World) -> None:
    for run in world:
        np.testing.assert_array_equal(run.result.opening_cash + run.by_close().cumsum(axis=0), run.panel["cash"])


@in_every_world(12)
def test_cost_lines_are_the_months_cost_and_only_receipts_bring_money(world: World) -> None:
    for run in world:
        np.testing.assert_array_equal(-run.by_close(*COSTS), run.panel["cost"])
        np.testing.assert_array_equal(-run.by_close("wages", "fringe"), run.panel["payroll"])
        np.testing.assert_array_equal(-run.by_close("recruiting"), run.panel["turnover_cost"])
        assert all(amount < 0 for _, _, amount in run.lines(*COSTS, "audit"))
        assert all(amount > 0 for _, _, amount in run.lines(*EXPECTED, "scheduled"))
        assert all(time == int(time) for time, _, _ in run.lines(*COSTS, "audit"))
        assert all(time == int(time) + FIRST_DAY for time, _, _ in run.lines("scheduled"))


@in_every_world(12)
def test_what_was_earned_has_arrived_or_is_receivable(world: World) -> None:
    for run in world:
        earned: Cents = np.sum([net_earned(run, name) for name in run.terms(0).funding], axis=0)
        arrived = run.by_close(*EXPECTED)
        before = run.panel["receivable"][0] - earned[0] + arrived[0]
        assert (before >= 0).all()
        np.testing.assert_array_equal(before + (earned - arrived).cumsum(axis=0), run.panel["receivable"])


@in_every_world(12)
def test_claims_are_paid_denied_or_outstanding_and_no_source_is_charged_more_than_it_earned(world: World) -> None:
    for run in world:
        for name, source in run.terms(0).funding.items():
            billed, denied, charged = (run.panel[f"{what}.{name}"] for what in ("billed", "denied", "charged"))
            assert (denied <= billed).all()
            if isinstance(source, FeeForService | ProspectivePayment):
                assert (charged <= net_earned(run, name)).all()
            else:
                assert not billed.any()


def net_earned(run: Run, name: str) -> Cents:
    """Return what each month's work or cost will bring from a source: billed less denied, and what rework recovers."""
    panel, rows = run.panel, []
    for month in range(run.months):
        source = run.terms(month).funding[name]
        billed, denied, charged = (panel[f"{what}.{name}"][month] for what in ("billed", "denied", "charged"))
        if isinstance(source, FeeForService):
            rows.append(billed - denied + cents(denied * source.rework_recovered_share / 100.0))
        elif isinstance(source, ProspectivePayment):
            rows.append(billed)
        else:
            rows.append(charged if isinstance(source, Grant) else np.zeros_like(charged))
    return np.array(rows)


@in_every_world(12)
def test_every_cost_is_charged_to_one_source_at_most(world: World) -> None:
    for run in world:
        charged = sum(run.panel[f"charged.{name}"] for name in run.terms(0).funding)
        assert (charged <= run.panel["cost"]).all()


@in_every_world(12)
def test_a_scheduled_fund_arrives_on_its_dates_and_pays_no_more_than_has_come(world: World) -> None:
    for run in world:
        for name, source in run.terms(0).funding.items():
            if not isinstance(source, ScheduledFund):
                continue
            came = run.by_close("scheduled", source=name).cumsum(axis=0)
            start = run.scenario.horizon.start
            unspent = unspent_at_start(source, month_number(start))
            assert (run.panel[f"charged.{name}"].cumsum(axis=0) <= unspent + came).all()
            dated = sum(int(cents(one.usd)) for one in source.payments if start <= one.at)
            assert (came[-1] <= dated).all()
            assert (came[-1] == dated).all() or any(one.at > start for one in source.payments)


@in_every_world(12)
def test_an_audit_takes_back_no_more_than_the_last_twelve_months_brought(world: World) -> None:
    for run in world:
        for name in run.terms(0).funding:
            came = run.by_close("claims", "recovered", source=name)
            for month, taken in enumerate(-run.by_close("audit", source=name)):
                if month >= 11:  # what came before the start counts too, and no line tells it
                    assert (taken <= came[month - 11 : month + 1].sum(axis=0)).all()


@in_every_world(12)
def test_an_employer_that_has_closed_costs_nothing(world: World) -> None:
    for run in world:
        closed = run.panel["closed"][:-1]
        for what in ("cost", "in_post", "capacity", "delivered"):
            assert not run.panel[what][1:][closed].any()


@in_every_world(12)
def test_an_employer_that_has_closed_is_paid_for_work_already_done_alone(world: World) -> None:
    for run in world:
        closed = np.concatenate((np.zeros((1, run.employers), dtype=bool), run.panel["closed"][:-1]))
        for what in ("scheduled", "audit"):
            assert not run.by_close(what)[closed].any()
        for name in run.terms(0).funding:
            assert not run.panel[f"charged.{name}"][closed].any()
        assert not run.panel["liquidity"][run.panel["closed"]].any()
        assert not run.panel["due"][run.panel["closed"]].any()

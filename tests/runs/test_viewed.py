"""What views are drawn from comes back from blocks of any size with the same bits, and adds up to the measures."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.results.views import Views
from sim.runs.blocks import Task
from sim.runs.viewed import Viewed, assembled_views, run_viewed
from sim.scenario.schema import Scenario
from tests.worlds import quiet

AWARD = {
    "kind": "grant", "payer": "county", "federal_share": 0.6, "amount_usd_per_year": 400_000.0, "start": "2026-11",
    "term_months": 12, "renewal_chance": 0.5, "notice_months": 2.0, "early_end_chance_per_year": 0.2,
}  # fmt: skip
LIVELY: dict[str, Any] = {
    "horizon": {"start": "2027-01", "months": 18, "warm_up_months": 6},
    "posts": {"number": 8},
    "ladder": {"lead": {"step": 1, "months_in_rung_below": 3.0}},
    "turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.6}, "return_to_use_per_year": 0.1},
    "funding": {
        "medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.5, "federal_share": 0.56},
        "award": AWARD,
    },
}
SHARES = {"rel": 1e-6}  # of single precision


def scenarios() -> tuple[Scenario, Scenario]:
    return quiet(**LIVELY), quiet(**LIVELY, pay={"wage_usd_per_hour": 22.0})


@cache
def viewed(first: int, last: int) -> Viewed:
    return run_viewed(Task(scenarios(), range(first, last), seed=1))


def same(ours: Views, theirs: Views) -> bool:
    return ours.keys() == theirs.keys() and all(np.array_equal(ours[n], theirs[n], equal_nan=True) for n in ours)


def test_views_have_the_same_bits_whatever_the_blocks_and_their_order() -> None:
    whole = assembled_views([viewed(0, 7)])
    parts = assembled_views([viewed(4, 7), viewed(0, 4)])
    assert all(same(one, other) for one, other in zip(whole, parts, strict=True))


def test_five_scenarios_of_two_hundred_runs_and_sixty_months_fit_in_twenty_megabytes() -> None:
    one, months = viewed(0, 7), LIVELY["horizon"]["months"]
    size = sum(values.nbytes for views in one.views for values in views.values()) / (2 * 7)
    assert size * 60 / months * 5 * 200 < 20e6


def test_the_log_stays_behind_and_the_sums_come_along() -> None:
    piece = viewed(0, 7).piece
    assert piece.results is None
    assert piece.sums[0]["left"].size == 7


@pytest.mark.parametrize("place", [0, 1])
def test_years_and_months_add_up_to_what_the_measures_are_made_from(place: int) -> None:
    one = viewed(0, 7)
    sums, views = one.piece.sums[place], one.views[place]
    spent = sum(values.sum(axis=1) for name, values in views.items() if name.startswith("spent."))
    sources = sum(values.sum(axis=1) for name, values in views.items() if name.startswith("source."))
    assert spent == pytest.approx(sums["cost"], **SHARES)
    assert sources == pytest.approx(sums["revenue"], **SHARES)
    for payer in ("federal", "state", "county", "other"):
        assert views[f"received.{payer}"].sum(axis=1) == pytest.approx(sums[f"spending.{payer}"], **SHARES)
    assert views["month.people_who_left"].sum(axis=1).tolist() == sums["left"].tolist()
    assert views["month.cash_usd"][:, -1] == pytest.approx(sums["cash_end"], **SHARES)
    assert views["exits.all"][:, :12] == pytest.approx(sums["exits_by_tenure"][:, :12])


def test_everybody_who_comes_to_a_rung_goes_on_leaves_or_is_there_at_the_end() -> None:
    views = viewed(0, 7).views[0]
    assert views["flow.entry.came"].tolist() == views["month.people_hired"].sum(axis=1).tolist()
    assert views["flow.lead.came"].sum() > 0
    for rung, onwards in (("entry", views["flow.lead.came"]), ("lead", 0.0)):
        left = sum(values for name, values in views.items() if name.startswith(f"flow.{rung}.left."))
        assert (views[f"flow.{rung}.came"] == left + onwards + views[f"flow.{rung}.still"]).all()
        assert (views[f"flow.{rung}.still"] >= 0).all()


def test_an_award_runs_until_it_ends_and_again_where_it_was_renewed() -> None:
    """Begun in November for a year: it is there at the start, gone in the next November unless it was renewed."""
    views = viewed(0, 7).views[0]
    running, early = views["award.award.running"], views["award.award.ended_early"]
    assert (running[:, 0] == 1).all()
    assert np.isin(running, (0, 1)).all()
    told = views["award.award.renewed"][:, :10].sum(axis=1) + views["award.award.not_renewed"][:, :10].sum(axis=1)
    assert (told + early[:, :9].sum(axis=1) >= 1).all()
    lost_early = early[:, :10].sum(axis=1) > 0
    renewed = views["award.award.renewed"][:, :10].sum(axis=1) > 0
    assert (running[:, 10] == (renewed & ~lost_early)).all()


def test_a_replication_in_two_blocks_is_refused() -> None:
    with pytest.raises(ValueError, match="replication 4 is in two blocks"):
        assembled_views([viewed(0, 7), viewed(4, 7)])
    with pytest.raises(ValueError, match="nothing to see yet"):
        assembled_views([])

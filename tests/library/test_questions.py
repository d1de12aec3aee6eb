"""Asked backwards, and how sure: the same answers as the command line's, as tables and figures."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

import peerstay

HAZARDS = {"kind": "hazards", "voluntary_per_year": 0.3}


def test_the_smallest_change_is_found(base: peerstay.Scenario) -> None:
    found = peerstay.solve(
        base, "pay.wage_usd_per_hour", (15.5, 17.5), "mean_wage_usd_per_hour >= base + 0.5", step=0.5, replications=4
    )
    assert (found.outcome, found.value) == ("found", 16.0)
    assert found.scenario is not None
    assert found.scenario["pay.wage_usd_per_hour"] == 16.0
    tried = found.tried.set_index("value")["holds"]
    assert tried[16.0]
    assert not tried[15.5]
    assert isinstance(found.plot(), go.Figure)
    assert repr(found) == "<peerstay.Solution for pay.wage_usd_per_hour: found, 16>"
    assert "$16.00" in found.finding


def test_what_cannot_be_found_is_no_value(base: peerstay.Scenario) -> None:
    found = peerstay.solve(
        base, "pay.wage_usd_per_hour", (15.5, 16.0), "mean_wage_usd_per_hour >= base + 5", step=0.5, replications=4
    )
    assert (found.outcome, found.value, found.scenario, found.range) == ("unreachable", None, None, (None, None))


@pytest.mark.slow
def test_luck_and_ignorance_are_told_apart(base: peerstay.Scenario) -> None:
    stated = base.with_(
        {"turnover.level": HAZARDS}, name="small"
    )  # else every draw would be solved for the turnover seen
    found = peerstay.uncertainty(
        stated, {"pay.wage_usd_per_hour": 18.0}, measure="hours_delivered_per_year", draws=20, replications=4
    )
    assert found.ranges.loc[("level", "small"), "mean"] > 0
    assert found.ranges.index.get_level_values("what").tolist() == ["level", "level", "difference"]
    assert (found.ranges["low_unknowns"] <= found.ranges["high_unknowns"]).all()
    assert set(found.shares["what"]) == {"level", "difference"}
    assert isinstance(found.plot(), go.Figure)
    assert "20 draws of 4 replications" in repr(found)
    assert found.finding

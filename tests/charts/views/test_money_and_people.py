"""Money that comes in, awards, units, how long people stay, and how they pass through the ladder."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.charts.look import plain
from sim.charts.seen import Seen
from sim.charts.sentences import AFTER_CLOSING
from sim.questions.compare.views.awards import awards_view
from sim.questions.compare.views.receipts import receipts_view
from sim.questions.compare.views.retention import flow_view, retention_view, rungs_view
from sim.questions.compare.views.units import units_view
from tests.answers import RUNS, answer, raised
from tests.charts.views.seen import MONTHS, YEARS, five, two, views


def months(*changes: tuple[int, float], start: float = 0.0) -> NDArray[np.float32]:
    told = np.full((RUNS, MONTHS), start, np.float32)
    for month, number in changes:
        told[:, month] = number
    return told


def award() -> dict[str, NDArray[np.float32]]:
    """Three of five runs are renewed in month 33; the others' award ends at 36."""
    yes = np.array([1, 1, 1, 0, 0], np.float32)
    running, renewed, refused = months(start=1.0), months(), months()
    running[:, 36:] = yes[:, None]
    renewed[:, 33], refused[:, 33] = yes, 1 - yes
    arrays = {
        "running": running,
        "renewed": renewed,
        "not_renewed": refused,
        "ended_early": months(),
        "lapsed_usd": months((11, 5e3)),
    }
    return {f"award.block_grant.{name}": one for name, one in arrays.items()} | {
        "award.block_grant.of": np.ones(RUNS, np.float32)
    }


def test_money_received_is_told_by_payer_and_against_the_base() -> None:
    shaken = 500_000.0 + 100.0 * np.arange(RUNS * YEARS, dtype=np.float32).reshape(RUNS, YEARS)
    view = receipts_view(two(**{"received.state": shaken}))
    assert view.reading.startswith(
        "Projection: $1,000,000 a year come in in the base, 60.0 % from the federal government and 40.0 % from the "
        "state; in raise, $101,000 more than in the base ("
    )
    assert [row[1] for row in view.table.rows[:2]] == ["Federal government", "State"]
    assert view.data is not None
    base = [float(row[3] or 0.0) for row in view.data.rows if row[1] == "Base: no new decisions"]
    assert sum(base) == pytest.approx(5e6)


def test_money_is_told_by_source_too_and_payers_who_pay_nothing_are_not() -> None:
    assert [row[1] for row in receipts_view(two(), "source").table.rows] == ["Medicaid", "Medicaid"]
    assert "Other payers" not in receipts_view(two()).alt
    assert "100.0 % from Medicaid" in receipts_view(two(), "source").reading


def test_dollars_a_year_say_that_they_count_the_time_after_a_closing_where_there_is_one() -> None:
    closed, never = months(), {"month.chance_of_closure": months()}
    closed[:2, 40:] = 1.0
    open_both = Seen(answer(raised()), (views(**never), views(**never)))
    closing = Seen(answer(raised()), (views(**never), views(**{"month.chance_of_closure": closed})))
    assert AFTER_CLOSING not in receipts_view(open_both).note
    assert receipts_view(closing).note.endswith(AFTER_CLOSING)


def test_bars_of_all_scenarios_share_one_scale() -> None:
    layout = plain(receipts_view(five()).figure)["layout"]
    assert len({tuple(layout[name]["range"]) for name in layout if name.startswith("yaxis")}) == 1


def test_a_renewal_is_told_as_it_came_out_in_the_runs() -> None:
    view = awards_view(two(**award()))
    assert 'the award "block grant" is renewed in 60.0 % (' in view.reading
    assert "of those told in April 2030" in view.reading
    assert "lets $5,000 lapse on average" in view.reading
    assert view.reading.endswith("runs at the end in 60.0 %. No award in the base.")
    (area,) = plain(view.figure)["data"]
    assert area["y"][:36] == [1.0] * 36
    assert area["y"][36:] == pytest.approx([0.6] * 24)


def test_an_award_to_which_nothing_happens_is_told_in_few_words() -> None:
    still = award() | {f"award.block_grant.{name}": months() for name in ("renewed", "not_renewed", "lapsed_usd")}
    view = awards_view(two(**still | {"award.block_grant.running": months(start=1.0)}))
    assert view.reading == 'Projection: In raise, "block grant" runs all the time. No award in the base.'


def test_where_all_runs_agree_no_interval_is_shown() -> None:
    rows = awards_view(two(**award())).table.rows
    assert [(row[4], row[5]) for row in rows if row[3] == "Runs at the start"] == [("100.0 %", "")]


def test_without_an_award_there_is_no_calendar() -> None:
    view = awards_view(two())
    assert view.figure is None
    assert view.reading == "No scenario has an award that could end or be renewed."


def test_a_unit_is_told_with_what_it_costs_and_brings() -> None:
    view = units_view(two())
    assert view.reading.startswith("In the base, a billed unit of 15 minutes costs $")
    kinds = {row[1]: row[2] for row in view.table.rows if row[0] == "raise"}
    parts = [float(kinds[kind] or 0.0) for kind in ("Wages", "Fringe", "Supervision", "Training", "Overhead")]
    assert sum(parts) == pytest.approx(kinds["All cost"])
    assert kinds["Brings"] == pytest.approx(13.75 * 0.95 * 1.0, rel=0.05)


def test_retention_is_told_with_the_answers_interval_and_drawn_to_the_last_month() -> None:
    view = retention_view(two())
    assert view.reading.startswith("Projection: ")
    assert "still with the employer 12 months after they were hired" in view.reading
    line = next(trace for trace in plain(view.figure)["data"] if trace.get("name") == "raise")
    assert line["y"][0] == 1.0
    assert line["y"][12] == pytest.approx(np.exp(-12 * 0.05), rel=0.02)
    assert line["y"][60] == line["y"][12]


def test_a_curve_ends_where_hardly_anybody_is_in_sight() -> None:
    lived = views()["lived.all"].copy()
    lived[:, 40:] = 1.0
    view = retention_view(two(**{"lived.all": lived}))
    line = next(trace for trace in plain(view.figure)["data"] if trace.get("name") == "raise")
    assert line["y"][40] is not None
    assert line["y"][41] is None


def test_rungs_are_followed_from_when_people_come_to_them() -> None:
    exits = {f"exits.{rung}": views()["exits.all"] for rung in ("entry", "lead")}
    lived = {f"lived.{rung}": views()["lived.all"] for rung in ("entry", "lead")}
    view = rungs_view(two(**exits, **lived), 1)
    assert "12 months after coming to a rung in raise: Entry, " in view.reading
    assert rungs_view(two(), 1).reading == "Raise has one rung only: retention by rung is retention."


def test_of_a_hundred_hired_everybody_ends_somewhere() -> None:
    view = flow_view(two(), 1)
    assert sum(float(row[2] or 0.0) for row in view.table.rows) == pytest.approx(100.0)
    assert view.reading == "Projection: of 100 hired in raise, 60.0 quit, 20.0 are dismissed and 20.0 are still there."
    (sankey,) = plain(view.figure)["data"]
    assert sum(sankey["link"]["value"]) == pytest.approx(100.0)


def test_who_is_promoted_flows_on_from_the_next_rung() -> None:
    lead = {f"flow.lead.left.{cause}": np.zeros(RUNS, np.float32) for cause in
            ("voluntary", "return_to_use", "dismissal", "other", "layoff", "closure")}  # fmt: skip
    lead |= {"flow.lead.came": np.full(RUNS, 5.0, np.float32), "flow.lead.still": np.full(RUNS, 5.0, np.float32)}
    lead |= {f"{what}.{rung}": views()[f"{what}.all"] for what in ("exits", "lived") for rung in ("entry", "lead")}
    lead["flow.entry.still"] = np.full(RUNS, 5.0, np.float32)
    view = flow_view(Seen(answer(), (views(**lead),)))
    assert ("Entry", "Lead", pytest.approx(10.0)) in [row[:3] for row in view.table.rows]
    assert "10.0 are promoted; in the end" in view.reading


def test_where_nobody_is_hired_nothing_flows() -> None:
    nobody = {name: np.zeros_like(one) for name, one in views().items() if name.startswith("flow.")}
    assert flow_view(two(**nobody), 1).reading == "Projection: nobody is hired in raise."

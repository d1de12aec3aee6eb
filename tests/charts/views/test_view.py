"""Tables under figures: digits of the command line for people, full precision for spreadsheets."""

from __future__ import annotations

import pytest

from sim.charts.labels import spread_out
from sim.charts.sentences import with_range
from sim.charts.ticks import bounds, number_axis, tick_values, year_axis
from sim.charts.view import Column, Table
from sim.results.summary import Estimate

TABLE = Table(
    (Column("Scenario"), Column("Cash", "USD"), Column("Chance", "share")),
    (("=HYPERLINK(1)", 1_234_567.891, 0.0451), ("-base", None, float("nan"))),
)


def test_people_read_the_digits_of_the_command_line() -> None:
    assert TABLE.shown() == [("=HYPERLINK(1)", "$1,230,000", "4.5 %"), ("-base", "–", "–")]


def test_spreadsheets_get_full_precision_and_nothing_that_they_would_run() -> None:
    heading, first, second = TABLE.csv_rows()
    assert heading == ["Scenario", "Cash (USD)", "Chance (share of 1)"]
    assert first == ["'=HYPERLINK(1)", 1_234_567.891, 0.0451]
    assert second == ["'-base", None, None]
    assert TABLE.csv_text().splitlines()[2] == "'-base,,"


def test_where_all_runs_agree_a_mean_has_no_interval() -> None:
    assert with_range(Estimate(1.0, 1.0, 1.0, 20), "share") == "100.0 %"
    assert with_range(Estimate(0.5, 0.4, 0.6, 20), "share") == "50.0 % (40.0 to 60.0 %)"


def test_ticks_are_round_numbers_inside_the_range() -> None:
    assert tick_values(0.0, 520.0) == [0.0, 200.0, 400.0]
    assert number_axis(-30_000.0, 410_000.0, "USD")["ticktext"] == ["$0", "$100k", "$200k", "$300k", "$400k"]
    assert number_axis(0.0, 1.0, "share")["ticktext"] == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]


def test_years_begin_with_the_first_month() -> None:
    months = [f"20{27 + (6 + n) // 12}-{(6 + n) % 12 + 1:02d}" for n in range(60)]
    told = year_axis(months, ["2027-07-31", "2032-06-30"])
    assert told["ticktext"][:2] == ["Jul<br>2027", "Jul<br>2028"]
    assert told["range"] == ["2027-07-01", "2032-06-30"]


@pytest.mark.parametrize(("low", "high"), [(2.0, 5.0), (-3.0, -1.0)])
def test_an_axis_from_zero_holds_zero(low: float, high: float) -> None:
    found = bounds([low], [high], from_zero=True)
    assert found[0] <= 0.0 <= found[1]


def test_labels_are_moved_apart_and_stay_inside() -> None:
    placed = spread_out([5.0, 5.1, 9.9], [2.0, 2.0, 2.0], 0.0, 10.0)
    assert placed[1] - placed[0] >= 2.0 - 1e-9
    assert placed[2] - placed[1] >= 2.0 - 1e-9
    assert max(placed) <= 9.0
    assert min(placed) >= 1.0

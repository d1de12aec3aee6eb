"""Dates of payrolls are read where only one day can be meant, and never guessed."""

import pytest

from sim.questions.fit.cells import Day, Either, date_in


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025-01-06", Day(2025, 1, 6)),
        ("2025-01-06 00:00:00", Day(2025, 1, 6)),
        ("2025-01-06T08:30:00Z", Day(2025, 1, 6)),
        ("2025/1/6", Day(2025, 1, 6)),
        ("20250106", Day(2025, 1, 6)),
        ("45383", Day(2024, 4, 1)),  # a spreadsheet's number of a day
        ("April 5, 2024", Day(2024, 4, 5)),
        ("Apr 5th, 2024", Day(2024, 4, 5)),
        ("Friday, April 5, 2024", Day(2024, 4, 5)),
        ("5 April 2024", Day(2024, 4, 5)),
        ("15-Mar-21", Day(2021, 3, 15)),
        ("Sept 3, 2020", Day(2020, 9, 3)),
        ("2024 Apr 5", Day(2024, 4, 5)),
        ("2024-03", Day(2024, 3)),
        ("3/2024", Day(2024, 3)),
        ("Mar-24", Day(2024, 3)),
    ],
)
def test_a_date_that_can_mean_one_day_is_that_day(cell: str, day: Day) -> None:
    assert date_in(cell) == day


@pytest.mark.parametrize("cell", ["", "soon", "2024-13", "2024-02-30", "99/99/2020", "15 Marsh 2020", "0.5", "1" * 200])
def test_what_is_no_date_is_none(cell: str) -> None:
    assert date_in(cell) is None


def test_numbers_alone_leave_open_which_is_the_month() -> None:
    both, shown, alike = date_in("11/03/2023"), date_in("4/15/2021"), date_in("3.3.2023")
    assert isinstance(both, Either)
    assert both.open
    assert (both.read("month-first"), both.read("day-first")) == (Day(2023, 11, 3), Day(2023, 3, 11))
    assert isinstance(shown, Either)
    assert (shown.order, shown.read("day-first")) == ("month-first", None)
    assert isinstance(alike, Either)
    assert not alike.open


def test_a_day_lies_in_its_month_and_a_month_is_its_middle() -> None:
    assert Day(2024, 1).months == 2024 * 12 + 0.5
    assert Day(2024, 1, 1).months == pytest.approx(2024 * 12 + 0.5 / 31)
    assert Day(2024, 2, 29).months == pytest.approx(2024 * 12 + 1 + 28.5 / 29)

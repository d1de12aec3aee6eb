"""What an award's renewal decides: each run stands on the side of its own first notice."""

from __future__ import annotations

import numpy as np
import pytest

from sim.charts.drawing import Line
from sim.questions.payers import renewal
from sim.questions.payers.renewal import SERIES, renewal_view, split_of
from tests.charts.views.seen import two
from tests.charts.views.test_money_and_people import months
from tests.charts.views.test_payers import granted, parts

YES = np.array([1, 1, 1, 0, 0], bool)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewal, "FEWEST", 2)


@pytest.mark.usefixtures("few")
def test_runs_stand_on_the_side_of_their_first_notice_and_each_side_has_its_mean() -> None:
    peers = months(start=10.0)
    peers[~YES, 36:] = 2.0
    seen = granted(**{"month.headcount": peers})
    split = split_of(seen, 0)
    assert split is not None
    assert [rows.tolist() for rows in split.sides] == [YES.tolist(), (~YES).tolist()]
    view = renewal_view(seen, 0)
    assert view is not None
    assert view.title.endswith("10.0 peers in post at the end if the award is renewed at its first end, 2.0 if not")
    lines = parts(view.chart, Line)  # type: ignore[arg-type]
    assert len(lines) == 2 * len(SERIES)
    assert (lines[0].y[-1], lines[1].y[-1]) == (10.0, 2.0)
    assert "in 60 of 100 runs, not in 40 of 100 runs" in view.reading


@pytest.mark.usefixtures("few")
def test_a_line_of_cash_ends_where_the_employer_does() -> None:
    view = renewal_view(granted(), 0)
    assert view is not None
    kept, lost = parts(view.chart, Line)[2:]  # type: ignore[arg-type]
    assert np.isfinite(kept.y).all()
    assert np.isnan(lost.y[-1])


def test_where_no_renewal_is_uncertain_or_hardly_any_run_is_on_a_side_nothing_is_drawn() -> None:
    assert renewal_view(two(), 0) is None
    assert renewal_view(granted(), 0) is None


def test_labels_at_the_lines_ends_do_not_cover_one_another() -> None:
    assert renewal._apart({0: 10.0, 1: 9.5}, 2.0) == {0: 10.75, 1: 8.75}
    assert renewal._apart({0: 1.0, 1: 9.0}, 2.0) == {0: 1.0, 1: 9.0}

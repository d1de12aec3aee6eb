"""Every view of every page, of real runs: whatever a scenario lacks, there is a sentence, a table and no crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.charts.look import DARK, LIGHT
from sim.charts.seen import Seen
from sim.questions.compare.views.pages import compare_page, money_page, people_page
from sim.runs.answer import ask
from sim.runs.blocks import Task
from sim.runs.replicate import Settings
from sim.runs.viewed import assembled_views, run_viewed
from sim.scenario.files import load

LIBRARY = Path(__file__).parents[3] / "scenarios"
QUICK = ('turnover.level={kind = "hazards", voluntary_per_year = 0.25}', "horizon.warm_up_months=6")


def seen(names: tuple[str, ...], runs: int, months: int) -> Seen:
    everyone = [load(LIBRARY / f"{name}.toml", QUICK, months) for name in names]
    answer = ask(everyone[0], everyone[1:], Settings(runs, 1, jobs=1))
    blocks = [range(runs // 2), range(runs // 2, runs)] if runs > 1 else [range(1)]
    scenarios = tuple(one.scenario for one in everyone)
    parts = [run_viewed(Task(scenarios, block, 1)) for block in blocks]
    return Seen(answer, assembled_views(parts), LIGHT if runs > 1 else DARK)


@pytest.mark.parametrize(
    ("names", "runs", "months"),
    [
        (("pa_fee_for_service",), 1, 5),
        (("pa_fee_for_service", "pa_ladder", "pa_early_termination"), 4, 26),
        (("pa_billing_only", "pa_braided"), 3, 14),
    ],
)
def test_every_view_has_words_numbers_and_a_figure_that_can_be_sent(
    names: tuple[str, ...], runs: int, months: int
) -> None:
    told = seen(names, runs, months)
    views = [*compare_page(told), *money_page(told), *people_page(told, len(names) - 1)]
    assert len({view.key for view in views}) == len(views)
    for view in views:
        assert view.reading.endswith("."), view.key
        assert "nan" not in f"{view.reading} {view.alt} {view.note}".lower().split(), view.key
        assert all(len(row) == len(view.table.columns) for row in view.table.rows), view.key
        assert view.csv_text().count("\n") == len((view.data or view.table).rows) + 1
        if view.figure is not None:
            assert "NaN" not in view.figure.to_json(), view.key


def test_the_end_of_a_path_is_what_the_answer_says() -> None:
    """Cash at the end has one value, wherever it is read."""
    told = seen(("pa_fee_for_service", "pa_ladder"), 4, 8)
    cash = next(view for view in money_page(told) if view.key == "cash_usd")
    assert cash.data is not None
    ends = [row[2] for row in cash.data.rows[-2:]]
    means = [case.measures["cash_end_usd"].mean for case in told.cases]
    assert ends == pytest.approx(means, rel=1e-6)

"""The decision in columns: the same rows in the same order, each cell as the command line tells it."""

from __future__ import annotations

import numpy as np

from sim.questions.compare.decision import Cell, decision, rows_of_one, rows_of_several
from sim.questions.compare.decision_html import decision_html
from sim.runs.answer import Answer, ask
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.words.sentences import PHRASES, RISK, chosen
from tests.answers import answer, raised

SMALL = {
    "posts": {"number": 6},
    "pay": {"wage_usd_per_hour": 22.0},
    "place": {"state": "PA", "living_wage_usd_per_hour": 24.0},
    "horizon": {"months": 24, "warm_up_months": 12},
    "funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 20.0, "federal_share": 0.56}},
    "rules": {"opening_cash_usd": 20_000.0},
}


def run_of_two() -> Answer:
    raised_rate = SMALL | {"funding": {"medicaid": {**SMALL["funding"]["medicaid"], "rate_usd_per_unit": 24.0}}}  # type: ignore[index]
    return ask(load_table(SMALL), [load_table(raised_rate)], Settings(12, 1, jobs=1))


def test_a_hand_made_answer_stands_in_columns_as_worked_by_hand() -> None:
    groups = decision(answer(raised(retention_12_months=0.66)))
    lines = {line.label: line.cells for group in groups for line in group.lines}
    base, other = lines["Newcomers kept 12 months"]
    assert base == Cell("56.0 %")
    assert (other.value, other.change, other.verdict) == ("66.0 %", "+10.0 pt", "better")
    assert lines["Margin a year"][1].change == "the same"
    assert [group.heading for group in groups] == ["Keeping people", "Work", "Who pays, a year", "The employer's money"]


def test_payers_add_up_to_what_each_pays_more_and_who_pays_nothing_is_left_out() -> None:
    told = run_of_two()
    lines = {line.label: line for group in decision(told) for line in group.lines}
    assert {"Federal government", "State"} <= set(lines)
    assert "County" not in lines
    means = [case.measures for case in told.cases]
    share = means[1]["spending_federal_usd_per_year"].mean / (  # type: ignore[operator]
        means[1]["spending_federal_usd_per_year"].mean + means[1]["spending_state_usd_per_year"].mean  # type: ignore[operator]
    )
    assert abs(share - 0.56) < 1e-6


def test_the_lowest_cash_is_the_mean_of_each_runs_lowest_month() -> None:
    told = run_of_two()
    line = next(one for group in decision(told) for one in group.lines if one.label.startswith("Lowest cash"))
    lows = [case.books["cash"].min(axis=1) for case in told.cases]
    assert line.cells[1].change.startswith("+$" if np.mean(lows[1] - lows[0]) > 0 else "−$")


def test_whatever_the_headline_says_stands_in_the_table_with_wage_cost_and_who_pays() -> None:
    told = run_of_two()
    keys = {line.key for group in decision(told) for line in group.lines}
    assert {phrase.key for phrase in PHRASES} <= keys | {RISK}
    assert {phrase.key for one in told.alternatives for phrase in chosen(one)} <= keys
    assert keys >= {"mean_wage_usd_per_hour", "cost_usd_per_year", "spending_federal_usd_per_year"}


def test_a_row_of_one_alternative_has_one_rounding() -> None:
    told = run_of_two()
    rows = {line.label: line.cells for group in decision(told) for line in group.lines}
    base, other = rows["Federal government"]
    letters = {text[-1] for text in (base.value, other.value, other.change)}
    decimals = {len(text.partition(".")[2]) for text in (base.value, other.value, other.change)}
    assert len(letters) == len(decimals) == 1


def test_the_same_cells_stand_on_terminal_and_page() -> None:
    told = run_of_two()
    groups = decision(told)
    html = decision_html(
        groups, ["Base", "Alternative A"], ["no new decisions", "<b>& rate"], lambda key: f"card={key}"
    )
    assert "&lt;b&gt;&amp; rate" in html
    for group in groups:
        for line in group.lines:
            assert f"<b>{line.cells[1].value}</b>" in html
            if line.key:
                assert f'href="card={line.key}"' in html
    for rows, width in ((rows_of_one(groups), 6), (rows_of_several(groups, [1]), 3)):
        assert {len(row) for row in rows} == {width}
        shown = {cell for row in rows for cell in row}
        assert {line.cells[1].value for group in groups for line in group.lines} <= shown

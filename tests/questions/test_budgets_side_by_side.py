"""A comparison shows the first and the worst fiscal year of every scenario, from the books that a run shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.model.world.log import COST_KINDS
from sim.questions.compare.budget_text import budgets_side_by_side
from sim.questions.compare.text import compare_text
from sim.results.books import DECISIONS
from sim.results.measures.measure import PAYERS
from sim.runs.answer import Answer, Case
from sim.words.layout import WIDTH
from tests.answers import RUNS, alternative, answer, case, raised
from tests.takeaway.hand_made import stamped

RECEIVED = np.array([100_000.0, 80_000.0, 40_000.0, 90_000.0, 70_000.0])
MONTHS, LOWEST_IN = 60, 20  # 20 months after July 2027: March 2029


def with_books(one: Case, cost: float) -> Case:
    """Books that differ between years, alike in all runs; cash is lowest in one month."""

    def by_year(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.tile(values, (RUNS, 1))

    nothing, months = by_year(np.zeros(5)), np.zeros((RUNS, MONTHS))
    books = {f"received.{payer}": nothing for payer in PAYERS} | {f"spent.{kind}": nothing for kind in COST_KINDS}
    books |= {f"took.{kind}": months for kind in DECISIONS} | {"first_short": months, "closing": months}
    cash = months + 5_000.0
    cash[:, LOWEST_IN] = -2_500.0
    books["peers_end"] = nothing + 4.0
    books |= {"received.state": by_year(RECEIVED), "spent.wages": nothing + cost, "cash": cash}
    return replace(one, books=books)


def compared() -> Answer:
    base = with_books(case(), 60_000.0)
    other = replace(alternative(base, raised()), case=with_books(raised(), 75_000.0))
    return replace(answer(), base=base, alternatives=(other,))


def rows() -> list[list[str]]:
    table = budgets_side_by_side(compared()).split("\n\n")[0].splitlines()
    return [line.split() for line in table[2:]]


def test_the_first_fiscal_year_is_shown_with_the_lowest_cash_and_its_month() -> None:
    first = rows()[0]
    assert first[:4] == ["today", "FY", "2028", "$100k"]
    assert first[4:] == ["$60k", "$40k", "−$2,500", "March", "2029"]


def test_the_year_of_the_lowest_margin_stands_beneath_it() -> None:
    assert rows()[1] == ["worst", "FY", "2030", "$40k", "$60k", "−$20k"]


def test_every_alternative_has_its_own_lines() -> None:
    told = rows()
    assert [row[0] for row in told] == ["today", "worst", "raise", "worst"]
    assert told[3][-1] == "−$35k"


def test_the_text_of_a_comparison_has_the_table_and_keeps_its_width() -> None:
    told = compare_text(compared(), stamped(compared()))
    assert "Budget: first and worst fiscal year" in told
    assert max(map(len, told.splitlines())) <= WIDTH


def test_without_books_nothing_is_shown() -> None:
    assert budgets_side_by_side(answer()) == ""

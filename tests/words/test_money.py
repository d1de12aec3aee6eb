"""What an answer says first of an employer that is likely to close, and what its books say that no mean does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.model.world.log import COST_KINDS
from sim.questions.compare.text import run_text
from sim.results.books import DECISIONS
from sim.results.measures.measure import PAYERS
from sim.runs.answer import Case
from sim.scenario.files import load_table
from sim.words.money import closing_lead, money_lines
from sim.words.sentences import RISK
from tests.answers import RUNS, answer, case
from tests.takeaway.hand_made import stamped
from tests.worlds import merged, quiet_tables

MONTHS, YEARS = 60, 5


def with_books(one: Case, *, closing: int, lapsed: float = 0.0) -> Case:
    """Books in which every run closes in one month and nothing else is known."""
    by_month, by_year = np.zeros((RUNS, MONTHS)), np.zeros((RUNS, YEARS))
    books = {f"received.{payer}": by_year for payer in PAYERS} | {f"spent.{kind}": by_year for kind in COST_KINDS}
    books |= {f"took.{kind}": by_month for kind in DECISIONS} | {"cash": by_month, "first_short": by_month}
    closed = by_month.copy()
    closed[:, closing] = 1.0
    award = {f"{what}.state_award": by_year + usd for what, usd in (("lapsed", lapsed), ("drawn", 80_000.0))}
    award |= {"awarded.state_award": by_year + 80_000.0 + lapsed, "carried.state_award": by_year}
    return replace(one, books=books | award | {"closing": closed})


def test_an_answer_leads_with_closing_where_it_is_likely_and_says_when() -> None:
    told = answer()
    one = replace(told, base=with_books(case(chance_of_closure=0.78), closing=20))
    assert closing_lead(one).startswith('"Today" closes in 78.0 % of the runs, typically in March 2029.')
    assert run_text(one, stamped(one)).startswith('"Today" closes in 78.0 % of the runs')


def test_where_closing_is_unlikely_nothing_leads() -> None:
    assert closing_lead(answer()) == ""


def test_an_award_that_leaves_much_undrawn_is_named_with_its_dollars_and_share() -> None:
    one = replace(answer(), base=with_books(case(), closing=20, lapsed=20_000.0))
    said = "of state award, $80,000 a year of the projection is drawn and $20,000 lapses, 20.0 % of the two together"
    assert any(said in line for line in money_lines(one))
    little = replace(answer(), base=with_books(case(), closing=20, lapsed=1_000.0))
    assert not any("undrawn" in line for line in money_lines(little))


def test_the_risk_that_is_told_is_that_of_not_making_payroll() -> None:
    assert RISK == "chance_of_missing_payroll"


def test_an_award_larger_than_its_posts_says_what_they_could_draw() -> None:
    """Two posts at $20 for 2,080 hours are $83,200 of wages a year; the award is $100,000."""
    terms = {"kind": "grant", "start": "2027-01", "term_months": 60, "pays_for": ["wages"]}
    for amount, named in ((100_000.0, True), (80_000.0, False)):
        award = {"state_award": terms | {"amount_usd_per_year": amount}}
        tables = {"posts": {"number": 2}, "funding": award, "horizon": {"months": MONTHS}}
        own = case(scenario=load_table(merged(quiet_tables(), tables)))
        lines = money_lines(replace(answer(), base=with_books(own, closing=20, lapsed=20_000.0)))
        (told,) = (line for line in lines if "undrawn" in line)
        assert ("the cost it may pay would be $83,200 of its $100,000" in told) == named


def test_people_let_go_as_an_award_ends_with_the_projection_are_explained() -> None:
    one = with_books(case(), closing=20)
    cut = one.books["took.award_cut"].copy()
    cut[:, -1] = 12.0
    (told,) = (
        line
        for line in money_lines(replace(answer(), base=replace(one, books={**one.books, "took.award_cut": cut})))
        if "took most posts" in line
    )
    assert "cut 12.0 posts on average, in 100.0 % of runs. That is the close of the projection" in told

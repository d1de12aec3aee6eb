"""What an answer says first of an employer that is likely to close, and what its books say that no mean does."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pytest

from sim.model.world.log import COST_KINDS
from sim.questions.compare.text import run_text
from sim.results.books import DECISIONS
from sim.results.measures.measure import PAYERS
from sim.runs.answer import Case, ask
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.words.money import closing_lead, money_lines
from sim.words.sentences import RISK
from tests.answers import RUNS, answer, case, loaded
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
    return replace(one, books=books | award | {"closing": closed, "peers_end": np.full(RUNS, 5.0)})


def test_an_answer_leads_with_closing_where_it_is_likely_and_says_when() -> None:
    told = answer()
    one = replace(told, base=with_books(case(chance_of_closure=0.78), closing=20))
    assert closing_lead(one).startswith('"Today" closes in 78.0 % of the runs, typically in March 2029.')
    assert run_text(one, stamped(one)).startswith('"Today" closes in 78.0 % of the runs')


def test_an_answer_leads_with_an_employer_left_with_nobody_in_post() -> None:
    """Three of five runs end without a peer, one of them closed: in two the award that ended saves its cost."""
    emptied = with_books(case(), closing=20)
    closing = np.zeros((RUNS, MONTHS))
    closing[0, 20] = 1.0
    peers = np.where(np.arange(RUNS) < 3, 0.0, 5.0)
    one = replace(emptied, books=emptied.books | {"closing": closing, "peers_end": peers})
    told = closing_lead(replace(answer(), base=one))
    assert told.startswith('"Today" is open at the end with nobody in post in 40.0 % of the runs. With nobody in post')
    last = np.zeros((RUNS, MONTHS))
    last[:, -1] = 5.0  # posts end with the projection: somebody was there until then
    until = replace(one, books=one.books | {f"took.{next(iter(DECISIONS))}": last})
    assert closing_lead(replace(answer(), base=until)) == ""
    full = replace(one, books=one.books | {"peers_end": peers + 1.0})
    assert closing_lead(replace(answer(), base=full)) == ""


def test_where_closing_is_unlikely_nothing_leads() -> None:
    assert closing_lead(answer()) == ""


def test_an_alternative_with_the_title_of_its_base_is_named_apart_from_it() -> None:
    """A file that extends another and has no title of its own has that one's."""
    two = answer(case("raise", loaded(pay={"wage_usd_per_hour": 26.0})))
    base, other = (with_books(one, closing=20, lapsed=usd) for one, usd in zip(two.cases, (2e4, 3e4), strict=True))
    told = replace(two, base=base, alternatives=(replace(two.alternatives[0], case=other),))
    assert [line.partition(": ")[0] for line in money_lines(told)] == ['"Today" (today)', '"Today" (raise)']


def test_what_is_the_same_in_all_scenarios_is_told_once_and_advice_too() -> None:
    two = answer(case("raise", loaded(title="A raise", pay={"wage_usd_per_hour": 26.0})))
    base, same, other = (
        with_books(two.cases[at], closing=20, lapsed=usd) for at, usd in ((0, 2e4), (1, 2e4), (1, 3e4))
    )
    (line,) = money_lines(replace(two, base=base, alternatives=(replace(two.alternatives[0], case=same),)))
    assert line.startswith('"Today" and "A raise": award money left undrawn')
    lines = money_lines(replace(two, base=base, alternatives=(replace(two.alternatives[0], case=other),)))
    assert [line.partition(":")[0] for line in lines] == ['"Today"', '"A raise"']
    assert " ".join(lines).count("Look at what it may pay for") == 1


def test_an_award_that_leaves_much_undrawn_is_named_with_its_dollars_and_share() -> None:
    one = replace(answer(), base=with_books(case(), closing=20, lapsed=20_000.0))
    said = "$80,000 is drawn and $20,000 lapses, 20.0 % of the two together"
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
    assert "closed, in 100.0 % of runs. That is the close of the projection" in told
    assert "the end of an award cut 12.0 posts on average as " in told
    assert told.endswith("counts as laid off and is not kept. A projection a month shorter would show none of it.")


def test_a_cut_at_an_awards_end_names_its_last_month_and_its_bridge() -> None:
    """The award begins in January 2027 for 18 months: through June 2028. Two months are bridged: July and August."""
    terms = {"kind": "grant", "start": "2027-01", "term_months": 18, "amount_usd_per_year": 1e5, "posts_paid": 2}
    tables = {"posts": {"number": 2}, "funding": {"block_grant": terms}, "horizon": {"months": MONTHS}}
    bridge = "; 2 months of bridge after it, as rules.bridge_months allows"
    for at, said in (
        (19, f"the end of block grant (it runs through June 2028{bridge}) cut 2.0 posts on average as August 2028"),
        (17, "the end of block grant (it runs through June 2028) cut 2.0 posts on average as June 2028 closed"),
        (9, "the end of an award cut 2.0 posts on average as October 2027 closed"),  # cut short
    ):
        own = case(scenario=load_table(merged(quiet_tables(), tables | {"rules": {"bridge_months": 2}})))
        one = with_books(own, closing=20)
        cut = one.books["took.award_cut"].copy()
        cut[:, at] = 2.0
        lines = money_lines(replace(answer(), base=replace(one, books={**one.books, "took.award_cut": cut})))
        (told,) = (line for line in lines if "took most posts" in line)
        assert said in told


TEN: Final = {"employer": [{"name": "organization", "count": 10}]}


def test_of_several_employers_a_chance_is_told_of_employers_and_not_of_runs() -> None:
    """All runs have a closing, and each time at half of the ten employers."""
    for tables, told in (
        ({}, ("It closes in 50.0 % of runs, typically in March 2029.", "of the runs, typically in", "of runs.")),
        (
            TEN,
            (
                "Of the employers of all runs, 50.0 % close, typically in March 2029.",
                "of the employers, typically in",
                "of runs at one employer or more.",
            ),
        ),
    ):
        base = with_books(case("today", loaded(**tables), chance_of_closure=0.5), closing=20)
        one = replace(base, books={**base.books, "took.layoff": base.books["took.layoff"] + 1.0})
        asked = replace(answer(), base=one)
        text = " ".join(run_text(asked, stamped(asked)).split())
        assert all(words in text for words in told), tables


def test_a_decision_that_takes_as_good_as_no_post_is_not_named() -> None:
    one = with_books(case(), closing=20)
    cut = one.books["took.budget"].copy()
    for posts, named in ((0.2, False), (0.5, True)):  # 0.04 and 0.1 posts on average over five runs
        cut[0, 30] = posts
        lines = money_lines(replace(answer(), base=replace(one, books={**one.books, "took.budget": cut})))
        assert any("took most posts" in line for line in lines) == named


@pytest.mark.parametrize(
    ("months", "renewed", "told"),
    [
        (1, 0.0, "Award runs through January 2027, month 1 of 18, and is kept to the end of the projection in no run."),
        (7, 0.0, "Award runs through July 2027, month 7 of 18, and is kept to the end of the projection in no run."),
        (7, 1.0, ""),
        (18, 0.0, ""),  # nothing of the projection is without it
    ],
)
def test_an_award_that_no_run_keeps_says_when_it_ends(months: int, renewed: float, told: str) -> None:
    """A fault seen: of an award that ends in the first month `check` told so, and a run said nothing."""
    terms = {"kind": "grant", "start": "2027-01", "term_months": months, "amount_usd_per_year": 1e6}
    award = terms | {"renewal_chance": renewed}
    tables = {"posts": {"number": 2}, "funding": {"award": award}, "horizon": {"months": 18}}
    one = load_table(merged(quiet_tables(), tables))
    alone = ask(one, [], Settings(4, 1, 1))
    assert [line for line in money_lines(alone) if "runs through" in line] == ([told] if told else [])
    beside = ask(one, [load_table(merged(quiet_tables(), tables | {"posts": {"number": 3}}))], Settings(4, 1, 1))
    assert len([line for line in money_lines(beside) if "award runs through" in line]) == bool(told)

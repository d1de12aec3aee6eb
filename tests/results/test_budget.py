"""A budget read from books made by hand: two runs, three months over two fiscal years."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.world.log import COST_KINDS
from sim.results.blocks import Sums
from sim.results.budget import Split, budget_lines, decision_that_took_most, event, lowest_cash, splits, undrawn
from sim.results.fiscal import FiscalYears
from sim.results.measures.measure import PAYERS
from sim.words.money import decision_in_words, split_in_words

YEARS = FiscalYears(2027 * 12 + 4, 3, 7)  # May and June 2027, July 2027


def books(**more: list[list[float]]) -> Sums:
    nothing = np.zeros((2, 2))
    told = {f"received.{payer}": nothing for payer in PAYERS} | {f"spent.{kind}": nothing for kind in COST_KINDS}
    told |= {f"took.{kind}": np.zeros((2, 3)) for kind in ("budget", "layoff", "award_cut")}
    told |= {"cash": np.zeros((2, 3)), "first_short": np.zeros((2, 3)), "closing": np.zeros((2, 3))}
    return told | {name.replace("__", "."): np.array(values, dtype=float) for name, values in more.items()}


def test_margin_is_what_all_payers_paid_less_every_kind_of_cost() -> None:
    told = books(received__federal=[[10, 20], [30, 40]], spent__wages=[[4, 4], [4, 4]], spent__other=[[1, 0], [1, 0]])
    told["cash"] = np.array([[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]])
    lines = {line.name: line for line in budget_lines(told, YEARS) if line.part in ("result", "payer")}
    assert lines["margin"].usd.tolist() == [[5.0, 16.0], [25.0, 36.0]]
    assert lines["cash_end"].means == [4.0, 5.0]  # after June and after July
    assert lines["margin"].middle[0] == pytest.approx([6.0, 17.0])  # a twentieth of the way from 5 to 25
    assert set(lines) == {"federal", "margin", "cash_end"}  # who pays nothing is left out


def test_the_lowest_cash_is_that_of_each_run() -> None:
    low = lowest_cash(books(cash=[[3, -1, 2], [4, 6, -9]]))
    assert (low.mean, low.typical) == (-5.0, 1)


def test_what_happens_once_typically_happens_in_the_month_by_which_half_have_met_it() -> None:
    told = books(first_short=[[0, 1, 0], [0, 0, 1]], closing=[[0, 0, 0], [0, 0, 0]])
    assert event(told, "first_short", 1.0).typical == 1
    assert event(told, "closing", 0.0).typical is None


def test_the_decision_that_took_most_posts_is_named_with_how_often() -> None:
    told = books(took__budget=[[0, 6, 0], [0, 0, 9]], took__layoff=[[1, 1, 0], [0, 0, 0]])
    most = decision_that_took_most(told, YEARS)
    assert most is not None
    assert (most.kind, most.posts, most.share) == ("budget", 3.0, 0.5)  # the last close decides for after the end
    assert decision_in_words(most, YEARS) == (
        "The decision that took most posts: the budget of July 2027 cut 3.0 posts on average, in 50.0 % of runs."
    )
    assert decision_that_took_most(books(), YEARS) is None


def test_layoffs_count_by_the_fiscal_year() -> None:
    most = decision_that_took_most(books(took__layoff=[[1, 1, 0], [2, 0, 0]]), YEARS)
    assert most is not None
    assert (most.kind, most.at, most.posts, most.share) == ("layoff", 0, 2.0, 1.0)
    assert "layoffs in fiscal year 2027 let 2.0 people go" in decision_in_words(most, YEARS)


def test_what_is_drawn_and_what_lapses_of_an_award_are_told_on_one_basis() -> None:
    (one,) = undrawn(books(lapsed__award=[[30, 0], [10, 0]], drawn__award=[[60, 0], [60, 0]]), YEARS)
    assert one.name == "award"
    assert (one.drawn, one.lapsed, one.share) == (60.0 * 4, 20.0 * 4, 0.25)  # 60 and 20 a run in a quarter of a year


def test_an_award_that_begins_late_has_one_share_of_both_amounts() -> None:
    (one,) = undrawn(books(lapsed__award=[[0, 25], [0, 25]], drawn__award=[[0, 75], [0, 75]]), YEARS)
    assert one.share == one.lapsed / (one.drawn + one.lapsed) == 0.25


def test_runs_are_parted_by_what_becomes_of_an_award_and_every_run_is_counted() -> None:
    """Six runs: kept in 1, lost at the first end in 2, later in 1, early in 1, closed before in 1."""
    fates = {"kept": 0, "lost_first": (1, 2), "lost_later": 3, "ended_early": 4, "closed": 5}
    told = {"cash": np.zeros((6, 3)), "peers_end": np.array([8.0, 0, 0, 4.0, 2.0, 9.0])}
    told["cash"][:, -1] = [500, 100, 100, 300, 300, 9_000]
    for fate, places in fates.items():
        told[f"{fate}.award"] = np.isin(np.arange(6), places).astype(float)
    told["closing"] = np.isin(np.arange(18), (1 * 3 + 2, 5 * 3)).astype(float).reshape(6, 3)  # runs 1 and 5
    (one,) = splits(told, 1)
    assert list(one.runs.values()) == [1, 2, 1, 1, 1]
    assert (sum(one.runs.values()), one.lost, one.peers, one.cash) == (6, 4, (8.0, 1.5), (500.0, 200.0))
    assert split_in_words(one, 2, YEARS) == (
        "Renewal of award decides: renewed at every end within the projection (1 run), 8.0 peers and $500 at the end; "
        "lost (4 runs), 1.5 peers and $200 at the end: 2 at its first end (it runs through June 2027), 1 at a later "
        "end and 1 ended early; in 1 of these the employer closed. In 1 run the employer closed before the award was "
        "lost."
    )
    assert splits(told, 2) == []  # several employers have each their own luck


def test_where_an_award_cannot_end_within_the_projection_nobody_is_said_to_renew_it() -> None:
    runs = {"kept": 3, "lost_first": 0, "lost_later": 0, "ended_early": 2, "closed": 0}
    told = split_in_words(Split("award", runs, (8.0, 0.0), (5.0, 1.0), 0), None, YEARS)
    assert "decides: never ended (3 runs)" in told
    assert "lost (2 runs), 0.0 peers and $1 at the end: 2 ended early." in told
    assert told.endswith("With nobody in post an employer stays open in the model until it cannot pay its bills.")
    gone = split_in_words(Split("award", runs, (8.0, 0.0), (5.0, 1.0), 2), None, YEARS)
    assert gone.endswith("in 2 of these the employer closed.")  # that is why nobody is in post

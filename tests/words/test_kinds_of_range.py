"""Two kinds of range under one heading are told apart, and a mean of 0 has no side."""

from __future__ import annotations

import numpy as np
import pytest

from sim.questions.compare.decision import line_of
from sim.questions.compare.tables import compared_row, run_rows
from sim.results.spreads import Spread
from sim.results.summary import Values
from sim.runs.answer import Answer, Case
from sim.runs.paired import paired
from sim.runs.replicate import Settings
from sim.words.differences import difference_in_words, on_its_side
from sim.words.sentences import how_to_read, run_sentence
from tests.answers import loaded, values

FUTURES = 40
KEPT, RISK, CASH = "retention_12_months", "chance_of_missing_payroll", "cash_end_usd"


def of_futures(newcomers: int, shift: float = 0.0) -> tuple[Values, Values]:
    """Values of 40 futures, and what each shows by itself: only some have newcomers who could be kept."""
    wave = np.linspace(-1.0, 1.0, FUTURES)
    told = {key: np.full(FUTURES, float(one.mean())) for key, one in values().items()}
    told[KEPT] = 0.5 + shift + 0.05 * wave * np.resize([1.0, -0.5], FUTURES)
    told[CASH] = 1000.0 * (wave + shift)
    told[RISK] = np.where(np.arange(FUTURES) < 10, 1.0, 0.0)
    own = dict(told)
    own[KEPT] = np.where(np.arange(FUTURES) < newcomers, told[KEPT], np.nan)
    return told, own


def case_of(newcomers: int, shift: float = 0.0) -> Case:
    told, own = of_futures(newcomers, shift)
    return Case("a", loaded(), told, own=own)


def answer_of(newcomers: int) -> Answer:
    return Answer(case_of(newcomers), (), Settings(FUTURES, 1, unknowns=True))


@pytest.mark.parametrize(("newcomers", "marked"), [(10, True), (30, False)])
def test_a_range_of_the_mean_is_marked_beside_ranges_of_single_futures(newcomers: int, marked: bool) -> None:
    case = case_of(newcomers)
    rows = {row[0]: row[-1] for row in run_rows(case)}
    assert rows["Newcomers kept 12 months"].endswith(" *") == marked
    assert rows["Chance of not making payroll"].endswith(" *")
    assert not rows["Cash at the end"].endswith("*")
    assert (" % (95 % interval of the mean: " in run_sentence(case)) == marked


def test_with_intervals_of_means_throughout_nothing_is_marked() -> None:
    told, _ = of_futures(10)
    assert not any(row[-1].endswith("*") for row in run_rows(Case("a", loaded(), told)))
    assert not any(one.of_mean for one in paired(told, told).values())


def test_a_note_says_what_the_mark_is() -> None:
    assert "one marked * is the 95 % interval of a chance" in how_to_read(answer_of(10))


@pytest.mark.parametrize(("newcomers", "marked"), [(10, True), (30, False)])
def test_a_difference_is_marked_too_in_every_table(newcomers: int, marked: bool) -> None:
    (before, own), (after, moved) = of_futures(newcomers), of_futures(newcomers, shift=0.1)
    after[KEPT] = before[KEPT] + 0.1 + 0.02 * np.linspace(-1.0, 1.0, FUTURES)
    moved[KEPT] = np.where(np.isfinite(own[KEPT]), after[KEPT], np.nan)
    found = paired(before, after, own=(own, moved))
    answer = answer_of(newcomers)
    cell = line_of(answer, KEPT, "Kept", [found[KEPT]]).cells[1]
    assert cell.inside.endswith(" *") == marked
    assert compared_row(KEPT, found[KEPT], "")[4].endswith(" *") == marked
    assert ("95 % interval of the mean: " in difference_in_words(KEPT, found[KEPT])) == marked
    assert not compared_row(CASH, found[CASH], "")[4].endswith("*")


def test_a_difference_of_chances_is_marked_and_a_mean_of_nothing_has_no_side() -> None:
    """One future misses payroll that did not, and one no longer does: 0.0 points on average."""
    before, own = of_futures(30)
    after = {**before, RISK: np.roll(before[RISK], 1)}
    found = paired(before, after, own=(own, {**own, RISK: after[RISK]}))[RISK]
    told = compared_row(RISK, found, "")
    assert told[3:] == ("0.0 pt", told[4], "worse in 2, better in 2")
    assert told[4].endswith(" *")


def test_the_side_of_a_mean() -> None:
    spread = Spread(-1.0, 1.0, below=0.3, above=0.1)
    assert on_its_side(spread, 0.0, ("more", "less")) == "more in 10, less in 30"
    assert on_its_side(spread, 1e-18, ("more", "less")) == "more in 10, less in 30"
    assert on_its_side(spread, -1.0, ("more", "less")) == "less in 30"
    assert on_its_side(Spread(0.0, 0.0, 0.0, 0.0), 0.0, ("more", "less")) == "the same in all"

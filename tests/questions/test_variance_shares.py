"""Luck and ignorance are told apart, on tables whose shares are known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.questions.uncertainty.variance_shares import (
    Explained,
    Floats,
    Screen,
    all_of,
    ignorance_of,
    jackknife_error,
    luck_of,
    parts_of,
    whole_of,
)
from sim.streams import study

DRAWS, RUNS, ASSUMPTIONS = 120, 20, 30
STRONG, WEAK = np.array([1.0, 0.5]), 0.1  # slopes of the first two assumptions, and of the next eight
IGNORANCE = 1.0 + 0.25 + 8 * 0.01 + 0.09  # the last: the product of the first two, times 0.3
LUCK = 4.0 + 0.25


def table(number: int, *, together: float = 0.3) -> tuple[Floats, Floats]:
    """Return terms and a linear table: ignorance 1.42, luck shared by all draws 4, luck of each cell 0.25."""
    generator = study(5, number)
    values = generator.standard_normal((DRAWS, ASSUMPTIONS))
    slopes = np.concatenate((STRONG, np.full(8, WEAK), np.zeros(ASSUMPTIONS - 10)))
    means = values @ slopes + together * values[:, 0] * values[:, 1]
    luck = 2.0 * generator.standard_normal(RUNS) + 0.5 * generator.standard_normal((DRAWS, RUNS))
    return np.stack((values, (values**2 - 1.0) / np.sqrt(2.0)), axis=2), 7.0 + means[:, None] + luck


def test_the_parts_of_a_table_by_hand() -> None:
    parts = parts_of(np.array([[1.0, 2.0], [3.0, 8.0]]))  # draws 1.5 and 5.5, runs 2 and 5, together 2 in each corner
    assert parts.mean == 3.5
    assert parts.ignorance == pytest.approx(8.0 - 4.0 / 2)
    assert parts.luck == pytest.approx(4.5 - 4.0 / 2 + 4.0)
    assert parts.luck_correlation == pytest.approx(2.5 / 6.5)


def test_how_luck_correlates_between_draws_is_found() -> None:
    found = [whole_of(table(number)[1]).parts.luck_correlation for number in range(30)]
    known = [one for one in found if one is not None]
    assert np.mean(known) == pytest.approx(4.0 / 4.25, abs=4 * float(np.std(known)) / 30**0.5)
    assert parts_of(np.ones((3, 3)) * np.arange(3.0)[:, None]).luck_correlation is None


def test_luck_and_ignorance_are_found_with_honest_errors() -> None:
    found = [whole_of(table(number)[1]) for number in range(30)]
    assert np.mean([one.parts.ignorance for one in found]) == pytest.approx(IGNORANCE, abs=4 * 0.2 / 30**0.5)
    luck = [one.parts.luck for one in found]
    assert np.mean(luck) == pytest.approx(LUCK, abs=4 * float(np.std(luck)) / 30**0.5)
    shares = [one.ratio(luck_of, all_of) for one in found]
    true = LUCK / (LUCK + IGNORANCE)
    held = [one.low <= true <= one.high for one in shares]
    assert sum(held) >= 23  # 28.5 of 30 expected
    assert np.mean([one.error for one in shares]) == pytest.approx(np.std([one.value for one in shares]), rel=0.5)


def test_luck_alone_is_not_taken_for_ignorance() -> None:
    generator = study(6, 1)
    found = [
        parts_of(generator.standard_normal((40, 10)) + generator.standard_normal(10)).ignorance for _ in range(200)
    ]
    assert np.mean(found) == pytest.approx(0.0, abs=4 * float(np.std(found)) / 200**0.5)


def test_what_a_group_explains_is_found_without_bias_and_with_honest_errors() -> None:
    groups = {"strong": ([0, 1], 1.25), "weak": (range(2, 10), 0.08), "inert": (range(10, 30), 0.0)}
    screens = [Screen(*table(number)) for number in range(30)]
    for own, true in groups.values():
        guesses = [screen.explained(list(own)).guess() for screen in screens]
        values = [one.value for one in guesses]
        assert np.mean(values) == pytest.approx(true, abs=4 * float(np.std(values)) / 30**0.5)
        assert sum(one.low <= true <= one.high for one in guesses) >= 23


def test_what_other_assumptions_do_is_taken_off_without_moving_the_rest() -> None:
    plain, cleared = [], []
    for number in range(30):
        terms, made = table(number)
        plain.append(Explained(made - made.mean(axis=0), terms[:, 1] @ terms[:, 1].T).value)
        cleared.append(Screen(terms, made).explained([1]).value)
    assert np.mean(cleared) == pytest.approx(np.mean(plain), abs=4 * float(np.std(plain)) / 30**0.5)
    assert np.std(cleared) < 0.7 * np.std(plain)


def test_leaving_out_is_what_it_says() -> None:
    terms, made = table(1)
    cleared, kernel = made - made.mean(axis=0), terms[:, 0] @ terms[:, 0].T
    whole = Explained(cleared, kernel)
    left = np.delete(np.delete(kernel, 4, 0), 4, 1)
    assert whole.without_draw()[4] == pytest.approx(Explained(np.delete(cleared, 4, 0), left).value)
    assert whole.without_run()[2] == pytest.approx(Explained(np.delete(cleared, 2, 1), kernel).value)


def test_shares_of_groups_luck_and_what_is_left_add_to_one() -> None:
    terms, made = table(2)
    screen, whole = Screen(terms, made), whole_of(made)
    groups = [whole.share(screen.explained(list(own)), all_of).value for own in (range(10), range(10, 30))]
    left = (whole.parts.ignorance - sum(groups) * all_of(whole.parts)) / all_of(whole.parts)
    assert whole.ratio(luck_of, all_of).value + sum(groups) + left == pytest.approx(1.0)


def test_nothing_has_no_shares() -> None:
    whole = whole_of(np.full((5, 4), 3.0))
    assert whole.ratio(luck_of, all_of).value == 0.0
    assert whole.share(Screen(np.ones((5, 2, 2)), np.full((5, 4), 3.0)).explained([0]), ignorance_of).value == 0.0


def test_the_jackknife_of_a_mean_is_its_standard_error() -> None:
    values = np.array([1.0, 4.0, 2.0, 9.0])
    without = [float(np.delete(values, at).mean()) for at in range(4)]
    assert jackknife_error(without) == pytest.approx(float(np.std(values, ddof=1)) / 2)

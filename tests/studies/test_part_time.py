"""What the model says of part-time posts beside what is published of them: a miss, and what would mend it."""

from __future__ import annotations

import pytest

from studies.part_time import DAYS_THAT_FOLLOW, LEVELS, PUBLISHED, filled_apart, scenario, vacancies

RUNS = 40


def test_the_published_gap_is_wider_for_part_time_posts_and_the_models_is_not() -> None:
    full, part = vacancies(scenario(LEVELS[2019]), RUNS)
    assert PUBLISHED[2019][1] > PUBLISHED[2019][0]
    assert full == pytest.approx(PUBLISHED[2019][0], abs=0.012)  # 200 runs: 0.077
    assert part < full  # full-time work brings burnout, and nothing else tells them apart


def test_days_to_fill_that_follow_from_the_published_figures_bring_both_kinds_of_posts_near_them() -> None:
    full, part = vacancies(filled_apart(), RUNS)
    assert full == pytest.approx(PUBLISHED[2019][0], abs=0.010)
    assert part == pytest.approx(PUBLISHED[2019][1], abs=0.010)
    assert part > full


def test_days_to_fill_follow_from_vacancies_and_separations() -> None:
    # v/(1 - v) posts wait for each that is filled, of which s leave in a year: 0.085/0.915/0.428 of a year, 79 days
    for share, days in zip(PUBLISHED[2019], DAYS_THAT_FOLLOW, strict=True):
        assert share / (1 - share) / (LEVELS[2019] / 100) * 365 == pytest.approx(days, abs=0.6)

"""The engines of PRW-bench tell one story, and it is the story of the definition."""

from collections.abc import Callable
from math import exp, log, sqrt
from statistics import mean, stdev

import numpy as np
import pytest

from bench.prw import arrays, compiled, mesa_model, plain_simpy
from bench.prw.definition import TURNOVER, TURNOVER_MARGIN
from bench.prw.draws import LAYERS, Draws, OutOfLuckError, draw
from bench.prw.facts import Facts, annual_turnover, difference

Run = Callable[[Draws, float], Facts]
ENGINES = {
    "plain SimPy": plain_simpy.run,
    "Mesa": mesa_model.run,
    "arrays": arrays.run,
    "compiled": compiled.run,
}
every_engine = pytest.mark.parametrize("run", ENGINES.values(), ids=ENGINES.keys())


def quiet(posts: int, months: int) -> Draws:
    """Luck in which nobody ever leaves and nothing is out of the ordinary."""
    still = draw(posts, seed=0, months=months)
    zeros = {name: np.zeros_like(kind) for name, kind in still._asdict().items()}
    return Draws(**zeros)._replace(budget=np.full_like(still.budget, 1e6))


def hazard(burnout: float, satisfaction: float, tenure: float) -> float:
    """The hazard on rung 0 at wage multiplier 1, from the definition's own numbers."""
    return exp(-3.85 + 1.5 * burnout - satisfaction - log(0.85) + 0.7 * exp(-tenure / 6))


@pytest.mark.parametrize("mult", [0.6, 1.0, 1.3])
@pytest.mark.parametrize("posts", [1, 2, 9, 40])
def test_every_engine_tells_the_same_story_of_the_same_luck(posts: int, mult: float) -> None:
    luck = draw(posts, seed=1, replication=posts, blocks=2)
    limit = compiled.run(luck, mult)
    assert limit.exit_time.size > 0
    for name, run in ENGINES.items():
        assert difference(limit, run(luck, mult)) is None, name


def test_replications_side_by_side_are_the_replications_one_by_one() -> None:
    luck = [draw(12, seed=2, replication=replication, blocks=2) for replication in range(6)]
    for one, together in zip(luck, arrays.run_block(luck, 0.8), strict=True):
        assert difference(compiled.run(one, 0.8), together) is None


@every_engine
def test_a_peer_leaves_where_the_budget_ends_and_a_new_peer_may_leave_within_the_month(run: Run) -> None:
    luck = quiet(posts=1, months=1)
    luck.budget[:2, 0] = (
        0.5 * hazard(0.25 + 0.25 * (0.35 + 0.30 * 0.15 - 0.25), 0.70 + 0.20 * (0.575 - 0.70), 0),
        1e-3,
    )
    luck.refill[:2, 0] = 0.125, 0.25
    facts = run(luck, 1.0)
    second = 0.625 + 1e-3 / hazard(0.25, 0.70, 0)
    assert facts.exit_time == pytest.approx([0.5, second], abs=1e-12)
    assert facts.hire_time == pytest.approx([0.625, second + 0.25], abs=1e-12)
    assert facts.headcounts.tolist() == [1]


@every_engine
def test_a_new_peer_spends_budget_for_the_rest_of_the_month_of_hire_only(run: Run) -> None:
    luck = quiet(posts=1, months=3)
    first = hazard(0.25, 0.70, 0)
    leaving = hazard(0.25 + 0.25 * (0.395 - 0.25), 0.70 + 0.20 * (0.575 - 0.70), 0)
    later = hazard(0.25 + 0.25 * (0.395 - 0.25), 0.70 + 0.20 * (0.575 - 0.70), 0.25)
    luck.budget[:2, 0] = 0.5 * leaving, 0.25 * first + 0.75 * later
    luck.refill[:2, 0] = 0.25, 50.0
    facts = run(luck, 1.0)
    assert facts.hire_time == pytest.approx([0.75], abs=1e-12)
    assert facts.exit_time == pytest.approx([0.5, 1.75], abs=1e-12)
    assert facts.headcounts.tolist() == [1, 1, 0]


@every_engine
def test_nobody_is_hired_after_the_end(run: Run) -> None:
    luck = quiet(posts=2, months=2)
    luck.budget[0] = 1e-4
    luck.refill[0] = 1.5, 2.5
    facts = run(luck, 1.0)
    assert facts.exit_post.tolist() == [0, 1]
    assert facts.hire_post.tolist() == [0]


@every_engine
def test_the_longest_since_hire_is_promoted_first_and_of_equals_the_lower_post(run: Run) -> None:
    luck = quiet(posts=20, months=2)
    luck.served[:] = 0.5  # 24 months each
    luck.served[[17, 4]] = 0.75, 0.625
    made = run(luck, 1.0).promotions.tolist()
    assert made == [
        *([0, post, 1] for post in (17, 4, 0, 1, 2, 3)),
        *([1, post, 2] for post in (17, 4)),
        *([1, post, 1] for post in (5, 6)),
    ]


@every_engine
def test_a_rung_needs_its_months_since_hire_to_the_day(run: Run) -> None:
    made = run(quiet(posts=10, months=25), 1.0).promotions.tolist()  # everybody is hired at time 0
    assert made == [[12, 0, 1], [12, 1, 1], [12, 2, 1], [24, 0, 2], [24, 3, 1]]


@every_engine
def test_a_post_that_uses_up_its_occupants_is_an_error(run: Run) -> None:
    luck = quiet(posts=1, months=2)
    luck.budget[:] = 1e-6
    luck.refill[:] = 1e-6
    with pytest.raises(IndexError):
        run(luck, 1.0)


def test_the_compiled_loop_says_that_more_blocks_are_to_be_drawn() -> None:
    luck = quiet(posts=1, months=1)
    luck.budget[:] = 0.0
    with pytest.raises(OutOfLuckError, match="draw more blocks"):
        compiled.run(luck)


def test_headcounts_are_what_exits_and_hires_leave() -> None:
    facts = compiled.run(draw(60, seed=3, blocks=2), 0.8)
    for month, staff in enumerate(facts.headcounts):
        assert staff == 60 - (facts.exit_time < month).sum() + (facts.hire_time < month).sum()


def test_better_pay_means_fewer_exits() -> None:
    exits = [
        sum(compiled.run(draw(50, 4, r, blocks=2), mult).exit_time.size for r in range(5)) for mult in (0.8, 1.0, 1.2)
    ]
    assert exits == sorted(exits, reverse=True)
    assert len(set(exits)) == 3


def test_annual_turnover_at_500_posts_is_the_known_one() -> None:
    values = [annual_turnover(compiled.run(draw(500, 5, replication, blocks=2))) for replication in range(600)]
    error = sqrt(TURNOVER_MARGIN**2 / 4 + stdev(values) ** 2 / len(values))  # the margin is two standard errors
    assert abs(mean(values) - TURNOVER) < 3 * error
    assert error < 0.0006


def test_drawing_more_occupants_leaves_the_earlier_ones_alone() -> None:
    few, more = draw(7, seed=6, replication=2), draw(7, seed=6, replication=2, blocks=3)
    assert more.budget.shape == (3 * LAYERS, 7)
    for name in Draws._fields:
        kept = getattr(more, name)[: len(getattr(few, name))]
        np.testing.assert_array_equal(kept, getattr(few, name), err_msg=name)


def test_replications_and_seeds_have_luck_of_their_own() -> None:
    budgets = [draw(50, seed, replication).budget for seed, replication in ((1, 0), (1, 1), (2, 0))]
    assert not any(np.isin(one, other).any() for one, other in zip(budgets, budgets[1:] + budgets[:1], strict=True))


def test_the_luck_has_the_distributions_of_the_definition() -> None:
    luck = draw(2000, seed=7)
    for name, center, spread in (
        ("served", 0.5, sqrt(1 / 12)),
        ("burnout", 0, 1),
        ("satisfaction", 0, 1),
        ("budget", 1, 1),
        ("refill", 2, 2),
        ("burnout_shock", 0, 1),
        ("satisfaction_shock", 0, 1),
    ):
        values = getattr(luck, name)
        assert abs(values.mean() - center) < 4 * spread / sqrt(values.size), name
        assert values.std() == pytest.approx(spread, rel=0.05), name


def test_a_difference_between_two_stories_is_named() -> None:
    facts = compiled.run(draw(20, seed=8))
    late = facts.exit_time.copy()
    late[3] += 1e-6
    told = {**vars(facts), "exit_time": late}
    assert difference(facts, facts) is None
    assert difference(facts, Facts(**told)) == "exit_time differ by up to 1e-06 months"
    assert difference(facts, Facts(**told), tolerance=1e-5) is None
    told = {**vars(facts), "promotions": facts.promotions[::-1]}
    assert difference(facts, Facts(**told)) == "promotions differ"


def test_annual_turnover_is_exits_over_the_mean_of_twelve_headcounts_averaged_over_years() -> None:
    exits = [(0, 0.5), (0, 11.9), (1, 12.0)]
    facts = Facts.of(exits, [], [], [4] * 12 + [2] * 6 + [1] * 6)
    assert annual_turnover(facts) == pytest.approx((2 / 4 + 1 / 1.5) / 2)

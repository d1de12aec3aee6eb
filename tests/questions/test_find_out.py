"""What to find out first: the assumptions that futures show to move a difference, and hardly ever one that does not."""

from __future__ import annotations

import re

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.questions.compare.find_out import find_out_lines, movers
from sim.results.measures.table import measure_of
from sim.runs.answer import ask
from sim.runs.blocks import Task, run_block, solved_for
from sim.runs.futures.draws import drawn
from sim.runs.futures.joining import remember
from sim.runs.futures.rows import drawn_in, question_of, run_futures
from sim.runs.futures.unknowns import Unknown
from sim.runs.replicate import Settings
from sim.scenario.files import load_table

FUTURES, MANY = 200, 100
KEY = "cash_end_usd"


def unknown(name: str) -> Unknown:
    return Unknown(name, name, "", 0.0, 0.5, 1.0, "share", "D", name)


def draws(seed: int) -> dict[str, NDArray[np.float64]]:
    made = np.random.default_rng(seed).uniform(size=(MANY, FUTURES))
    return {f"one.{place}": row for place, row in enumerate(made)}


UNKNOWNS = [unknown(f"one.{place}") for place in range(MANY)]


def test_what_moves_a_difference_is_found_with_its_share_and_what_it_does_at_both_ends() -> None:
    values, noise = draws(1), np.random.default_rng(2).normal(size=FUTURES)
    gain = 10.0 * (values["one.7"] - 0.5) + noise  # variance 100/12 of it, 1 of chance: 89 % explained
    (found,) = movers(KEY, gain, UNKNOWNS, values)
    assert found.unknown.path == "one.7"
    assert found.share == pytest.approx(0.893, abs=0.03)
    low, high = found.ends  # the lowest and the highest fifth, about 0.1 and 0.9 in their middle
    assert (low.value, high.value) == pytest.approx((0.1, 0.9), abs=0.05)
    for end, place in zip(found.ends, (0.1, 0.9), strict=True):
        assert end.low < 10.0 * (place - 0.5) < end.high
    assert found.decides_the_sign
    assert found.worth == pytest.approx(1.25, abs=0.15)  # 10 (u - 1/2) is expected at u: E max(., 0) = 10 / 8, less 0


@pytest.mark.parametrize(("mean", "worth"), [(3.0, 0.2), (-3.0, 0.2), (6.0, 0.0), (-6.0, 0.0)])
def test_knowing_what_cannot_turn_the_choice_is_worth_nothing(mean: float, worth: float) -> None:
    """Of mean + 10 (u - 1/2): the part below 0 ends at u = 1/2 - mean/10, and its mean is (5 - mean)^2 / 20."""
    values, noise = draws(1), np.random.default_rng(2).normal(size=FUTURES)
    gain = mean + 10.0 * (values["one.7"] - values["one.7"].mean()) + noise - noise.mean()
    (found,) = movers(KEY, gain, UNKNOWNS, values)
    assert found.worth == pytest.approx(worth, abs=0.06)


def test_less_is_better_of_some_measures_and_neither_side_of_others() -> None:
    """Of 2 + 10 (u - 1/2) less than 0 is expected where u is below 0.3: (5 - 2)^2 / 20 is lost, or won, there."""
    values = draws(1)
    gain = 2.0 + 10.0 * (values["one.7"] - 0.5)
    found = {key: next(movers(key, gain, UNKNOWNS, values)).worth for key in (KEY, "vacancy_rate", "exits_per_year")}
    assert [measure_of(key).direction for key in found] == ["higher", "lower", "neither"]
    assert list(found.values()) == [pytest.approx(0.45, abs=0.06), pytest.approx(0.45, abs=0.06), None]


def test_what_an_end_comes_to_is_the_mean_of_the_futures_there() -> None:
    """Worked by hand: 25 futures, the assumption 1 to 25, the measure twice as much: fifths of five futures."""
    values = np.arange(1.0, 26.0)
    (found,) = movers(KEY, 2.0 * values, [unknown("one")], {"one": values})
    assert found.share == pytest.approx(1.0)
    assert [(end.value, end.expected) for end in found.ends] == [(3.0, 6.0), (23.0, 46.0)]


def test_one_extreme_future_names_nothing_and_moves_no_end_beyond_what_was_seen() -> None:
    values, gain = draws(8), np.random.default_rng(9).normal(size=FUTURES)
    gain[np.argmax(values["one.3"])] = 1e6
    assert list(movers(KEY, gain, UNKNOWNS, values)) == []


def test_what_rises_and_falls_again_is_not_told_by_its_ends() -> None:
    values = draws(3)
    gain = (values["one.4"] - 0.5) ** 2 + 0.01 * np.random.default_rng(4).normal(size=FUTURES)
    assert list(movers(KEY, gain, UNKNOWNS, values)) == []


def test_where_nothing_moves_it_something_is_told_in_one_case_of_twenty_at_most() -> None:
    alarms = 0
    for seed in range(200):
        gain = np.random.default_rng(1000 + seed).normal(size=FUTURES)
        alarms += bool(list(movers(KEY, gain, UNKNOWNS, draws(seed))))
    assert 0 < alarms <= 19  # of 200: 10 expected, 19 with a chance of 0.3 % or less


def test_futures_without_a_value_are_left_out_and_a_constant_moves_nothing() -> None:
    values, gain = draws(5), np.full(FUTURES, 3.0)
    assert list(movers(KEY, gain, UNKNOWNS, values)) == []
    gain = np.where(np.arange(FUTURES) % 2 == 0, values["one.1"], np.nan)
    (found,) = movers(KEY, gain, UNKNOWNS, values)
    assert found.futures == FUTURES // 2
    values["one.1"] = np.zeros(FUTURES)
    assert "one.1" not in {one.unknown.path for one in movers(KEY, gain, UNKNOWNS, values)}


def test_a_stated_range_that_decides_is_named_and_asked_for() -> None:
    base = load_table(
        {
            "horizon": {"months": 12, "warm_up_months": 3},
            "posts": {"number": 6},
            "pay": {"wage_usd_per_hour": 24.0},
            "rules": {"enforce": False},
            "funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.75}},
        }
    )
    more = load_table(base.raw | {"benefits": {"fringe_share": 0.3}, "ranges": {"benefits.fringe_share": [0.1, 0.9]}})
    answer = ask(base, [more], Settings(60, 1, jobs=1, unknowns=True))
    told = " ".join(find_out_lines(answer))
    assert "benefits.fringe_share" in told
    assert "State your own to narrow the answer." in told
    assert find_out_lines(ask(base, [more], Settings(60, 1, jobs=1))) == []


def test_what_rows_draw_is_told_without_running_them() -> None:
    loaded = load_table({"pay": {"wage_usd_per_hour": 24.0}, "horizon": {"months": 6, "warm_up_months": 3}})
    question = question_of([loaded], 3)
    known = drawn_in(question, range(4))
    ran = run_futures(question, range(4), solved_for(loaded.scenario)).drawn
    assert all(np.array_equal(known[path], ran[path]) for path in ran)
    assert known["recruitment.days_to_fill"][0] == drawn(question.unknowns, 3, 1)["recruitment.days_to_fill"]


def test_what_blocks_drew_is_taken_over_from_them_in_the_order_of_the_rows() -> None:
    loaded = load_table({"pay": {"wage_usd_per_hour": 24.0}, "horizon": {"months": 6, "warm_up_months": 3}})
    question, numbers = question_of([loaded], 3), range(5)
    tasks = [Task((loaded.scenario,), block, 3, futures=question) for block in (range(3, 5), range(3))]
    remember(question.draws, map(run_block, tasks[:1]), numbers)
    assert not question.draws  # not of all rows
    remember(question.draws, map(run_block, tasks), numbers)
    alone = drawn_in(question_of([loaded], 3), numbers)
    assert all(np.array_equal(question.draws[numbers][path], alone[path]) for path in alone)
    answer = ask(loaded, [], Settings(5, 3, jobs=1, unknowns=True))
    assert answer.settings.futures is not None
    assert numbers in answer.settings.futures.draws


def test_what_moves_one_scenario_alone_is_told_with_what_comes_out_at_both_ends() -> None:
    """An award pays overhead up to its cap, so whether payroll is met hangs on an overhead that nobody has stated."""
    base = load_table(
        {
            "horizon": {"start": "2027-07", "months": 24, "warm_up_months": 3},
            "posts": {"number": 8},
            "pay": {"wage_usd_per_hour": 19.0},
            "funding": {
                "award": {"kind": "grant", "amount_usd_per_year": 700_000.0, "start": "2027-07", "term_months": 36,
                          "indirect_cap_share": 0.15, "reimbursement_lag_days": 30.0},
            },
            "rules": {"opening_cash_usd": 80_000.0},
        }
    )  # fmt: skip
    told = find_out_lines(ask(base, [], Settings(100, 1, jobs=1, unknowns=True)))
    (overhead,) = [line for line in told if "posts.overhead_share" in line]
    sizes = r"−\$[\d,]+ where it is about [\d.]+ %, −\$[\d,]+ where it is about [23]\d %"
    assert re.search(rf"of how \"Margin\" differs by future: {sizes}\. State", overhead)
    stated = load_table(base.raw | {"posts": {"number": 8, "overhead_share": 0.1}})
    assert "overhead" not in " ".join(find_out_lines(ask(stated, [], Settings(100, 1, jobs=1, unknowns=True))))

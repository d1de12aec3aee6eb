"""How much comes from the loops: with them, without them, and the rest."""

from __future__ import annotations

import numpy as np
import pytest

from sim.questions.compare.loop_lines import loop_lines
from sim.questions.compare.shapes import compare_shape
from sim.runs.answer import Answer, ask, in_all
from sim.runs.loops import loops, without_loops
from sim.runs.replicate import Settings, replicate
from sim.scenario.files import Loaded, load_table
from sim.scenario.problems import ScenarioError
from tests.determinism.busy import busy_tables


def loaded(**pay: float) -> Loaded:
    tables = busy_tables()
    return load_table({**tables, "pay": {**tables["pay"], **pay}})


@pytest.fixture(scope="module")
def answer() -> Answer:
    return ask(loaded(), [loaded(wage_usd_per_hour=30.0)], Settings(6, 2, jobs=1), loop_off=True)


def test_the_three_parts_add_up_and_the_static_answer_is_that_of_loops_off(answer: Answer) -> None:
    told = answer.alternatives[0].loops
    assert told is not None
    for key, one in told.items():
        if None not in (one.dynamic.mean, one.static.mean) and one.dynamic.n == one.static.n == one.interaction.n:
            assert one.interaction.mean == pytest.approx(one.dynamic.mean - one.static.mean, abs=1e-6), key
    off = [without_loops(one.loaded).scenario for one in answer.cases]
    values = replicate([answer.base.loaded.scenario, *off], Settings(6, 2, jobs=1))
    static = values[2]["exits_per_year"] - values[1]["exits_per_year"]
    assert told["exits_per_year"].static.mean == pytest.approx(np.mean(static))
    assert told["exits_per_year"].dynamic == answer.alternatives[0].measures["exits_per_year"].difference


def test_switching_loops_off_too_leaves_the_answer_as_it_was(answer: Answer) -> None:
    plain = ask(loaded(), [loaded(wage_usd_per_hour=30.0)], Settings(6, 2, jobs=1))
    assert [one.measures for one in plain.alternatives] == [one.measures for one in answer.alternatives]
    assert plain.alternatives[0].loops is None
    assert loop_lines(plain) == ""


def test_what_the_loops_add_is_told_in_text_and_json(answer: Answer) -> None:
    assert "the loops add" in loop_lines(answer)
    (one,) = compare_shape(answer)["alternatives"]
    assert one["loops"]["exits_per_year"].keys() == {"with_loops", "without", "loops_add"}


def test_intervals_of_two_alternatives_hold_together() -> None:
    values = tuple({"headcount": np.array([1.0, 2.0, 4.0]) * factor} for factor in (1.0, 2.0, 5.0))
    alone, _ = loops(values[:2], values[:2])[0], loops(values, values)
    both = loops(values, values)[0]
    width = [one["headcount"].dynamic.high - one["headcount"].dynamic.low for one in (alone, both)]
    assert width[1] > width[0]


def test_a_measure_that_one_of_them_lacks_is_told_as_undefined() -> None:
    one, other = {"headcount": np.ones(3)}, {"headcount": np.ones(3), "exits_per_year.retired": np.ones(3)}
    assert loops((one, other), (one, other))[0]["exits_per_year.retired"].dynamic.mean is None


def test_loops_that_are_off_already_cannot_be_switched_off() -> None:
    off = without_loops(loaded())
    assert off.fingerprint != loaded().fingerprint
    assert off.raw["experiment"]["feedback"] is False
    with pytest.raises(ScenarioError, match=r"experiment\.feedback = false: the loops are off already"):
        in_all([off], loop_off=True)

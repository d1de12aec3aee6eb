"""What a change does to each kind of employer: told by the measures of all, kind by kind, and it adds up to all."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.model.engine.run import simulate
from sim.questions.compare.by_kind import TITLE, groups_by_kind, sentences
from sim.questions.compare.shapes import compare_shape
from sim.questions.compare.text import compare_text
from sim.results.kinds.sums import TOLD, kinds_of
from sim.results.measures.table import measure_of
from sim.results.summary import value_of
from sim.results.sums import gather
from sim.runs.answer import Answer, ask
from sim.runs.replicate import Settings, check_alike
from sim.scenario.files import Loaded, load_table
from sim.scenario.problems import ScenarioError
from sim.words.provenance import Stamp
from tests.theory.test_market import world
from tests.worlds import merged, quiet_tables

STAMP = Stamp("0", {"base": "0"}, 3, 12, 24, "2026-11-29T00:00:00Z", "peerstay compare")
KINDS = {
    "horizon": {"months": 24},
    "posts": {"number": 30},
    "turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.6}},
    "market": {"employers_meet": True},
    "effects": {"scale": 1.0},
    "employer": [{"name": "one"}, {"name": "the_others", "count": 2}],
}


def made(wage: float = 20.0, **more: object) -> Loaded:
    kinds = [{"name": "one", "pay": {"wage_usd_per_hour": wage}}, {"name": "the_others", "count": 2}]
    return load_table(merged(merged(quiet_tables(), KINDS), {"employer": kinds} | more))


@cache
def answer() -> Answer:
    return ask(made(), [made(30.0)], Settings(12, 3, jobs=1))


def test_a_measure_of_one_kind_is_that_of_its_employers_alone() -> None:
    """Without a market, effects of others or decisions, an employer is what it would be as the only kind."""
    scenario = world(22.0, 20.0, 3, market={"employers_meet": False})
    both = simulate(scenario, [], range(3), 5)[0]
    kinds = kinds_of(gather(both, scenario))
    tables = merged(scenario.model_dump(exclude={"employer"}), {"pay": {"wage_usd_per_hour": 22.0}})
    alone = load_table(tables).scenario
    only = gather(simulate(alone, [], range(3), 5)[0], alone)
    assert kinds_of(only) == {}
    for key in TOLD:
        assert np.array_equal(value_of(measure_of(key), kinds["first"]), value_of(measure_of(key), only)), key


def test_peers_of_the_kinds_add_up_to_all_peers() -> None:
    [one] = answer().alternatives
    sides = (
        (lambda paired: paired.base.mean, answer().base.measures["headcount"].mean),
        (lambda paired: paired.alternative.mean, one.case.measures["headcount"].mean),
    )
    for side, total in sides:
        assert sum(side(told["headcount"]) for told in one.kinds.values()) == pytest.approx(total)


def test_who_raises_gains_and_who_does_not_loses_and_the_text_says_so() -> None:
    [told] = sentences(answer())
    leave, empty = "fewer leave one, more leave the others", "Fewer posts are empty with one, more posts are empty with"
    assert told.startswith(f"At the same tenure {leave}.")
    assert told == f"At the same tenure {leave}." or empty in told
    assert TITLE in compare_text(answer(), STAMP)
    assert [group.heading for group in groups_by_kind(answer())] == [
        "Leavers per 100, same tenure",
        "Vacancy rate",
        "Peers in post",
    ]


def test_json_has_every_kind_with_its_measures() -> None:
    kinds = compare_shape(answer())["alternatives"][0]["kinds"]  # type: ignore[index]
    assert {name: sorted(told) for name, told in kinds.items()} == dict.fromkeys(("one", "the_others"), sorted(TOLD))
    leaving = {name: told[TOLD[1]]["verdict"] for name, told in kinds.items()}
    assert leaving == {"one": "better", "the_others": "worse"}


def test_one_kind_alone_tells_nothing_by_kind() -> None:
    alone = [load_table(merged(quiet_tables(), {"pay": {"wage_usd_per_hour": wage}})) for wage in (20.0, 22.0)]
    told = ask(alone[0], alone[1:], Settings(2, 3, jobs=1))
    assert told.alternatives[0].kinds == {}
    assert "kinds" not in compare_shape(told)["alternatives"][0]  # type: ignore[index]


def test_a_market_is_no_decision() -> None:
    with pytest.raises(ScenarioError, match="must be as in the base: it is how a labor market is modeled"):
        check_alike([made().scenario, made(market={"employers_meet": False}).scenario])

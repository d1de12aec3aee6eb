"""The influence graph knows every input, measure and column; what reads it says nothing wrong."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sim.evidence.effects import load_effects
from sim.influences import graph
from sim.influences.factors import BORN_IN_MODEL, FACTORS, LOOPS, WHOLE
from sim.influences.inputs import INPUTS
from sim.influences.measures import COLUMNS, FACTS
from sim.influences.measures import MEASURES as DECLARED
from sim.questions.compare.assumptions import leaning
from sim.results.measures.table import MEASURES
from sim.scenario.check.conditions import Setting, holds
from sim.scenario.describe import Input, inputs
from sim.scenario.differences import differences
from sim.scenario.files import Loaded, load, load_table
from tests.determinism.busy import busy_tables
from tests.worlds import run_one

ROOT = Path(__file__).parents[2]
PENNSYLVANIA = ROOT / "scenarios/pa_fee_for_service.toml"
EFFECT_ROW = "effects.<cause>.<outcome>"


def as_declared(one: Input) -> str:
    return ".".join("*" if part.startswith("<") else part for part in one.path.split("."))


# nothing is missing


@pytest.mark.parametrize("one", inputs(), ids=lambda one: f"{one.path}[{one.kind}]")
def test_every_input_of_the_schema_is_declared(one: Input) -> None:
    if one.path == EFFECT_ROW:
        return
    try:
        graph.given_at(one.path, one.kind)
    except KeyError:
        line = f"{as_declared(one)} | <the factors of sim/influences/factors.py that it enters, or nothing>"
        pytest.fail(f"nobody says what {one.path} acts on: add this line to sim/influences/inputs.py\n{line}")


@pytest.mark.parametrize("key", MEASURES)
def test_every_measure_is_declared(key: str) -> None:
    try:
        graph.factors_of_measure(key)
    except KeyError:
        line = f"{key} | <the factors of sim/influences/factors.py that it is measured from>"
        pytest.fail(f"nobody says what {key} is measured from: add this line to sim/influences/measures.py\n{line}")


def test_every_column_of_the_panel_is_declared() -> None:
    panel = run_one(load_table(busy_tables()).scenario, 1).panel
    missing = [name for name in panel if not _known_column(name)]
    assert not missing, f"add to _COLUMNS of sim/influences/measures.py: `<column> | <factors>` for {missing}"


def _known_column(name: str) -> bool:
    try:
        return bool(graph.factors_of_column(name))
    except KeyError:
        return False


# nothing is declared that does not exist


def test_no_input_is_declared_that_the_schema_lacks() -> None:
    known = {as_declared(one) for one in inputs()}
    kinds = {(as_declared(one), one.kind) for one in inputs()}
    wrong = [path for path, kind in INPUTS if path not in known or (kind and (path, kind) not in kinds)]
    assert not wrong, f"take out of sim/influences/inputs.py, the schema has no such input: {wrong}"


def test_no_measure_is_declared_that_does_not_exist() -> None:
    assert [name for name in DECLARED if not any(_begins(key, name) for key in MEASURES)] == []


def _begins(key: str, name: str) -> bool:
    return key.startswith(name[:-1]) if name.endswith("*") else key == name


def test_every_factor_named_is_declared_and_every_factor_is_named() -> None:
    entered = {edge.factor for one in INPUTS.values() for edge in one.acts}
    read = {edge.factor for one in FACTORS.values() for edge in one.reads}
    measured = {name for factors in (*DECLARED.values(), *COLUMNS.values(), FACTS) for name in factors}
    table = {name for effect in load_effects().values() for name in (effect.cause, effect.outcome)}
    assert entered | read | measured | table | LOOPS | WHOLE | BORN_IN_MODEL <= FACTORS.keys()
    made = {one.name for one in FACTORS.values() if one.reads}
    assert FACTORS.keys() - entered - table - made == set()


def test_every_factor_reaches_a_measure_or_a_column() -> None:
    shown = graph.measured() | {name for factors in COLUMNS.values() for name in factors}
    assert [name for name in FACTORS if graph.steps([name]).keys().isdisjoint(shown)] == []


def test_every_condition_can_be_read() -> None:
    scenario = load_table(busy_tables()).scenario
    setting = Setting(scenario, scenario.horizon)
    conditions = {condition for one in (*INPUTS.values(), *FACTORS.values()) for condition in one.unless}
    edges = [edge for one in INPUTS.values() for edge in one.acts] + [e for one in FACTORS.values() for e in one.reads]
    for condition in conditions | {condition for edge in edges for condition in edge.unless}:
        assert holds(condition, ("funding", "medicaid", "rate_usd_per_unit"), setting) in (True, False)
    with pytest.raises(ValueError, match="no condition"):
        holds("the moon is full tonight", (), setting)


# what reads it


def lean(base: Loaded, other: Loaded) -> tuple[set[str], set[str]]:
    """Return effects and cards that a comparison leans on, without running it."""
    changes = differences(base.scenario, other.scenario)
    alternative = SimpleNamespace(case=SimpleNamespace(loaded=other), changes=changes)
    luck = SimpleNamespace(futures=None)
    answer: Any = SimpleNamespace(base=SimpleNamespace(loaded=base), alternatives=(alternative,), settings=luck)
    found = leaning(answer)
    return {one.key for one in found.effects}, {one.key for one in found.cards}


def pennsylvania(*sets: str) -> Loaded:
    return load(PENNSYLVANIA, sets)


@pytest.mark.parametrize("change", ["posts.number=44", "posts.fte=0.8"])
def test_more_or_shorter_posts_lean_on_weak_evidence(change: str) -> None:
    effects, cards = lean(pennsylvania(), pennsylvania(change))
    assert {"burnout.return_to_use", "recovery.return_to_use"} <= effects
    assert {"services.standard_load", "services.dropout", "recruitment.cost_per_hire"} <= cards


def test_the_cost_of_fringe_is_not_the_practice_of_the_same_name() -> None:
    effects, cards = lean(pennsylvania(), pennsylvania("benefits.fringe_share=0.4"))
    assert not {key for key in effects if key.startswith("benefits.")}
    assert "posts.overhead_share" in cards
    assert "benefits" not in graph.entered(graph.given_at("benefits.fringe_share"))
    assert graph.entered(graph.given_at("practices.benefits")) == ("benefits",)


def test_a_rate_of_medicaid_does_not_lean_on_the_certainty_of_awards() -> None:
    effects, cards = lean(pennsylvania(), pennsylvania("funding.medicaid.rate_usd_per_unit=15"))
    assert not {key for key in effects if key.startswith("funding_certainty.")}
    assert {"recruitment.ramp_up_months", "time_use.no_show"} <= cards


def test_a_budget_that_goes_by_what_the_year_showed_leans_on_no_card_of_output() -> None:
    """An output left out is what the last twelve closes showed, so nothing is assumed of it."""
    _, cards = lean(pennsylvania(), pennsylvania("funding.medicaid.rate_usd_per_unit=15"))
    assert "rules.yearly_budget.productivity" not in cards


def test_where_money_reaches_nobody_a_rate_leans_on_no_effect() -> None:
    off = ["rules.enforce=false", "pay.pass_through_share=0"]
    effects, cards = lean(pennsylvania(*off), pennsylvania(*off, "funding.medicaid.rate_usd_per_unit=15"))
    assert effects == set()
    assert not {key for key in cards if key.startswith(("turnover", "recruitment", "practices", "rules.yearly"))}


def test_what_the_user_states_otherwise_is_no_assumption() -> None:
    own = "recruitment.cost_per_hire_usd=4321"
    _, cards = lean(pennsylvania(own), pennsylvania(own, "pay.wage_usd_per_hour=26"))
    assert "recruitment.cost_per_hire" not in cards
    assert "recruitment.cost_per_hire" in lean(pennsylvania(), pennsylvania("pay.wage_usd_per_hour=26"))[1]


def test_loops_end_what_stands_next_to_a_measure() -> None:
    assert "wage" in graph.factors_entering("mean_wage_usd_per_hour")
    assert "exit_voluntary" in graph.factors_entering("exits_per_year")
    assert not {"cash", "satisfaction", "supervisor_support"} & graph.factors_entering("mean_wage_usd_per_hour")
    assert "supervisor_support" in graph.factors_entering("satisfaction_mean")


def test_nothing_next_to_a_name_that_is_no_measure() -> None:
    with pytest.raises(KeyError):
        graph.factors_entering("burn")

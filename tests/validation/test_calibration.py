"""Defaults are the committed fit; every target is answered; the search repeats itself."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pytest

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.evidence.facts import load_facts
from studies.calibration.__main__ import FIT, PAGE
from studies.calibration.reference import PARAMETERS, Parameter, reference
from studies.calibration.search import FITTED, Found, Point, Seen, descend, distance, evaluate, hypercube, on_grid
from studies.calibration.showing import shown
from studies.calibration.staying import staying
from studies.calibration.targets import NOT_PRODUCED, TARGETS, Target, inside, shortfall
from studies.validation.history import run

KEPT = tomllib.loads(FIT.read_text(encoding="utf-8"))


def default_of(parameter: Parameter) -> float:
    if parameter.path[0] == "effects":
        return load_effects()[".".join(parameter.path[1:])].effect
    value: float = reference({})
    for name in parameter.path:
        value = getattr(value, name)
    return value


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_defaults_are_the_committed_fit(parameter: Parameter) -> None:
    assert default_of(parameter) == KEPT["parameter"][parameter.name]["value"]


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_a_fitted_value_is_the_one_on_its_card(parameter: Parameter) -> None:
    if parameter.path[0] != "effects":
        assert load_cards()[parameter.card].value == KEPT["parameter"][parameter.name]["value"]


def test_the_kept_fit_is_as_far_from_the_targets_as_it_says() -> None:
    """Else the model has moved since, and `make calibrate` writes both files again."""
    searched = [parameter for parameter in PARAMETERS if parameter.fitted]
    point = on_grid({one.name: KEPT["parameter"][one.name]["value"] for one in searched}, searched)
    assert round(distance(evaluate(point), point, searched), 4) == KEPT["search"]["distance"]


def test_every_target_number_is_answered_once_or_more_or_said_why_not() -> None:
    produced, missing = {target.number for target in TARGETS}, {number for number, _, _ in NOT_PRODUCED}
    assert produced | missing == {f"C{number}" for number in range(1, 28)}
    assert not produced & missing


def test_every_target_of_the_workforce_table_that_has_a_number_is_known() -> None:
    known = {target.number for target in TARGETS} | {number for number, _, _ in NOT_PRODUCED}
    for fact in load_facts("workforce").values():
        if fact.fact.endswith(")") and fact.fact.rpartition("(C")[2][:-1].isdigit():
            assert f"C{fact.fact.rpartition('(C')[2][:-1]}" in known, fact.key


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.key)
def test_the_kept_fit_holds_every_target_against_its_present_band(target: Target) -> None:
    kept = KEPT["target"][target.key]
    assert kept["band"] == [round(end, 4) for end in target.limits]
    assert kept["inside"] == inside(target, kept["simulated"])
    assert target.limits[0] < target.limits[1]


def test_at_least_twelve_targets_hold() -> None:
    assert sum(target["inside"] for target in KEPT["target"].values()) >= 12


def test_no_search_is_led_by_a_natural_experiment() -> None:
    assert not {target.number for target in FITTED} & {"C13", "C23", "C27"}


def test_the_page_says_the_values_that_are_kept() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for parameter in PARAMETERS:
        assert f"| {parameter.name.replace('_', ' ')} | {KEPT['parameter'][parameter.name]['value']:g} |" in page


def test_a_shortfall_is_counted_from_the_nearer_edge_of_the_band() -> None:
    target = next(target for target in TARGETS if target.key == "retention_12")
    low, high = target.limits
    assert shortfall(target, (low + high) / 2) == 0
    assert shortfall(target, low - 0.07) == pytest.approx(0.07 / target.middle)
    assert shortfall(target, high + 0.07) == pytest.approx(0.07 / target.middle)


def test_no_function_that_processes_run_stands_in_a_main_module() -> None:
    """They are started afresh and find nothing of a package's `__main__`, at which `make calibrate` broke off."""
    handed = []

    def spread(function: Callable[[Any], Any], items: Iterable[Any], /) -> Iterator[Any]:
        handed.append(function)
        return iter([{"vacancy": np.zeros(2)} for _ in items])

    shown({}, spread)
    assert handed
    assert [one for one in (*handed, evaluate, run) if one.__module__.endswith("__main__")] == []


# the search ------------------------------------------------------------------------------------------------------


def test_every_part_of_every_range_is_met_once() -> None:
    points = hypercube(10)
    for parameter in PARAMETERS:
        width = parameter.high - parameter.low
        tenths = sorted(int((point[parameter.name] - parameter.low) / width * 10) for point in points)
        assert tenths == list(range(10))


def test_the_search_finds_the_bottom_of_a_bowl(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = [parameter for parameter in PARAMETERS if parameter.fitted]
    bottom = on_grid({parameter.name: (parameter.low + parameter.high) / 2 for parameter in searched}, searched)

    def bowl(_: Seen, point: Point, parameters: list[Parameter]) -> float:
        return sum(((point[p.name] - bottom[p.name]) / p.step) ** 2 for p in parameters)

    monkeypatch.setattr("studies.calibration.search.evaluate", lambda _: {})
    monkeypatch.setattr("studies.calibration.search.distance", bowl)
    found: Found = descend(on_grid({p.name: p.low for p in searched}, searched), searched, map)
    assert found.point == bottom
    assert found.distance == 0


@pytest.mark.parametrize(("gain", "moves"), [(0.0, False), (0.002, False), (0.02, True)])
def test_values_kept_move_only_for_an_end_that_is_nearer_by_more_than_luck(
    monkeypatch: pytest.MonkeyPatch, gain: float, moves: bool
) -> None:
    """On luck of a hundredth, over eight times: what is nearer by 0.02 moves them, what is by 0.002 does not."""
    searched = [parameter for parameter in PARAMETERS if parameter.fitted]
    ended = on_grid({p.name: p.low for p in searched}, searched)

    def shown_with(point: Point, replications: range) -> dict[str, np.ndarray]:
        luck = np.random.default_rng(len(point) + replications.start + 99 * (point == ended)).normal(0.0, 0.01)
        return {"distance": np.array([0.05 + luck - gain * (point == ended)])}

    monkeypatch.setattr("studies.calibration.staying.flows", shown_with)
    monkeypatch.setattr("studies.calibration.staying.evaluate", lambda _: {"distance": 0.05})
    monkeypatch.setattr("studies.calibration.staying.distance", lambda seen, *_: seen["distance"])
    found = staying(Found(ended, {}, 0.04), searched, FIT, map)
    assert found.moves is moves
    assert found.best is (found.ended if moves else found.kept)
    assert found.kept.point["early_peak"] == KEPT["parameter"]["early_peak"]["value"]
    assert staying(found.kept, searched, FIT, map).best is found.kept


def test_the_same_point_shows_the_same_to_the_last_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studies.calibration.search.REPLICATIONS", 1)
    first, second = evaluate({}), evaluate({})
    assert first == second
    assert distance(first, {p.name: p.prior for p in PARAMETERS}, PARAMETERS) > 0


def test_retention_and_the_age_of_leavers_are_one_figure_in_a_steady_workforce(monkeypatch: pytest.MonkeyPatch) -> None:
    """C4 and C6 of the page: the share of leavers with under a year is 1 − retention at 12 months, nearly."""
    monkeypatch.setattr("studies.calibration.search.REPLICATIONS", 1)
    seen = evaluate({})
    assert seen["leavers_under_year"] == pytest.approx(1 - seen["retention_12"], abs=0.03)

"""Whom a change reaches: the numbers by group are those of everybody, and few people are not told of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.questions.fair.fair import ASPECTS, FEWEST, Fair, fair_shares
from sim.questions.fair.marks import marks_of
from sim.questions.fair.text import fair_text
from sim.results.groups import DIMENSIONS, EVERYBODY
from sim.runs.replicate import Settings
from sim.scenario.files import load, load_table
from sim.scenario.read.what_if import typed_as

ROOT = Path(__file__).parents[2]
BASE, RISE = (ROOT / f"scenarios/{name}.toml" for name in ("statewide_portfolio", "statewide_rural_pay"))
PAY, KEPT, LEFT, _, PROMOTED = ASPECTS


@pytest.fixture(scope="module")
def fair() -> Fair:
    return fair_shares([load(BASE, months=18), load(RISE, months=18)], Settings(4, 1, 1))


def test_a_raise_in_the_country_reaches_those_in_the_country(fair: Fair) -> None:
    rural, urban = (fair.cell(PAY, group, 1).difference for group in ("rural", "urban"))
    assert rural.low is not None
    assert rural.low > 2.0
    assert urban.mean == 0.0
    own, every = fair.cell(PAY, "rural", 1), fair.cell(PAY, EVERYBODY, 1)
    assert own.beside.mean == pytest.approx(own.difference.mean - every.difference.mean)  # type: ignore[operator]


def test_groups_tell_the_measures_that_the_answer_has_of_everybody(fair: Fair) -> None:
    for case, one in enumerate(fair.answer.cases):
        told, known = fair.cell(PAY, EVERYBODY, case).value, one.measures["mean_wage_usd_per_hour"]
        assert (told.mean, told.low, told.high) == pytest.approx((known.mean, known.low, known.high))
        told, known = fair.cell(LEFT, EVERYBODY, case).value, one.measures["separations_per_100_posts_year"]
        assert told.mean == pytest.approx(known.mean)
        told, known = fair.cell(KEPT, EVERYBODY, case).value, one.measures["retention_in_post_12_months"]
        assert told.mean == pytest.approx(known.mean)


def test_a_group_of_one_division_weighs_by_its_people(fair: Fair) -> None:
    for groups in DIMENSIONS.values():
        there = [group for group in groups if group in fair.groups]
        if there:
            assert sum(fair.people(group) for group in there) == pytest.approx(fair.people(EVERYBODY))
    assert "full_time" not in fair.groups  # all are: a division into one group is none


def test_few_people_are_not_told_of_nor_can_be_found_by_subtraction() -> None:
    """Of 46 posts 12 are half-time and about nine peers are Black, nine of other groups: both are hidden."""
    fair = fair_shares([load(ROOT / "scenarios/pa_positions.toml", months=18)], Settings(6, 1, 1))
    hidden = {group for group in fair.groups if fair.cell(LEFT, group, 0).hidden}
    few = {group for group in fair.groups if fair.people(group) < FEWEST}
    assert few == {"black", "other_non_white"}
    assert hidden == few
    assert fair.told_people("black") is None
    table = {
        "place": {"black_share": 0.3, "non_white_share": 0.36},
        "pay": {"wage_usd_per_hour": 20.0},
        "posts": {"number": 100},
    }
    lone = fair_shares([load_table(table | {"horizon": {"months": 12, "warm_up_months": 0}})], Settings(6, 1, 1))
    assert [group for group in lone.groups if lone.people(group) < FEWEST] == ["other_non_white"]
    assert {group for group in lone.groups if lone.cell(LEFT, group, 0).hidden} == {"other_non_white", "black"}


def test_what_nobody_gets_is_not_shown_and_what_is_hidden_is_a_dash(fair: Fair) -> None:
    text = fair_text(fair, "peerstay fair")
    assert fair.cell(PROMOTED, EVERYBODY, 1).value.mean == 0.0  # no ladder
    assert "PROMOTIONS" not in text
    assert "PAY AN HOUR, mean wage: statewide_rural_pay" in text
    assert max(map(len, text.splitlines())) <= 115


def test_marks_are_those_in_force_and_can_be_taken_out() -> None:
    loaded = load(BASE, months=12)
    table = {one.key: one for one in marks_of(loaded.scenario)}
    assert set(table) == {
        "non_white_identity.satisfaction", "black_identity.burnout", "rural.burnout", "full_time.burnout",
    }  # fmt: skip
    assert not any(one.typed for one in table.values())
    off = [f"effects.{key}=0" for key in table] + ["effects.scale=0.5"]
    typed = load(BASE, months=12, what_if=typed_as("off", off))
    assert {(one.effect, one.typed) for one in marks_of(typed.scenario)} == {(0.0, True)}


def test_without_marks_a_group_is_only_a_name() -> None:
    """All marks out, the same luck: whoever is Black or not, everybody's careers are the same."""
    off = {"effects": {"black_identity": {"burnout": 0.0}, "non_white_identity": {"satisfaction": 0.0}}}
    shares = ({"black_share": 0.1, "non_white_share": 0.2}, {"black_share": 0.5, "non_white_share": 0.9})
    both = [
        load_table({"pay": {"wage_usd_per_hour": 20.0}, "horizon": {"months": 12}, "place": place, **off})
        for place in shares
    ]
    found = [fair_shares([one], Settings(3, 2, 1)) for one in both]
    first, second = (
        np.array([one.collected.of(0, f"{name}.everybody") for name in ("left", "lived")]) for one in found
    )
    assert first.tolist() == second.tolist()
    assert found[0].people("black") < found[1].people("black")


def test_a_list_of_people_says_who_is_in_which_group() -> None:
    """Of 40 listed people 15 said they are Black, 12 of another group, 13 White; who follows is White."""
    roster = [{"hired": "2025-01", "group": "black"}] * 15
    roster += [{"hired": "2025-01", "group": "other_non_white"}] * 12 + [{"hired": "2025-01", "group": "white"}] * 13
    table = {
        "pay": {"wage_usd_per_hour": 20.0}, "posts": {"number": 40, "roster": roster}, "horizon": {"months": 12},
        "place": {"black_share": 0.0, "non_white_share": 0.0}, "rules": {"enforce": False},
    }  # fmt: skip
    fair = fair_shares([load_table(table)], Settings(3, 2, 1))
    started = {
        group: set(fair.collected.of(0, f"start.{group}").tolist()) for group in ("black", "other_non_white", "white")
    }
    assert started == {"black": {15.0}, "other_non_white": {12.0}, "white": {13.0}}
    assert fair.collected.of(0, "people.black").tolist() == [15.0] * 3
    assert np.all(fair.collected.of(0, "people.white") > 13.0)

"""Whom a change reaches: the numbers by group are those of everybody, and few people are not told of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.questions.fair.divisions import marks_of, missing
from sim.questions.fair.fair import ASPECTS, FEWEST, Fair, fair_shares
from sim.questions.fair.text import fair_text, marks_told
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


def test_marks_are_told_in_words(fair: Fair) -> None:
    *told, meant = marks_told(fair)
    assert [one.partition(" →")[0] for one in told] == [
        "non-White identity", "Black identity", "rural place", "full-time work",
    ]  # fmt: skip
    assert meant.startswith("SD is a standard deviation")


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


def test_over_futures_groups_tell_the_measures_of_the_answer_and_their_middle_90_percent() -> None:
    everyone = [load("pa_fee_for_service", months=13), load("pa_wage_25", months=13)]
    fair = fair_shares(everyone, Settings(20, 1, 1, unknowns=True))
    for case, one in enumerate(fair.answer.cases):
        for aspect, key in ((PAY, "mean_wage_usd_per_hour"), (LEFT, "separations_per_100_posts_year")):
            cell, spread = fair.cell(aspect, EVERYBODY, case), one.spreads[key]
            assert cell.value.mean == pytest.approx(one.measures[key].mean)
            assert cell.single is not None
            assert cell.single.value is not None
            assert (cell.single.value.low, cell.single.value.high) == pytest.approx((spread.low, spread.high))
    apart = fair.cell(PAY, EVERYBODY, 1).single
    known = fair.answer.alternatives[0].measures["mean_wage_usd_per_hour"].spread
    assert apart is not None
    assert apart.difference == known
    text = " ".join(fair_text(fair, "peerstay fair").split())
    assert "Found over 20 futures together" in text
    assert "drawn from −0.25 to" in text


def test_ranges_of_futures_are_told_of_no_group_that_is_small_in_some() -> None:
    """Twelve Black peers of forty on average: in some futures they are fewer than eleven, so no range is told."""
    table = {
        "place": {"black_share": 0.33, "non_white_share": 0.66}, "pay": {"wage_usd_per_hour": 20.0},
        "posts": {"number": 42}, "horizon": {"months": 12, "warm_up_months": 0}, "rules": {"enforce": False},
    }  # fmt: skip
    fair = fair_shares([load_table(table)], Settings(20, 1, 1, unknowns=True))
    cell = fair.cell(LEFT, "black", 0)
    assert fair.people("black") > FEWEST
    assert cell.value.mean is not None
    assert cell.single is None
    row = next(line for line in fair_text(fair, "peerstay fair").splitlines() if line.startswith("Black"))
    assert row.split()[-1] == "–"
    assert fair.cell(LEFT, EVERYBODY, 0).single is not None


@pytest.mark.parametrize(
    ("table", "lacks"),
    [
        ({"posts": {"number": 10}}, "there are 10 posts: state more posts"),
        ({"place": {"black_share": 0.0, "non_white_share": 0.0}}, "Everybody is in one group"),
        ({"place": {"black_share": 1.0, "non_white_share": 1.0}}, "Everybody is in one group"),
        ({"place": {"black_share": 0.0, "non_white_share": 0.1}}, ""),
        ({"place": {"black_share": 0.0, "non_white_share": 0.0}, "positions": {"few": {"number": 12, "fte": 0.5}}}, ""),
        ({"place": {"black_share": 0.0, "non_white_share": 0.0}, "employer": [
            {"name": "town"}, {"name": "country", "place": {"rural": True}}]}, ""),
    ],
)  # fmt: skip
def test_what_has_to_be_stated_for_groups_is_known_before_anything_is_run(table: dict[str, Any], lacks: str) -> None:
    loaded = load_table(
        {"pay": {"wage_usd_per_hour": 20.0}, "horizon": {"months": 12, "warm_up_months": 0}, "posts": {"number": 30}}
        | table
    )
    told = missing(loaded.scenario)
    assert lacks in told
    assert bool(told) == bool(lacks)
    fair = fair_shares([loaded], Settings(2, 1, 1))
    assert lacks in " ".join(fair_text(fair, "peerstay fair").split())
    if lacks:
        assert {group for group in fair.groups if fair.told_people(group) is not None} <= {EVERYBODY}


def test_where_every_group_is_small_everybody_alone_is_told_of() -> None:
    table = {"pay": {"wage_usd_per_hour": 20.0}, "horizon": {"months": 12, "warm_up_months": 0}}
    table |= {"posts": {"number": 18}, "place": {"black_share": 0.3, "non_white_share": 0.6}}
    table |= {"rules": {"enforce": False}}
    fair = fair_shares([load_table(table)], Settings(4, 1, 1))
    assert [group for group in fair.groups if fair.told_people(group) is not None] == [EVERYBODY]
    assert "Every group has fewer than 11 people, so nothing is told by group." in " ".join(
        fair_text(fair, "peerstay fair").split()
    )

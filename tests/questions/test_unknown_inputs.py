"""What a scenario takes for granted is listed; what it decides is known."""

from __future__ import annotations

from typing import Any

import pytest

from sim.evidence.effects import load_effects
from sim.runs.futures.unknown_inputs import open_in, unknowns_of
from sim.runs.futures.unknowns import AWARDED, CLAIMING, FEELING, GROUPS, LEAVING, RETURNING, Stated
from sim.scenario.files import Loaded, load_table
from sim.scenario.problems import ScenarioError

SMALL: dict[str, Any] = {
    "posts": {"number": 5},
    "pay": {"wage_usd_per_hour": 24.0},
    "funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.75}},
}


def loaded(**more: Any) -> Loaded:
    return load_table(SMALL | more)


def by_path(*everyone: Loaded, **options: Any) -> dict[str, Any]:
    return {one.path: one for one in unknowns_of(everyone, **options)}


def test_every_effect_is_an_assumption_with_the_range_of_its_row() -> None:
    known = by_path(loaded())
    for key, effect in load_effects().items():
        one = known[f"effects.{key}"]
        if one.posterior:
            continue
        assert (one.low, one.likely, one.high, one.grade) == (effect.low, effect.effect, effect.high, effect.grade)


def test_what_the_user_states_is_known() -> None:
    left, stated = by_path(loaded()), by_path(loaded(recruitment={"days_to_fill": 70.0}))
    assert "recruitment.days_to_fill" in left
    assert left.keys() - stated.keys() == {"recruitment.days_to_fill"}


def test_a_default_that_stands_for_a_decision_is_known() -> None:
    known = by_path(loaded())
    assert not {"posts.fte", "pay.certification_premium_share", "posts.number", "horizon.months"} & known.keys()


def test_every_assumption_lies_in_its_range_and_in_a_group() -> None:
    for one in by_path(loaded()).values():
        assert one.posterior or one.low <= one.likely <= one.high, one.path
        assert one.low < one.high, one.path
        assert one.group in GROUPS


def test_groups_go_by_what_an_assumption_acts_on() -> None:
    grant = {"award": {"kind": "grant", "amount_usd_per_year": 1e5, "start": "2027-07"}}
    known = by_path(loaded(funding=SMALL["funding"] | grant, rules={"braiding": ["medicaid", "award"]}))
    groups = {
        "effects.burnout.exit_voluntary": LEAVING,
        "effects.training.return_to_use": RETURNING,
        "effects.workload.burnout": FEELING,
        "funding.medicaid.denial_share": CLAIMING,
        "funding.award.renewal_chance": AWARDED,
        "turnover.tenure_shape": LEAVING,
    }
    assert {path: known[path].group for path in groups} == groups


def test_an_alternative_keeps_what_it_states_while_the_base_does_not_know_it() -> None:
    base, other = loaded(), loaded(recruitment={"days_to_fill": 30.0})
    unknowns = unknowns_of([base, other])
    first, second = open_in([base, other], unknowns)
    assert first - second == {"recruitment.days_to_fill"}
    assert not second - first


def test_a_hazard_that_is_stated_leaves_no_observed_turnover_to_doubt() -> None:
    hazards = {"level": {"kind": "hazards", "voluntary_per_year": 0.2}}
    assert "turnover.level.separations_per_100_posts_year" in by_path(loaded())
    assert not any(path.startswith("turnover.level") for path in by_path(loaded(turnover=hazards)))


def test_what_is_stated_alike_can_be_moved_over_the_range_of_its_card() -> None:
    known = by_path(loaded(), stated=True)
    assert known["pay.wage_usd_per_hour"].likely == 24.0
    far = by_path(loaded(pay={"wage_usd_per_hour": 40.0}), stated=True)["pay.wage_usd_per_hour"]
    assert far.high == 40.0
    apart = by_path(loaded(), loaded(pay={"wage_usd_per_hour": 25.0}), stated=True)
    assert "pay.wage_usd_per_hour" not in apart


def test_the_user_may_doubt_what_he_states() -> None:
    also = [Stated("pay.wage_usd_per_hour", 22.0, 27.0), Stated("effects.workload.burnout", 0.0, 0.6)]
    known = by_path(loaded(), also=also)
    assert (known["pay.wage_usd_per_hour"].low, known["pay.wage_usd_per_hour"].likely) == (22.0, 24.0)
    assert known["effects.workload.burnout"].high == 0.6
    assert "pay.wage_usd_per_hour" in open_in([loaded()], tuple(known.values()), also)[0]


def test_every_fault_of_what_the_user_doubts_is_named_at_once() -> None:
    other = loaded(pay={"wage_usd_per_hour": 25.0})
    also = [
        Stated("pay.wage_usd_per_hour", 20.0, 30.0),
        Stated("recruitment.days_to_fil", 1.0, 2.0),
        Stated("recruitment.days_to_fill", 1.0, 2.0),
        Stated("effects.workload.burnout", 0.5, 0.5),
    ]
    with pytest.raises(ScenarioError) as fault:
        unknowns_of([loaded(), other], also)
    text = str(fault.value)
    assert len(text.splitlines()) == 4
    assert "did you mean recruitment.days_to_fill?" in text
    assert "what they decide on" in text

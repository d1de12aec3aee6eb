"""Every effect finds its place in the model, or is refused."""

from __future__ import annotations

import pytest

from sim.evidence.effects import load_effects
from sim.model.world.causes import OUTCOMES, Effects, sort_effects

NOISE = {"burnout": 0.5, "satisfaction": 0.6, "role_clarity": 0.7, "recovery": 0.8}


def sorted_effects(**values: float) -> Effects:
    """Return effects given as cause__outcome=effect."""
    return sort_effects({key.replace("__", "."): value for key, value in values.items()}, NOISE)


def test_a_cause_lives_with_the_employer_the_person_or_the_month() -> None:
    effects = sorted_effects(workload__burnout=0.35, age__burnout=-0.2, burnout__exit_voluntary=0.18)
    assert effects.employer == (("workload", OUTCOMES.index("burnout"), 0.35),)
    assert effects.traits == (("age", OUTCOMES.index("burnout"), -0.2),)
    assert effects.peer == (("burnout", OUTCOMES.index("exit_voluntary"), 0.18),)
    assert effects.noise_sd == (0.5, 0.6, 0.7, 0.8)


def test_the_wage_and_boundary_difficulty_have_places_of_their_own() -> None:
    effects = sorted_effects(log_wage_over_outside_wage__exit_voluntary=-1.2, burnout__boundary_difficulty=0.2)
    assert (effects.wage, effects.burnout_on_boundary) == (-1.2, 0.2)
    assert effects.employer == effects.traits == effects.peer == ()


def test_what_moves_prospects_is_kept_apart() -> None:
    assert sorted_effects(stigma__prospects=-0.15).on_prospects == (("stigma", -0.15),)


def test_effects_of_zero_are_left_out() -> None:
    effects = sorted_effects(workload__burnout=0.0, age__prospects=0.0)
    assert (effects.employer, effects.wage, effects.burnout_on_boundary) == ((), 0.0, 0.0)


def test_every_row_of_the_effects_table_has_a_place() -> None:
    values = {key: effect.effect or 0.1 for key, effect in load_effects().items()}
    effects = sort_effects(values, NOISE)
    rows = (*effects.employer, *effects.traits, *effects.peer, *effects.on_prospects)
    assert len(rows) + 2 == len(values)  # the wage and boundary difficulty are the two


@pytest.mark.parametrize(
    "key", ["moon.burnout", "workload.moon", "log_wage_over_outside_wage.burnout", "age.prospects"]
)
def test_an_effect_without_a_place_is_refused_by_name(key: str) -> None:
    with pytest.raises(ValueError, match=r"^effects\.(moon|workload|log_wage|age)"):
        sort_effects({key: 0.1}, NOISE)

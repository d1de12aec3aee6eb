"""Households and effects are described on the page: added, changed, switched off, taken back."""

from __future__ import annotations

from typing import Any

import pytest

from sim.evidence.effects import load_effects
from sim.questions.evidence.parts import number_text
from sim.ui.inputs.households import READY, name_of, refusal
from sim.ui.reading import read
from sim.words.inputs import name_in_words
from tests.app.pages import AppTest, asked, box, button, choice, opened, text
from tests.app.worlds import small

SMALL = small(replications=20)
ADD = "Add a household"
FIND = f"Find one of {len(load_effects())} effects"
EFFECT = ("effects", "supervisor_support", "satisfaction")


def place_step(**more: Any) -> AppTest:
    return opened("build", small(replications=20, **more), step="place")


def households(app: AppTest, place: int = 0) -> dict[str, Any]:
    told = asked(app).tables(place)["place"]["households"]
    return {name: one for name, one in told.items() if one != "off"}


def test_without_households_the_page_says_for_whom_the_living_wage_is() -> None:
    assert "every peer is counted as one adult who lives alone" in text(place_step())


def test_the_first_household_that_is_named_stands_beside_the_one_that_was_assumed() -> None:
    app = place_step()
    choice(app, ADD).set_value("one adult, one child").run()
    assert households(app) == {"one_adult": {"share": 1.0}, "one_adult_one_child": {"share": 0.0, "bedrooms": 2}}
    assert read(asked(app)).key
    box(app, "Share of peers who live so (one adult one child) (% of peers)").set_value(30.0).run()
    assert "shares of households must add up to 1" in text(app)
    box(app, "Share of peers who live so (one adult) (% of peers)").set_value(70.0).run()
    assert read(asked(app)).key
    assert households(app)["one_adult_one_child"]["share"] == 0.3


def test_a_household_takes_its_own_living_wage_and_says_how_it_was_found() -> None:
    two = {"households": {"one_adult": {"share": 0.6}, "family": {"share": 0.4, "bedrooms": 2}}}
    app = place_step(place=two)
    assert "by the rent of its bedrooms" in text(app)
    box(app, "This household's own living wage at the start (family) ($ an hour)").set_value(41.5).run()
    assert "Living wage of this household at the start: $41.50 an hour, by its own figure." in text(app)
    assert read(asked(app)).sound[0].scenario.place.households["family"].living_wage_usd_per_hour == 41.5
    assert "Has no effect now: living_wage_usd_per_hour is set" in text(app)


@pytest.mark.parametrize("place", [0, 1])
def test_a_household_is_removed_from_base_or_alternative_alone(place: int) -> None:
    two = {"households": {"one_adult": {"share": 1.0}, "family": {"share": 0.0}}}
    app = opened("build", small(replications=20, place=two), step="place", editing=place)
    button(app, "Remove this household: family").click().run()
    assert [len(one.scenario.place.households) for one in read(asked(app)).sound] == [1 if place == 0 else 2, 1]


def test_a_name_without_letters_or_taken_already_is_refused_with_its_rule() -> None:
    assert "a name needs letters" in refusal("42", ["one_adult"])
    assert "this name is taken already" in refusal("One adult", ["one_adult"])
    assert refusal("Two adults, 3 children", ["one_adult"]) == ""
    assert name_of("2 adults, 3 children!") == "adults_3_children"


def test_every_household_offered_has_a_name_of_its_own() -> None:
    assert len({name_of(words) for words in READY}) == len(READY)


# effects ---------------------------------------------------------------------------------------------------------


def advanced(**more: Any) -> AppTest:
    return opened("build", small(replications=20, **more), step="advanced", expert=True)


def test_effects_are_for_experts_and_found_by_search() -> None:
    assert "Effects of one thing" not in text(opened("build", SMALL, step="advanced"))
    app = advanced()
    assert not [one for one in app.number_input if one.label.startswith("Effect of")]
    choice(app, FIND).set_value(EFFECT).run()
    assert [one.label for one in app.number_input if one.label.startswith("Effect of")] == [
        "Effect of supervisor support on satisfaction (SD per SD)"
    ]
    assert "effects" not in asked(app).base


@pytest.mark.parametrize("effect", [one for one in load_effects().values() if one.cause in ("prospects", "stigma")])
def test_an_effect_shows_its_value_range_and_evidence(effect: Any) -> None:
    app = advanced()
    choice(app, FIND).set_value(("effects", *effect.key.split("."))).run()
    label = (
        f"{name_in_words(('effects', effect.cause, effect.outcome))} ({'log hazard' if 'exit' in effect.key else 'SD'}"
    )
    one = next(one for one in app.number_input if one.label.startswith(label))
    assert one.value == effect.effect
    slider = next(one for one in app.slider if one.label.startswith(label))
    assert (slider.min, slider.max) == (effect.low, effect.high)
    told = text(app).replace("\\", "")
    assert f"Value: {number_text(effect.effect)} ({number_text(effect.low)} to {number_text(effect.high)})" in told
    assert f"Basis: {effect.basis[:30]}" in told


def test_an_effect_is_changed_switched_off_and_put_back() -> None:
    app = advanced(effects={"supervisor_support": {"satisfaction": 0.2}})
    label = "Effect of supervisor support on satisfaction (SD per SD)"
    assert box(app, label).value == 0.2
    button(app, "Switch off: effect of supervisor support on satisfaction").click().run()
    assert read(asked(app)).sound[0].scenario.effects.overrides() == {"supervisor_support.satisfaction": 0.0}
    button(app, "As in the evidence: effect of supervisor support on satisfaction").click().run()
    assert read(asked(app)).sound[0].scenario.effects.overrides() == {}
    assert not [one for one in app.number_input if one.label == label]


def test_an_alternative_that_changes_an_effect_is_named_after_it() -> None:
    app = opened("build", SMALL, step="advanced", expert=True, editing=1, **{"effects.pinned": [EFFECT]})
    box(app, "Effect of supervisor support on satisfaction (SD per SD)").set_value(0.45).run()
    assert "Effect of supervisor support on satisfaction 0.45" in read(asked(app)).title(1)
    assert "Base: 0.3" in text(app)


def test_how_fast_a_state_moves_is_changed_for_that_state_alone() -> None:
    app = advanced()
    box(app, "Time constants of the four states (burnout) (months)").set_value(10.0).run()
    constants = read(asked(app)).sound[0].scenario.effects.months_to_adjust
    assert constants == {"burnout": 10.0, "satisfaction": 6.0, "role_clarity": 4.0, "recovery": 12.0}

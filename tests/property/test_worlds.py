"""The worlds that properties are tried in: what is rare happens in some of them, and those drawn differ."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from sim.model.rules.turnover import CAUSES, DESTINATIONS
from sim.model.world import log
from sim.scenario.schema import Scenario
from tests.property.reading import EVENTFUL, searching
from tests.property.worlds import MOST_MONTHS, MOST_REPLICATIONS, MOST_WARM_UP, comparisons, scenarios


def test_in_the_eventful_worlds_everything_happens_that_can() -> None:
    results = [run.result for world in EVENTFUL for run in world]
    facts = {int(kind) for one in results for kind in one.facts["kind"]}
    causes = {int(cause) for one in results for cause in one.facts["detail"]} - {log.NO_DETAIL}
    places = {int(place) for one in results for place in one.facts["destination"]} - {log.NO_DETAIL}
    funding = {int(kind) for one in results for kind in one.funding["kind"]}
    lines = {int(kind) for one in results for kind in one.lines["kind"]}
    assert {log.KINDS[kind] for kind in facts} == set(log.KINDS)
    assert {CAUSES[cause] for cause in causes} == set(CAUSES)
    assert {DESTINATIONS[place] for place in places} == set(DESTINATIONS)
    assert {log.FUNDING_KINDS[kind] for kind in funding} == set(log.FUNDING_KINDS)
    assert {log.LINE_KINDS[kind] for kind in lines} == set(log.LINE_KINDS)


def test_in_the_eventful_worlds_hiring_freezes_posts_are_cut_and_clients_wait() -> None:
    panels = [run.panel for world in EVENTFUL for run in world]
    for column in ("frozen", "closed", "on_leave", "backlog", "dropped", "lost", "supervision_penalty"):
        assert any(panel[column].any() for panel in panels), column
    assert any((panel["funded"] < panel["posts"]).any() for panel in panels)
    assert any((panel["filled"] > panel["funded"]).any() for panel in panels)
    assert any((panel["funding_certainty"] < 0).any() for panel in panels)


@searching(30)
@given(scenarios())
def test_a_scenario_drawn_is_sound_small_and_short(scenario: Scenario) -> None:
    assert 3 <= scenario.horizon.months <= MOST_MONTHS
    assert 0 <= scenario.horizon.warm_up_months <= MOST_WARM_UP
    assert 1 <= scenario.experiment.replications <= MOST_REPLICATIONS
    assert 1 <= len(scenario.funding) <= 3
    assert sorted(scenario.rules.braiding) == sorted(scenario.funding)
    assert np.isclose(sum(home.share for home in scenario.place.households.values()), 1.0)


@searching(15)
@given(comparisons())
def test_an_alternative_drawn_has_its_bases_employers_horizon_and_luck(pair: tuple[Scenario, Scenario]) -> None:
    base, alternative = pair
    assert [(kind.name, kind.count) for kind in base.employer] == [
        (kind.name, kind.count) for kind in alternative.employer
    ]
    assert base.horizon == alternative.horizon
    assert base.experiment == alternative.experiment
    assert base.turnover.level.kind == alternative.turnover.level.kind

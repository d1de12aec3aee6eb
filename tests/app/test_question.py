"""A question says what each scenario sets, and an alternative only what differs from the base."""

from __future__ import annotations

import pytest
import streamlit as st

from sim.ui import state
from sim.ui.inputs.rows import new_source
from sim.ui.links import link_of, question_of
from sim.ui.question import (
    BASE,
    MOST_ALTERNATIVES,
    Alternative,
    Question,
    with_alternative,
    with_entry,
    with_input,
    with_name,
    without_alternative,
    without_entry,
    without_input,
)
from sim.ui.reading import read
from tests.app.worlds import HIGHER, small

WAGE = ("pay", "wage_usd_per_hour")
COUNTY = {"kind": "grant", "amount_usd_per_year": 100_000.0, "start": "2027-01"}
TWO = {"funding": {"county": COUNTY}, "rules": {"braiding": ["medicaid", "county"]}}


def wages(question: Question) -> list[float]:
    return [one.scenario.pay.wage_usd_per_hour for one in read(question).sound]


def test_an_alternative_is_the_base_with_what_differs_laid_over_it() -> None:
    assert wages(small()) == [20.0, 24.0]
    assert wages(with_input(small(), 1, WAGE, 26.0)) == [20.0, 26.0]
    assert wages(with_input(small(), BASE, WAGE, 21.0)) == [21.0, 24.0]


def test_what_an_alternative_sets_back_to_the_base_is_no_longer_said() -> None:
    question = with_input(small(), 1, WAGE, 20.0)
    assert question.alternatives[0].tables == {}
    assert read(question).changes(1) == ()
    assert without_input(small(), 1, WAGE) == question


def test_an_input_of_the_base_that_is_taken_back_has_its_default() -> None:
    question = without_input(small(), BASE, ("posts", "number"))
    assert read(question).sound[0].scenario.posts.number == 20
    assert "posts" not in question.base


def test_an_alternatives_name_is_made_from_what_differs() -> None:
    found = read(small())
    assert found.title(0) == "A small organization"
    assert found.title(1) == "Wage of a new peer $24.00 an hour"
    assert read(small(Alternative({}))).title(1) == "nothing different yet"


def test_the_name_of_a_library_file_goes_once_it_is_changed() -> None:
    question = small(Alternative({"title": "Living wage", "notes": "…", "pay": {"wage_usd_per_hour": 24.0}}))
    assert read(question).title(1) == "Living wage"
    assert read(with_input(question, 1, WAGE, 25.0)).title(1) == "Wage of a new peer $25.00 an hour"


def test_notes_that_tell_of_other_numbers_go_once_the_base_is_changed() -> None:
    question = with_input(small(notes="The wage is 20."), BASE, WAGE, 21.0)
    assert "notes" not in question.base
    assert question.base["title"] == "A small organization"


@pytest.mark.parametrize("place", [0, 1])
def test_a_source_is_added_at_the_end_of_the_order_and_taken_out_of_it(place: int) -> None:
    grown = with_entry(small(), place, ("funding", "county"), COUNTY)
    found = read(grown).sound[place].scenario
    assert found.rules.braiding == ("medicaid", "county")
    less = without_entry(grown, place, ("funding", "county"))
    assert list(read(less).sound[place].scenario.funding) == ["medicaid"]


def test_an_alternative_can_do_without_a_source_of_the_base() -> None:
    question = without_entry(small(**TWO), 1, ("funding", "county"))
    assert [list(one.scenario.funding) for one in read(question).sound] == [["medicaid", "county"], ["medicaid"]]
    assert read(question).sound[1].scenario.rules.braiding == ("medicaid",)


def test_there_are_at_most_four_alternatives() -> None:
    question = small()
    for _ in range(6):
        question = with_alternative(question, Alternative({}))
    assert len(question.alternatives) == MOST_ALTERNATIVES
    assert without_alternative(question, 1).alternatives == question.alternatives[1:]


def test_a_file_of_its_own_stands_beside_the_base_not_over_it() -> None:
    own = Alternative({**small().base, "posts": {"number": 8, "overhead_share": 0.3}}, own=True)
    found = read(small(own))
    assert [change.path for change in found.changes(1)] == ["posts.overhead_share"]


def test_a_fault_is_told_where_it_stands_and_nothing_runs() -> None:
    found = read(with_input(small(), 1, WAGE, -1.0))
    assert not found.key
    assert [(one.file, one.path) for one in found.errors(1)] == [("Alternative A", "pay.wage_usd_per_hour")]
    assert not found.errors(0)


def test_an_alternative_with_another_horizon_cannot_be_compared() -> None:
    found = read(small(Alternative({"horizon": {"months": 24}})))
    assert not found.key
    assert found.errors(1)[0].path == "horizon.months"


def test_titles_and_seed_of_equal_scenarios_share_no_run_when_luck_differs() -> None:
    assert read(small(title="One")).key == read(small(title="Another")).key
    assert read(small(seed=2)).key != read(small(seed=3)).key
    assert read(small(HIGHER)).key != read(small(Alternative({}))).key


def test_a_new_medicaid_source_opens_as_its_state_pays() -> None:
    """Not at a rate from nowhere, groups for nothing and no federal match; with no state chosen, at the least match."""
    carolina = with_input(small(), BASE, ("place", "state"), "NC")
    opened = new_source("fee_for_service", carolina, BASE, ("funding", "billing"))
    assert (opened["rate_usd_per_unit"], opened["group_rate_usd_per_unit"], opened["federal_share"]) == (
        11.97,
        2.88,
        0.6462,
    )
    anywhere = with_input(small(), BASE, ("place", "state"), "US")
    opened = new_source("fee_for_service", anywhere, BASE, ("funding", "billing"))
    assert (opened["billable"], opened["federal_share"]) == (["individual"], 0.5)
    assert new_source("prospective", carolina, BASE, ("funding", "clinic"))["federal_share"] == 0.6462


def test_a_name_that_somebody_gives_an_alternative_stays_through_changes_and_links() -> None:
    named = with_input(with_name(small(), 1, "  A raise\nfor all "), 1, WAGE, 26.0)
    assert read(named).title(1) == "A raise for all"
    assert question_of(str(link_of(named))) == named
    unnamed = with_name(named, 1, "")
    assert "26" in read(unnamed).title(1)
    assert read(unnamed).key == read(named).key  # a name changes no number


def test_a_title_from_a_file_goes_once_something_is_changed() -> None:
    titled = small(Alternative({"title": "Of a file", "pay": {"wage_usd_per_hour": 24.0}}))
    assert read(titled).title(1) == "Of a file"
    assert "Of a file" not in read(with_input(titled, 1, WAGE, 26.0)).title(1)


def test_no_two_alternatives_have_the_same_name() -> None:
    question = with_name(with_name(small(HIGHER, HIGHER), 1, "A raise"), 2, "A raise")
    assert [read(question).title(place) for place in (1, 2)] == ["A raise", "A raise (B)"]


def test_a_name_for_an_alternative_that_is_gone_is_dropped_and_no_name_leaves_a_files_title() -> None:
    assert with_name(small(), 2, "Gone") == small()
    titled = small(Alternative({"title": "Of a file", "pay": {"wage_usd_per_hour": 24.0}}))
    assert with_name(titled, 1, "") == titled


def test_what_controls_of_an_alternative_that_is_gone_still_say_changes_nothing() -> None:
    gone = 2
    assert with_input(small(), gone, WAGE, 30.0) == small()
    assert without_input(small(), gone, WAGE) == small()
    assert with_entry(small(), gone, ("funding", "county"), COUNTY) == small()
    assert without_entry(small(), gone, ("funding", "county")) == small()


def test_once_an_alternative_is_removed_controls_of_before_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    before = f"another.{state.lever()}.1.pay.wage_usd_per_hour"
    assert not state.outdated(before)
    state.renew_levers()
    assert state.outdated(before)
    assert not state.outdated(f"another.{state.lever()}.1.pay.wage_usd_per_hour")
    assert not state.outdated("input.1.pay.wage_usd_per_hour")

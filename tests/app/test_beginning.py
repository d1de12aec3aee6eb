"""From a state, a kind of organization and a question to an answer; and what moves with the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sim.evidence.places import load_places
from sim.results.on_paper.first_year import first_year
from sim.scenario.tables.funding.grant import award_ends, first_award, renewal_term
from sim.ui.inputs.beginning import KINDS, QUESTIONS, Own, asked_of, begun, figures, rent_asks
from sim.ui.links import link_of
from sim.ui.question import Question
from sim.ui.reading import read
from sim.units import month_number
from tests.app.pages import asked, box, button, choice, opened, serving, text

DAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def labeled(start: str) -> Any:
    return next(one for one in QUESTIONS if start in one.label)


def base_of(question: Question) -> Any:
    found = read(question)
    assert [str(one) for own in found.problems for one in own if one.severity == "error"] == []
    return found.sound[0].scenario


# from a state to a question --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("own", [None, Own(posts=12, award_ends=14, leave=45.0)], ids=["state", "own"])
def test_every_question_of_every_kind_is_sound_differs_and_fits_a_link(kind: str, own: Own | None) -> None:
    for one in asked_of(kind):
        question = begun(("OH", kind), one, DAY, own)
        assert base_of(question).place.state == "OH"
        found = read(question)
        assert all(found.changes(place) for place in question.places[1:])
        assert len({found.title(place) for place in question.places}) == len(question.places)
        assert len(str(link_of(question))) < 2_000


def test_figures_of_ones_own_are_those_that_run_and_the_grant_ends_when_it_was_said() -> None:
    own = Own(posts=12, wage=18.5, leave=45.0, cash=90_000.0, award_ends=14)
    scenario = base_of(begun(("OH", "grant"), labeled("ladder"), DAY, own))
    assert (scenario.posts.number, scenario.pay.wage_usd_per_hour, scenario.rules.opening_cash_usd) == (
        12,
        18.5,
        90_000,
    )
    assert scenario.turnover.level.separations_per_100_posts_year == 45.0
    assert scenario.horizon.start == "2026-12"
    award, start = scenario.funding["award"], month_number(scenario.horizon.start)
    assert first_award(award, start) == (14 - 36, 14)
    assert award_ends(award, start, 60) == [14, 50]  # a renewed award is of the usual length, not again of 14 months


def test_more_months_left_than_an_award_usually_has_leave_no_gap_at_the_start() -> None:
    scenario = base_of(begun(("OH", "grant"), labeled("nothing"), DAY, Own(award_ends=48)))
    award, start = scenario.funding["award"], month_number(scenario.horizon.start)
    assert first_award(award, start) == (0, 48)
    assert renewal_term(award, start) == 36


@pytest.mark.parametrize(("whose", "booked"), [("federal", ("state", 1.0)), ("county", ("county", 0.0))])
@pytest.mark.parametrize("own", [None, Own(posts=12)], ids=["state", "own"])
def test_a_grant_is_booked_with_those_whose_money_it_is(own: Own | None, whose: str, booked: tuple[str, float]) -> None:
    award = base_of(begun(("OH", "both"), labeled("nothing"), DAY, own, whose=whose)).funding["award"]
    assert (award.payer, award.federal_share) == booked


def own_figures(kind: str = "grant") -> Any:
    app = opened()
    choice(app, "State").set_value("OH").run()
    choice(app, "What pays for your peers").set_value(kind).run()
    return next(one for one in app.toggle if one.label == "With figures of my own organization").set_value(True).run()


def test_start_asks_whose_grant_it_is_and_says_how_it_is_booked_unasked() -> None:
    app = own_figures()
    assert "Left as it is, the grant is booked as federal" in text(app)
    choice(app, "Whose grant is it?").set_value("state").run()
    assert "Left as it is" not in text(app)
    assert "(the state's own money)" in text(app)
    button(app, "See the answer").click().run()
    assert asked(app).base["funding"]["award"]["federal_share"] == 0.0
    assert not own_figures("medicaid").exception


def test_a_wage_below_the_legal_minimum_is_said_at_the_field_and_the_budget_counts_what_is_paid() -> None:
    app = own_figures()
    box(app, "Peers' posts").set_value(12).run()
    box(app, "A new peer's wage ($ an hour)").set_value(5.0).run()
    assert "$5.00 an hour is below the minimum wage of Ohio, $10.70: that is paid in its place" in text(app)
    assert "12 posts at $10.70 an hour" in text(app)
    assert "costs $547,000" in text(app)


@pytest.mark.parametrize(
    ("label", "wrong", "rule"),
    [("The grant ends in (months)", 500, "from 1 to 240"), ("Peers' posts", 0, "from 1 to 100,000"),
     ("People who leave in a year, of 100 posts", 400.0, "from 0.1 to 300")],
)  # fmt: skip
def test_a_figure_out_of_its_range_is_answered_in_words_at_its_field(label: str, wrong: float, rule: str) -> None:
    app = box(own_figures(), label).set_value(wrong).run()
    (told,) = [one.value for one in app.error]
    assert rule in told
    assert "Your first budget" not in text(app)
    box(app, label).set_value(type(wrong)(12)).run()
    assert not app.error
    assert "Your first budget" in text(app)


def test_how_many_of_the_own_posts_leave_is_counted() -> None:
    app = own_figures()
    box(app, "Peers' posts").set_value(12).run()
    box(app, "People who leave in a year, of 100 posts").set_value(41.7).run()
    assert "41.7 of 100 posts: 5 of your 12 in a year" in text(app)


def test_a_grant_that_is_not_known_is_what_the_first_year_costs() -> None:
    year = first_year(base_of(begun(("OH", "grant"), labeled("nothing"), DAY, Own(posts=25))))
    assert year.covered == pytest.approx(1.0, abs=0.1)
    assert sum(
        first_year(base_of(begun(("OH", "grant"), labeled("nothing"), DAY, Own(posts=5)))).cost
    ) == pytest.approx(sum(year.cost) / 5, rel=0.15)


def test_a_living_wage_is_that_which_was_typed_and_a_rent_that_changes_nothing_says_so() -> None:
    app = opened()
    choice(app, "State").set_value("AR").run()
    choice(app, "What do you want to know first?").set_value(labeled("living wage").label).run()
    assert "The rent of one bedroom in Arkansas asks $16." in text(app)
    assert "no more than the wage of $18.01: with it nothing would change" in text(app)
    box(app, "Living wage of one adult ($ an hour)").set_value(22.0).run()
    assert "The rent of one bedroom" not in text(app)
    button(app, "See the answer").click().run()
    assert asked(app).base["place"]["living_wage_usd_per_hour"] == 22.0
    assert all(read(asked(app)).changes(place) for place in (1, 2))


def test_start_and_build_show_one_living_wage_that_of_the_rent_at_the_start() -> None:
    """Ohio's rents of 2026 ask $19.40; of July 2027 they ask more than its wage, so that the question has an answer."""
    rent, start, wage = rent_asks(("OH", "grant"), DAY)
    assert (rent, start, wage) == (20.13, "2027-07", 19.83)
    scenario = read(begun(("OH", "grant"), labeled("living wage"), DAY)).sound[0].scenario
    assert scenario.place.living_wage_usd_per_hour == rent
    app = opened("build", begun(("OH", "grant"), labeled("living wage"), DAY), step="place")
    assert "In dollars of July 2027, the start" in text(app)


def test_from_a_grant_to_medicaid_bills_what_is_known_of_the_state() -> None:
    question = begun(("OH", "grant"), labeled("Medicaid"), DAY)
    alone, both = (one.scenario for one in read(question).sound[1:])
    assert list(alone.funding) == ["medicaid"]
    assert set(both.funding) == {"award", "medicaid"}
    assert alone.funding["medicaid"].rate_usd_per_unit == 15.51  # oh_demo_2026


def test_start_shows_a_first_budget_at_once_and_leads_to_the_answer() -> None:
    app = opened()
    choice(app, "State").set_value("OH").run()
    before = text(app)
    choice(app, "What pays for your peers").set_value("grant").run()
    assert "Your first budget." in text(app)
    assert text(app) != before
    choice(app, "What do you want to know first?").set_value(labeled("ladder").label).run()
    next(one for one in app.toggle if one.label == "With figures of my own organization").set_value(True).run()
    box(app, "Peers' posts").set_value(12).run()
    box(app, "The grant ends in (months)").set_value(14).run()
    assert "for 14 months" in text(app)
    assert "12 posts at" in text(app)
    button(app, "See the answer").click().run()
    assert app.title[0].value == "What changes?"
    own = Own(posts=12, award_ends=14)
    assert asked(app) == begun(("OH", "grant"), labeled("ladder"), datetime.now(UTC).date(), own)
    assert not app.exception


def test_start_says_before_any_run_that_money_coming_in_does_not_carry_the_cost() -> None:
    app = opened()
    choice(app, "State").set_value("OH").run()
    (told,) = [one.value for one in app.warning if "Money coming in" in one.value]
    assert "covers only 61 % of what the first year costs" in told
    assert "the rate, which work may be billed" in told
    choice(app, "What pays for your peers").set_value("grant").run()
    assert not [one for one in app.warning if "Money coming in" in one.value]


def test_a_question_that_another_kind_cannot_be_asked_is_not_kept() -> None:
    app = opened()
    choice(app, "What do you want to know first?").set_value(labeled("higher rate").label).run()
    choice(app, "What pays for your peers").set_value("ccbhc").run()
    assert choice(app, "What do you want to know first?").value == QUESTIONS[0].label
    assert not app.exception


# another place ---------------------------------------------------------------------------------------------------


def pennsylvania(**place: Any) -> Question:
    question = begun(("PA", "medicaid"), labeled("dollar"), DAY)
    return Question({**question.base, "place": {**question.base["place"], **place}}, question.alternatives)


def test_another_place_offers_every_figure_that_came_from_the_old_one() -> None:
    app = opened("build", pennsylvania(area="Philadelphia", living_wage_usd_per_hour=29.08), step="place")
    choice(app, "State").set_value("OH").run()
    assert "Moved from Pennsylvania to Ohio" in text(app)
    button(app, "Take all of Ohio's figures").click().run()
    base, ohio = asked(app).base, load_places()["OH"]
    assert base["title"] == "Our organization in Ohio"
    assert base["place"]["outside_wage_usd_per_hour"] == round(ohio.neighboring_wage_usd_per_hour, 2)
    assert base["place"]["living_wage_usd_per_hour"] == round(ohio.housing_wage_usd_per_hour, 2)
    assert base["pay"]["wage_usd_per_hour"] == round(ohio.wages_usd_per_hour["21_1093"], 2)
    assert base["funding"]["medicaid"]["rate_usd_per_unit"] == 15.51
    assert "area" not in base["place"]
    assert "Moved from" not in text(app)


def test_what_was_typed_stays_where_only_the_old_places_figures_are_taken() -> None:
    app = opened("build", pennsylvania(living_wage_usd_per_hour=29.08), step="place")
    choice(app, "State").set_value("OH").run()
    button(app, "Take those that were Pennsylvania's, keep what I typed").click().run()
    assert asked(app).base["place"]["living_wage_usd_per_hour"] == 29.08
    assert asked(app).base["title"] == "Our organization in Ohio"


def test_figures_can_be_kept_as_they_are() -> None:
    app = opened("build", pennsylvania(), step="place")
    choice(app, "State").set_value("OH").run()
    button(app, "Keep all as they are").click().run()
    assert asked(app).base["title"] == "Our organization in Pennsylvania"
    assert "Moved from" not in text(app)


def test_the_federal_match_moves_with_the_place_and_an_unknown_group_rate_breaks_nothing() -> None:
    told = {one.path[-1]: one for one in figures(pennsylvania(), "PA", "OH")}
    assert (told["federal_share"].now, told["federal_share"].new) == (
        load_places()["PA"].medicaid_federal_share, load_places()["OH"].medicaid_federal_share,
    )  # fmt: skip
    question = begun(("OH", "medicaid"), labeled("dollar"), DAY)
    medicaid = question.base["funding"]["medicaid"] | {"group_rate_usd_per_unit": 3.0}
    moved = {
        one.path[-1]: one
        for one in figures(replace(question, base={**question.base, "funding": {"medicaid": medicaid}}), "OH", "PA")
    }
    assert not moved["group_rate_usd_per_unit"].from_old  # Ohio's is not known: it was typed
    assert moved["rate_usd_per_unit"].from_old


def test_a_new_source_opens_with_what_is_known_of_the_state_and_says_whose_figures_they_are() -> None:
    app = opened("build", begun(("OH", "grant"), labeled("nothing"), DAY), step="funding")
    choice(app, "Add a source of money").set_value("fee_for_service").run()
    said = asked(app).base["funding"]["billing"]
    assert (said["rate_usd_per_unit"], said["federal_share"]) == (15.51, load_places()["OH"].medicaid_federal_share)
    assert "Medicaid in Ohio: $15.51 for 15 minutes" in text(app)
    assert "oh_demo_2026" in text(app)


def test_a_source_is_added_where_the_state_is_none() -> None:
    question = pennsylvania(state="ZZ")
    app = opened("build", question, step="funding")
    choice(app, "Add a source of money").set_value("fee_for_service").run()
    assert "billing" in asked(app).base["funding"]
    assert not app.exception


def test_only_what_the_base_says_itself_is_offered() -> None:
    told = {one.path for one in figures(pennsylvania(), "PA", "OH")}
    assert ("place", "living_wage_usd_per_hour") not in told
    assert ("funding", "medicaid", "rate_usd_per_unit") in told

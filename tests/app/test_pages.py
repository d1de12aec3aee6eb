"""Every page and every kind of control: what it shows, and what it changes in the question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sim.questions.compare.decision import decision
from sim.questions.compare.decision_html import decision_html
from sim.runs.answer import ask
from sim.runs.blocks import Task
from sim.runs.replicate import Settings
from sim.runs.viewed import run_viewed
from sim.scenario.tables.funding import KINDS_OF_MONEY
from sim.takeaway.offer import WAYS
from sim.ui import navigation
from sim.ui.answers.answer import card_of
from sim.ui.answers.takeaway import file_of, paths
from sim.ui.inputs.examples import KINDS, Example
from sim.ui.inputs.examples import opened as example_opened
from sim.ui.inputs.sections import SECTIONS
from sim.ui.links import link_of
from sim.ui.question import Alternative, Question, without_people
from sim.ui.reading import read
from sim.ui.server import limits
from sim.ui.server import shared as server
from sim.ui.server.results import result_of
from sim.words.sentences import sentence_beside
from sim.words.trust import trust_sentence
from tests.app.pages import asked, box, button, choice, decided, finished, go, opened, serving, text
from tests.app.worlds import HIGHER, small

WAGE = "Wage of a new peer ($ an hour)"
SMALL = small(replications=20)


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


# start -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", [one for kind in KINDS for one in kind.examples], ids=lambda one: one.label)
def test_every_example_is_sound_differs_from_its_base_and_fits_a_link(example: Example) -> None:
    question = example_opened(example)
    found = read(question)
    assert found.key
    assert all(found.changes(place) for place in question.places[1:])
    assert len(str(link_of(question))) < 2_000


def test_start_offers_three_kinds_of_question_and_says_what_it_cannot_tell() -> None:
    app = opened()
    assert [one.value for one in app.subheader] == [kind.who for kind in KINDS]
    assert "not a forecast" in text(app)
    assert not app.exception


def test_what_it_cannot_tell_begins_with_how_far_it_can_be_trusted() -> None:
    (told,) = (one.value for one in opened().markdown if "not a forecast" in one.value)
    assert told.replace("\\", "").startswith(f"- **How far can it be trusted?** {trust_sentence()}\n")


def test_an_example_opens_with_its_answer_in_one_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ui.inputs.examples.opened", lambda _: SMALL)
    app = opened()
    finished(button(app, KINDS[1].examples[0].label).click().run())
    assert app.title[0].value == "What changes?"
    assert "Newcomers kept 12 months" in decided(app)


def test_a_scenario_of_the_library_opens_as_the_base_with_the_wage_at_hand() -> None:
    app = opened()
    choice(app, "Scenario").set_value("id_rural").run()
    button(app, "Open").click().run()
    assert asked(app).base["place"]["state"] == "ID"
    assert box(app, WAGE).value == read(asked(app)).sound[0].scenario.pay.wage_usd_per_hour


@pytest.mark.parametrize("page", navigation.PAGES)
def test_a_page_opened_with_nothing_asked_says_what_to_do(page: str) -> None:
    app = opened(page)
    assert not app.exception
    assert not app.error
    assert app.title


# compare ---------------------------------------------------------------------------------------------------------


def test_the_answer_is_the_sentence_of_the_command_line() -> None:
    app = finished(opened("compare", SMALL))
    found = read(SMALL)
    answer = ask(found.sound[0], found.sound[1:], Settings(20, 1, unknowns=True))
    assert sentence_beside(answer.alternatives[0], answer) in text(app)
    assert decision_html(
        decision(answer), ["Base", "Alternative A"], ["no new decisions", found.title(1)], card_of
    ) == decided(app)


def test_compare_names_base_changes_assumptions_and_how_to_make_it_again() -> None:
    app = finished(opened("compare", SMALL))
    shown = text(app)
    assert "Base, if nothing new is decided: **A small organization**" in shown
    assert "Wage of a new peer: $24.00 an hour instead of $20.00 an hour" in shown
    assert "grade D" in shown
    assert "must be billed" in shown
    assert "peerstay compare base.toml alternative_A.toml" in app.code[-1].value
    assert not app.exception


def test_compare_leads_on_to_its_tables_and_files_each_of_which_stands_there_once() -> None:
    app = finished(opened("compare", small()))
    headings = [one.value for one in app.header]
    onward = next(one.value for one in app.markdown if one.value.startswith("Further down"))
    assert onward == (
        "Further down: [Who pays more](#who-pays-more) · [Until when the money lasts](#until-when-the-money-lasts) · "
        "[What else changed most](#what-else-changed-most) · [Take it away](#take-it-away)"
    )
    assert (
        headings.count("What else changed most") == headings.count("Take it away") == headings.count("The answer") == 1
    )


def test_compare_says_who_pays_more_and_until_when_the_money_of_any_scenario_lasts() -> None:
    app = finished(opened("compare", small(Alternative({"funding": {"medicaid": {"rate_usd_per_unit": 18.0}}}))))
    headings = [one.value for one in app.header]
    assert any(one.startswith("Alternative A: ") and one.endswith("more a year") for one in headings)
    assert any(one.startswith("Alternative A: cash ") for one in headings)
    choice(app, "Whose money").set_value(0).run()
    assert any(one.value.startswith("The base: cash ") for one in app.header)
    assert [one.label for one in app.get("download_button")].count("Picture for a slide") == 2
    assert not app.exception


def test_headings_come_in_order_without_gaps() -> None:
    app = finished(opened("compare", SMALL))
    assert len(app.title) == 1
    assert not app.subheader or app.header


def test_changing_the_wage_beside_the_answer_asks_anew_and_the_address_follows() -> None:
    app = finished(opened("compare", SMALL))
    before = app.query_params["q"]
    box(app, WAGE).set_value(26.0).run()
    assert asked(app).alternatives[0].tables == {"pay": {"wage_usd_per_hour": 26.0}}
    assert app.query_params["q"] != before
    assert app.query_params["q"] in (link_of(asked(app)), [link_of(asked(app))])
    assert "$26.00" in text(finished(app))


def test_slider_and_number_box_show_the_same() -> None:
    app = opened("compare", SMALL)
    app.slider[0].set_value(22.5).run()
    assert box(app, WAGE).value == 22.5
    assert asked(app).alternatives[0].tables == {"pay": {"wage_usd_per_hour": 22.5}}


def test_four_alternatives_and_no_more_can_be_added_and_taken_away() -> None:
    app = opened("compare", SMALL)
    for _ in range(3):
        button(app, "Add an alternative").click().run()
    assert len(asked(app).alternatives) == 4
    assert not [one for one in app.button if one.label == "Add an alternative"]
    button(app, "Remove A").click().run()
    assert [one.tables for one in asked(app).alternatives] == [{}, {}, {}]


def test_an_alternative_that_changes_nothing_says_so() -> None:
    app = finished(opened("compare", small(Alternative({}), HIGHER, replications=20)))
    assert "changes nothing" in text(app)
    assert "nothing: the scenarios mean the same" in text(app)


def test_more_inputs_are_put_at_hand() -> None:
    app = opened("compare", SMALL)
    choice(app, "Also change in alternative A").set_value(("benefits", "fringe_share")).run()
    box(app, "Taxes, insurance and benefits (% of wages)").set_value(40.0).run()
    assert asked(app).alternatives[0].tables["benefits"] == {"fringe_share": 0.4}


def test_stopping_keeps_what_is_there_and_going_on_finishes() -> None:
    app = opened("compare", small(replications=5_000))
    while not decided(app):
        app.run()
    button(app, "Stop").click().run()
    assert "Stopped at" in text(app)
    assert decided(app)
    choice(app, "Runs: more of them narrow the ranges").set_value(100).run()
    button(app, "Go on").click().run()
    assert "Stopped at" not in text(finished(app))


def test_a_run_too_large_for_the_server_is_refused_with_value_limit_and_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PEERSTAY_PAGE_POSTS", "5")
    app = opened("compare", SMALL)
    assert "8 posts in all employers are more than this server takes (5)" in text(app)
    assert not decided(app)


def test_what_is_wrong_stands_in_the_place_of_the_answer() -> None:
    app = opened("compare", small(Alternative({"pay": {"wage_usd_per_hour": -3.0}})))
    shown = text(app)
    assert "There is no answer until this is mended in Alternative A" in shown
    assert "**Wage of a new peer** = -3.0: must be a number from 1 to 500 (USD/hour)" in shown


def test_a_fault_of_the_program_shows_a_message_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("start", SMALL)

    def broken(_: Question) -> Any:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("sim.ui.page.read", broken)
    app.run()
    assert "Something went wrong in the program" in text(app)
    assert "secret" not in text(app)
    assert not app.exception


@pytest.mark.parametrize("ending", WAYS)
def test_every_file_that_is_offered_is_made_from_what_the_page_has(ending: str) -> None:
    found = read(SMALL)
    scenarios = [one.scenario for one in found.sound]
    finished = [
        run_viewed(Task(tuple(scenarios), range(first, first + 10), 1, futures=found.futures)) for first in (0, 10)
    ]
    result = result_of(found.sound, finished, 1, 20)
    assert len(file_of(ending, result)) > 100
    assert len(paths(result).of("base", "headcount")) == 20


def test_an_answer_made_for_one_visitor_is_not_handed_to_another_who_wrote_other_words() -> None:
    ann, bob = (small(replications=20, question=f"Asked by {name}") for name in ("Ann", "Bob"))
    assert read(ann).key == read(bob).key
    finished(opened("compare", ann))
    told = [server.result(read(one), 1, 20).answer.base.loaded.raw["question"] for one in (ann, bob)]
    assert told == ["Asked by Ann", "Asked by Bob"]


def test_files_are_offered_but_no_bundle_of_people() -> None:
    app = finished(opened("compare", SMALL))
    beside = 3 + 2 + 2  # tables of charts, pictures for slides, scenarios
    assert len(app.download_button) == len(WAYS) + beside
    people = replace(SMALL, base={**SMALL.base, "posts": {"number": 8, "roster": [{"hired": "2025-03"}]}})
    app = finished(opened("compare", people))
    assert len(app.download_button) == len(WAYS) - 1 + beside


# build -----------------------------------------------------------------------------------------------------------


LADDER = {
    "lead": {"step": 1, "slots": {"kind": "share", "share": 0.2}},
    "top": {"step": 2, "pay": {"kind": "amount", "usd_per_hour": 30.0}},
}
FULL = small(
    replications=20,
    ladder=LADDER,
    funding={
        "award": {"kind": "grant", "amount_usd_per_year": 100_000.0, "start": "2027-01"},
        "medicaid": {"clients_covered_share": 0.7},
        "clinic": {"kind": "prospective", "rate_usd": 130.0, "clients_covered_share": 0.3},
        "county": {"kind": "scheduled", "payments": [{"at": "2027-03", "usd": 50_000.0}]},
    },
    rules={"braiding": ["medicaid", "award", "clinic", "county"]},
    change=[{"at": "2027-05", "set": {"pay.wage_usd_per_hour": 21.0}}],
)  # fmt: skip


@pytest.mark.parametrize("section", SECTIONS, ids=lambda one: one.key)
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("expert", [False, True])
def test_every_step_of_build_draws_its_inputs_with_labels_and_evidence(section: Any, place: int, expert: bool) -> None:
    app = opened("build", FULL, step=section.key, editing=place, expert=expert)
    assert not app.exception
    assert [one.value for one in app.error] == []
    widgets = [*app.number_input, *app.selectbox, *app.checkbox, *app.text_input, *app.slider, *app.multiselect]
    assert all(one.label for one in widgets)
    assert "Before any run." in text(app)
    if section.tables and not (section.key == "time" and place):
        assert "Where does this come from?" in text(app)


@pytest.mark.parametrize(
    ("step", "label", "entered", "path", "meant"),
    [
        ("pay", WAGE, 21.5, ("pay", "wage_usd_per_hour"), 21.5),
        ("pay", "Taxes, insurance and benefits (% of wages)", 35.0, ("benefits", "fringe_share"), 0.35),
        ("place", "Budgeted peer posts (posts)", 9, ("posts", "number"), 9),
        ("time", "Length of the projection (months)", 24, ("horizon", "months"), 24),
        (
            "funding",
            "Individual rate (Medicaid) ($ per 15 minutes)",
            14.0,
            ("funding", "medicaid", "rate_usd_per_unit"),
            14.0,
        ),
        ("funding", "Denied at first (Medicaid) (% of billed)", 7.5, ("funding", "medicaid", "denial_share"), 0.075),
    ],
)
def test_a_number_is_taken_over_in_the_units_of_the_scenario(
    step: str, label: str, entered: float, path: tuple[str, ...], meant: float
) -> None:
    app = opened("build", SMALL, step=step)
    box(app, label).set_value(entered).run()
    assert asked(app).said(0, path) == (meant, True)
    assert box(app, label).value == entered


def test_choices_lists_and_levels_are_taken_over() -> None:
    app = opened("build", SMALL, step="place")
    choice(app, "State").set_value("OH").run()
    assert asked(app).base["place"] == {"state": "OH"}
    app = opened("build", SMALL, step="support")
    choice(app, "Support from the supervisor").set_value(1.0).run()
    assert asked(app).base["practices"] == {"supervisor_support": 1.0}
    app = opened("build", SMALL, step="funding")
    choice(app, "Activities that may be billed (Medicaid)").set_value(["individual", "travel"]).run()
    assert asked(app).said(0, ("funding", "medicaid", "billable")) == (["individual", "travel"], True)


def test_another_kind_brings_the_inputs_it_needs() -> None:
    app = opened("build", SMALL, step="pay")
    choice(app, "Floor").set_value("living_wage").run()
    assert asked(app).base["pay"]["floor"] == {"kind": "living_wage"}
    assert box(app, "Months until the floor is reached in full (months)").value == 24.0
    app = opened("build", small(ladder=LADDER), step="ladder")
    choice(app, "Funded slots (lead)").set_value("per_peers").run()
    assert asked(app).base["ladder"]["lead"]["slots"] == {"kind": "per_peers", "peers": 8.0}
    assert read(asked(app)).key


def test_an_emptied_box_means_the_default() -> None:
    app = opened("build", small(posts={"overhead_share": 0.3}), step="place", expert=True)
    label = "Indirect cost on wages, fringe, supervision and direct cost (% of personnel cost)"
    box(app, label).set_value(None).run()
    assert "overhead_share" not in asked(app).base["posts"]
    assert box(app, label).value == 15.0


def test_an_alternative_shows_what_the_base_has() -> None:
    app = opened("build", SMALL, step="pay", editing=1)
    assert "Base: $20.00 an hour" in text(app)


def test_what_the_base_has_no_rung_for_is_not_said_to_be_there() -> None:
    lead = {"step": 1, "pay": {"kind": "raise", "share": 0.25}, "slots": {"kind": "share", "share": 0.15}}
    app = opened("build", small(Alternative({"ladder": {"lead": lead}})), step="ladder", editing=1)
    assert "Base: has none" in text(app)
    assert "Base: 19 %" not in text(app)


def test_an_input_that_cannot_matter_says_so() -> None:
    app = opened("build", small(funding={"medicaid": {"denial_share": 0.0}}), step="funding", expert=True)
    assert "Has no effect now: denial_share is 0" in text(app)


def test_a_value_outside_its_range_names_input_value_rule_and_the_way_to_mend_it() -> None:
    app = opened("build", small(benefits={"fringe_share": 35}), step="pay")
    told = [one.value.replace("\\", "") for one in app.error]
    assert told[-1] == "**Taxes, insurance and benefits** = 3,500 %: it must be from 0 to 300 %."
    assert "1 input must be mended" in text(app)


@pytest.mark.parametrize("kind", KINDS_OF_MONEY)
@pytest.mark.parametrize("place", [0, 1])
def test_every_kind_of_source_is_added_and_removed_and_stays_sound(kind: str, place: int) -> None:
    app = opened("build", SMALL, step="funding", editing=place)
    choice(app, "Add a source of money").set_value(kind).run()
    grown = read(asked(app)).sound[place].scenario
    assert len(grown.funding) == 2
    name = next(name for name in grown.funding if name != "medicaid")
    button(app, f"Charge {name} before Medicaid").click().run()
    assert read(asked(app)).sound[place].scenario.rules.braiding == (name, "medicaid")
    button(app, f"Remove this source: {name}").click().run()
    assert list(read(asked(app)).sound[place].scenario.funding) == ["medicaid"]


def test_rungs_are_added_on_top_and_removed() -> None:
    app = opened("build", SMALL, step="ladder", editing=1)
    assert "There is no ladder" in text(app)
    button(app, "Add a rung").click().run()
    button(app, "Add a rung").click().run()
    assert [rung.step for rung in read(asked(app)).sound[1].scenario.ladder.values()] == [1, 2]
    button(app, "Remove this rung: lead").click().run()
    assert not read(asked(app)).key
    assert app.error


def test_dated_payments_are_lines_of_month_and_dollars() -> None:
    app = opened("build", FULL, step="funding")
    area = app.text_area[0]
    area.set_value("2027-03 40,000\n2027-09 $60000\n").run()
    assert asked(app).said(0, ("funding", "county", "payments"))[0] == [
        {"at": "2027-03", "usd": 40_000.0},
        {"at": "2027-09", "usd": 60_000.0},
    ]
    app.text_area[0].set_value("2027-03 forty").run()
    assert "Line 1, “2027-03 forty”: must be a month and an amount" in text(app)
    assert app.text_area[0].value == "2027-03 forty"


def test_dated_changes_are_added_changed_and_removed() -> None:
    app = opened("build", SMALL, step="time", editing=1)
    next(one for one in app.text_input if one.label.startswith("First month (year")).input("2027-07")
    button(app, "Add this dated change").click().run()
    assert asked(app).alternatives[0].tables["change"] == [{"at": "2027-07", "set": {"pay.wage_usd_per_hour": 24.0}}]
    box(app, f"From July 2027: {WAGE}").set_value(25.0).run()
    assert read(asked(app)).sound[1].scenario.change[0].set == {"pay.wage_usd_per_hour": 25.0}
    button(app, "Remove").click().run()
    assert not read(asked(app)).sound[1].scenario.change


def test_a_month_that_is_none_is_refused_with_an_example() -> None:
    app = opened("build", SMALL, step="time")
    next(one for one in app.text_input if one.label.startswith("First month (year")).input("July")
    button(app, "Add this dated change").click().run()
    assert "“July”: must be a month written year-month, for example 2028-07" in text(app)


# links -----------------------------------------------------------------------------------------------------------


def test_a_link_opens_the_same_question() -> None:
    app = opened()
    app.query_params["q"] = str(link_of(SMALL))
    app.run()
    assert asked(app) == SMALL
    assert decided(finished(go(app, "compare")))


def test_a_broken_link_says_so_and_opens_nothing() -> None:
    app = opened()
    app.query_params["q"] = "broken"
    app.run()
    assert "This link is broken" in text(app)
    assert "question" not in app.session_state
    assert not app.exception


def test_going_back_to_an_earlier_address_brings_the_earlier_question() -> None:
    app = opened("compare", SMALL)
    before = link_of(SMALL)
    box(app, WAGE).set_value(26.0).run()
    app.query_params["q"] = str(before)
    app.run()
    assert asked(app) == SMALL


def test_a_list_of_people_gets_into_no_address_but_all_else_does_and_the_page_says_so() -> None:
    people = replace(SMALL, base={**SMALL.base, "posts": {"number": 8, "roster": [{"hired": "2025-03"}]}})
    app = opened("compare", people)
    assert app.query_params["q"] in (link_of(without_people(people)), [link_of(without_people(people))])
    assert "Your list of people is in no link" in text(app)


# limits ----------------------------------------------------------------------------------------------------------


def test_a_limit_that_is_no_number_is_named() -> None:
    with pytest.raises(ValueError, match="PEERSTAY_PAGE_MONTHS = 'many': must be a whole number above 0"):
        limits.limits({"PEERSTAY_PAGE_MONTHS": "many"})


def test_each_limit_names_value_and_limit() -> None:
    scenario = read(SMALL).sound[0].scenario
    tight = limits.Limits(posts=1, months=2, replications=3, seconds=1)
    told = list(limits.too_much([scenario] * 5, 100_000, tight))
    assert len(told) == 4
    assert "12 months are more than this server takes (2)" in told[1]

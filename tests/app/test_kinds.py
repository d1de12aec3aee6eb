"""Several kinds of employers on the page: what all share, what a kind says itself, and what alternatives may change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.questions.compare.by_kind import TITLE
from sim.scenario.timeline import plans
from sim.ui.inputs.examples import question_of
from sim.ui.inputs.kinds import renamed, without_kind
from sim.ui.question import Alternative, Question, with_entry, with_input, without_entry, without_input
from sim.ui.reading import read
from tests.app.pages import AppTest, asked, box, button, choice, finished, opened, text
from tests.app.worlds import HIGHER, small

WAGE = ("pay", "wage_usd_per_hour")
RURAL = ("employer", "rural", *WAGE)
FOR = "For which employers"
KINDS = [{"name": "city"}, {"name": "rural", "count": 3, "pay": {"wage_usd_per_hour": 18.0}}]
TWO = small(replications=20, employer=KINDS)
COUNTY = {"kind": "grant", "amount_usd_per_year": 100_000.0, "start": "2027-01"}


def wages(question: Question) -> list[dict[str, float]]:
    """Return the wage of every kind, the base first."""
    return [
        {plan.name: plan.epochs[0][1].pay.wage_usd_per_hour for plan in plans(one.scenario)}
        for one in read(question).sound
    ]


def build(step: str, kind: str = "", question: Question = TWO, **kept: Any) -> AppTest:
    return opened("build", question, step=step, kind=kind, **kept)


# the question ----------------------------------------------------------------------------------------------------


def test_an_alternative_reaches_all_kinds_but_those_that_say_otherwise() -> None:
    assert wages(TWO) == [{"city": 20.0, "rural": 18.0}, {"city": 24.0, "rural": 18.0}]
    assert wages(with_input(TWO, 1, RURAL, 21.0))[1] == {"city": 24.0, "rural": 21.0}
    assert wages(with_input(TWO, 0, RURAL, 19.0)) == [{"city": 20.0, "rural": 19.0}, {"city": 24.0, "rural": 19.0}]


def test_what_a_kind_sets_back_to_what_all_share_is_no_longer_said() -> None:
    question = with_input(TWO, 0, RURAL, 20.0)
    assert question.base["employer"][1] == {"name": "rural", "count": 3}
    assert without_input(TWO, 0, RURAL) == question
    assert with_input(with_input(TWO, 1, RURAL, 21.0), 1, RURAL, 18.0) == TWO


def test_a_source_of_one_kind_is_charged_there_alone() -> None:
    path = ("employer", "rural", "funding", "county")
    grown = with_entry(TWO, 0, path, COUNTY)
    sources = {plan.name: list(plan.epochs[0][1].funding) for plan in plans(read(grown).sound[0].scenario)}
    assert sources == {"city": ["medicaid"], "rural": ["medicaid", "county"]}
    assert read(grown).key
    less = without_entry(grown, 0, ("employer", "rural", "funding", "medicaid"))
    sources = {plan.name: list(plan.epochs[0][1].funding) for plan in plans(read(less).sound[0].scenario)}
    assert sources == {"city": ["medicaid"], "rural": ["county"]}
    assert read(less).key
    assert without_entry(grown, 0, path) == TWO


def test_a_source_that_all_share_is_charged_last_by_a_kind_with_its_own_order() -> None:
    grown = with_entry(TWO, 0, ("employer", "rural", "funding", "county"), COUNTY)
    both = with_entry(grown, 0, ("funding", "state"), COUNTY)
    orders = {plan.name: plan.epochs[0][1].rules.braiding for plan in plans(read(both).sound[0].scenario)}
    assert orders == {"city": ("medicaid", "state"), "rural": ("medicaid", "county", "state")}
    assert without_entry(both, 0, ("funding", "state")).base["employer"] == grown.base["employer"]


def test_a_new_name_of_a_kind_holds_in_alternatives_and_dated_changes_too() -> None:
    dated = [{"at": "2027-05", "set": {"employer.rural.pay.wage_usd_per_hour": 18.5}}]
    over = Alternative({"employer": {"rural": {"pay": {"wage_usd_per_hour": 21.0}}}, "change": dated})
    question = small(over, replications=20, employer=KINDS, change=dated)
    other = renamed(question, 1, "mountain")
    assert wages(other)[1] == {"city": 20.0, "mountain": 21.0}
    assert "employer.mountain.pay.wage_usd_per_hour" in other.base["change"][0]["set"]
    gone = without_kind(question, 1)
    assert wages(gone) == [{"city": 20.0}, {"city": 20.0}]
    assert "rural" not in str(gone)


def test_a_portfolio_of_the_library_is_edited_kind_by_kind() -> None:
    question = question_of("statewide_portfolio")
    for name, wage in wages(question)[0].items():
        changed = with_input(question, 0, ("employer", name, *WAGE), wage + 1.0)
        assert wages(changed)[0] == wages(question)[0] | {name: wage + 1.0}
        assert read(changed).key


# the page --------------------------------------------------------------------------------------------------------


def test_one_organization_sees_nothing_of_kinds_until_it_asks() -> None:
    app = build("place", question=small(replications=20))
    assert FOR not in [one.label for one in app.selectbox]
    button(app, "Describe several kinds").click().run()
    assert [one["name"] for one in asked(app).base["employer"]] == ["first_kind", "second_kind"]
    assert choice(app, FOR).value == "second_kind"
    assert read(asked(app)).key


def test_a_kind_gets_a_name_a_number_and_a_wage_of_its_own() -> None:
    app = build("pay", "rural")
    app.text_input(key="kind.name").set_value("Mountain RCO").run()
    box(app, "Employers of this kind").set_value(5).run()
    box(app, "Wage of a new peer (mountain rco) ($ an hour)").set_value(17.0).run()
    assert asked(app).base["employer"][1] == {"name": "mountain_rco", "count": 5, "pay": {"wage_usd_per_hour": 17.0}}
    assert "What all kinds share: $20.00 an hour" in text(app)
    box(app, "Wage of a new peer (mountain rco) ($ an hour)").set_value(None).run()
    assert wages(asked(app))[0] == {"city": 20.0, "mountain_rco": 20.0}


def test_a_name_that_another_kind_has_is_refused() -> None:
    app = build("pay", "rural")
    app.text_input(key="kind.name").set_value("City").run()
    assert "“City”: this name is taken already" in text(app)
    assert [one["name"] for one in asked(app).base["employer"]] == ["city", "rural"]


def test_what_all_kinds_share_says_who_says_otherwise() -> None:
    app = build("pay")
    assert "Not for those who say otherwise: rural ($18.00 an hour)" in text(app)
    box(app, "Wage of a new peer ($ an hour)").set_value(22.0).run()
    assert wages(asked(app))[0] == {"city": 22.0, "rural": 18.0}


def test_kinds_are_added_and_removed_until_it_is_one_organization_again() -> None:
    app = build("place")
    button(app, "Add a kind of employer").click().run()
    assert len(asked(app).base["employer"]) == 3
    for name in ("first kind", "rural", "city"):
        choice(app, FOR).set_value(name.replace(" ", "_")).run()
        button(app, f"Remove this kind: {name}").click().run()
        assert read(asked(app)).key
    assert "employer" not in asked(app).base
    assert FOR not in [one.label for one in app.selectbox]


def test_an_alternative_changes_a_kind_but_not_which_kinds_there_are() -> None:
    app = build("pay", "rural", editing=1)
    assert "Which kinds there are, and how many employers of each, is as in the base" in text(app)
    assert not [one for one in app.number_input if one.label == "Employers of this kind"]
    box(app, "Wage of a new peer (rural) ($ an hour)").set_value(21.0).run()
    assert "Base: $18.00 an hour" in text(app)
    assert wages(asked(app))[1] == {"city": 24.0, "rural": 21.0}


@pytest.mark.parametrize("step", ["place", "time", "funding", "pay", "ladder", "support", "advanced"])
@pytest.mark.parametrize("place", [0, 1])
def test_every_step_is_drawn_for_a_kind(step: str, place: int) -> None:
    app = build(step, "rural", editing=place, expert=True)
    assert not app.exception
    assert [one.value for one in app.error] == []
    numbers = [one.label for one in app.number_input if not one.label.startswith(("Employers", "Time constants"))]
    assert all("(rural)" in label or "rural" in label for label in numbers)


def test_rows_are_added_to_one_kind() -> None:
    app = build("funding", "rural")
    choice(app, "Add a source of money").set_value("grant").run()
    assert list(asked(app).base["employer"][1]["funding"]) == ["award"]
    button(app, "Charge award before Medicaid").click().run()
    assert asked(app).base["employer"][1]["rules"]["braiding"] == ["award", "medicaid"]
    assert list(asked(app).base["funding"]) == ["medicaid"]
    app = build("ladder", "rural")
    button(app, "Add a rung").click().run()
    assert list(asked(app).base["employer"][1]["ladder"]) == ["lead"]
    assert read(asked(app)).key


def test_a_dated_change_of_one_kind_reaches_it_alone() -> None:
    app = build("time", "rural")
    next(one for one in app.text_input if one.label.startswith("First month (year")).input("2027-07")
    button(app, "Add this dated change").click().run()
    box(app, "From July 2027: Wage of a new peer (rural) ($ an hour)").set_value(19.0).run()
    later = {plan.name: plan.epochs[-1][1].pay.wage_usd_per_hour for plan in plans(read(asked(app)).sound[0].scenario)}
    assert later == {"city": 20.0, "rural": 19.0}


def test_the_wage_that_an_alternative_gives_one_kind_is_at_hand_beside_the_answer() -> None:
    over = Alternative({"employer": {"rural": {"pay": {"wage_usd_per_hour": 21.0}}}})
    app = opened("compare", small(over, replications=20, employer=KINDS))
    box(app, "Wage of a new peer (rural) ($ an hour)").set_value(22.0).run()
    assert wages(asked(app))[1] == {"city": 20.0, "rural": 22.0}


def test_compare_says_what_each_kind_has_of_an_alternative() -> None:
    over = Alternative({"employer": {"rural": {"pay": {"wage_usd_per_hour": 26.0}}}})
    app = finished(opened("compare", small(over, replications=20, employer=KINDS)))
    [told] = [one for one in app.expander if one.label == TITLE]
    [table] = [one.proto.body for one in told.get("html")]
    assert ("Vacancy rate" in table, table.count(">rural<"), table.count(">city<")) == (True, 3, 3)


def test_what_is_wrong_in_a_kind_stands_at_its_control() -> None:
    app = build("pay", "rural", replace(TWO, base=with_input(TWO, 0, RURAL, -1.0).base))
    told = [one.value for one in app.error]
    assert any("(rural" in one and "must be from 1 to 500" in one for one in told)
    assert HIGHER in asked(app).alternatives

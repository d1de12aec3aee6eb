"""Every input of the schema has its control on the page Build."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

import pytest

from sim.scenario.describe import Input, inputs, may_be_off
from sim.scenario.patch import find
from sim.scenario.shape import shape_at
from sim.ui.inputs.sections import SECTIONS
from sim.ui.question import Alternative, Question
from sim.ui.reading import read
from sim.words.inputs import NAMED
from tests.app.pages import AppTest, asked, box, button, choice, opened, text
from tests.app.worlds import small

IN_THEIR_OWN_WAY: Final[Mapping[str, tuple[str, str]]] = {  # input → the step, and the control that sets it
    "funding.<name>.kind": ("funding", "Add a source of money"),  # what a source is stands when it is added
    "funding.<name>.payments[].at": ("funding", "Payments of county, a line each: month and dollars"),
    "funding.<name>.payments[].usd": ("funding", "Payments of county, a line each: month and dollars"),
    "rules.braiding": ("funding", "Charge award before Medicaid"),  # an order is moved, not typed
    "posts.roster[].hired": ("place", "Use this list"),  # a file: nobody types forty people
    "posts.roster[].rung": ("place", "Use this list"),
    "posts.roster[].in_rung_since": ("place", "Use this list"),
    "posts.roster[].certified": ("place", "Use this list"),
    "posts.roster[].position": ("place", "Use this list"),
    "posts.roster[].fte": ("place", "Use this list"),
    "posts.roster[].wage_usd_per_hour": ("place", "Use this list"),
    "posts.roster[].group": ("place", "Use this list"),
    "change[].at": ("time", "Add this dated change"),
    "change[].set": ("time", "Change from a date on"),
    "employer.<name>.name": ("place", "Name of this kind"),
    "employer.<name>.count": ("place", "Employers of this kind"),
    "effects.<cause>.<outcome>": ("advanced", "Effect of stigma on prospects (SD per SD)"),  # found by search
}
ON_COMPARE: Final = ("experiment.replications", "Runs: more of them narrow the ranges")
WHOLE: Final = small(
    replications=20,
    place={"households": {"one_adult": {"share": 1.0}}},
    ladder={
        f"rung_{step}": {"step": step, "slots": slots, "pay": pay}
        for step, slots, pay in (
            (1, {"kind": "open"}, {"kind": "raise"}),
            (2, {"kind": "number", "number": 1}, {"kind": "amount", "usd_per_hour": 30.0}),
            (3, {"kind": "share", "share": 0.1}, {"kind": "raise"}),
            (4, {"kind": "per_peers", "peers": 8.0}, {"kind": "raise"}),
            (5, {"kind": "chance", "per_month": 0.1}, {"kind": "raise"}),
        )
    },
    positions={"night": {"number": 1}},
    pay={"floor": {"kind": "living_wage"}},
    funding={
        "medicaid": {"clients_covered_share": 0.7},
        "award": {"kind": "grant", "amount_usd_per_year": 100_000.0, "start": "2027-01"},
        "clinic": {"kind": "prospective", "rate_usd": 130.0, "clients_covered_share": 0.3},
        "county": {"kind": "scheduled", "payments": [{"at": "2027-03", "usd": 50_000.0}]},
    },
    rules={"braiding": ["medicaid", "award", "clinic", "county"]},
    effects={"stigma": {"prospects": -0.2}},
    employer=[{"name": "city"}, {"name": "rural"}],
)  # fmt: skip
OBSERVED: Final = Question({key: value for key, value in WHOLE.base.items() if key != "turnover"}, WHOLE.alternatives)


def pattern(address: str) -> str:
    parts = address.split(".")
    return ".".join("<name>" if at and parts[at - 1] in NAMED else part for at, part in enumerate(parts))


def drawn(app: AppTest) -> set[tuple[str, str]]:
    """Return the inputs whose controls stand on a page, each with the kind of the table it is in."""
    start = "input.0."
    kinds = (app.number_input, app.selectbox, app.checkbox, app.text_input, app.multiselect)
    keys = [str(one.key) for elements in kinds for one in elements if one.key]
    addresses = [key.removeprefix(start) for key in keys if key.startswith(start) and not key.endswith(".off")]
    tables = read(asked(app)).sound[0].scenario.model_dump()
    around = [find(tables, address.split(".")[:-1])[0] for address in addresses]
    return {(pattern(at), str(one.get("kind", ""))) for at, one in zip(addresses, around, strict=True)}


@cache
def step(section: str, question: str = "WHOLE", kind: str = "") -> AppTest:
    return opened("build", globals()[question], step=section, kind=kind, expert=True)


@cache
def all_drawn() -> set[tuple[str, str]]:
    pages = [step(one.key) for one in SECTIONS] + [step("advanced", "OBSERVED")]
    return {found for app in pages for found in drawn(app)}


def own_way() -> set[str]:
    return {*IN_THEIR_OWN_WAY, ON_COMPARE[0]}


@pytest.mark.parametrize("given", inputs(), ids=lambda one: f"{one.path} {one.kind}".strip())
def test_an_input_of_the_schema_has_a_control_or_is_named_with_its_own_way(given: Input) -> None:
    around = {kind for path, kind in all_drawn() if path == given.path}
    found = (given.kind in around) if given.kind else bool(around)
    assert found != (given.path in own_way()), "drawn twice or not at all"


def labels(app: AppTest) -> set[str]:
    kinds = (app.number_input, app.selectbox, app.text_input, app.text_area, app.button)
    return {one.label for elements in kinds for one in elements}


@pytest.mark.parametrize("path", IN_THEIR_OWN_WAY)
def test_what_is_set_in_its_own_way_can_be_set_so(path: str) -> None:
    section, label = IN_THEIR_OWN_WAY[path]
    assert label in labels(step(section)) | labels(step(section, "WHOLE", "rural"))


def test_the_number_of_runs_is_set_beside_the_answer() -> None:
    assert ON_COMPARE[1] in labels(opened("compare", small(replications=20)))


def test_every_section_shows_what_it_names_first() -> None:
    known = {one.path for one in inputs()}
    assert {path for one in SECTIONS for path in one.basic} <= known


# off -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [one for one in inputs() if one.path.startswith("rules.")], ids=lambda one: one.path)
def test_a_rule_that_may_be_off_can_be_switched_off(given: Input) -> None:
    shape = shape_at(tuple(given.path.split(".")))
    assert shape is not None
    there = f"{given.about}: never" in [one.label for one in step("advanced").checkbox]
    assert there == (may_be_off(shape) and not shape.optional)


def test_a_rule_is_switched_off_and_on_again() -> None:
    app = opened("build", small(replications=20), step="advanced", expert=True)
    choice(app, "Hiring stops below this much cash, money due and unused credit: never").set_value(True).run()
    assert read(asked(app)).sound[0].scenario.rules.freeze_below_months == "off"
    assert box(app, "Hiring stops below this much cash, money due and unused credit (months of payroll)").value is None
    box(app, "Hiring stops below this much cash, money due and unused credit (months of payroll)").set_value(1.0).run()
    assert read(asked(app)).sound[0].scenario.rules.freeze_below_months == 1.0


def test_an_alternative_lifts_a_cap_of_the_base() -> None:
    capped = small(replications=20, funding={"medicaid": {"max_units_per_worker_day": 16.0}})
    app = opened("build", capped, step="funding", expert=True, editing=1)
    choice(app, "Cap per working day of a peer (Medicaid): left out").set_value(True).run()
    caps = [one.scenario.funding["medicaid"].max_units_per_worker_day for one in read(asked(app)).sound]  # type: ignore[union-attr]
    assert caps == [16.0, None]
    assert "Base: 16 units" in text(app)
    choice(app, "Cap per working day of a peer (Medicaid): left out").set_value(False).run()
    assert "max_units_per_worker_day" not in str(asked(app).alternatives)


def test_the_seed_that_is_entered_is_the_luck_that_is_run() -> None:
    app = opened("build", small(replications=20), step="time", expert=True)
    box(app, "Random seed").set_value(7).run()
    assert asked(app).seed == 7
    assert button(app, "See the answer")


def test_the_loops_of_the_model_can_be_switched_off_in_an_alternative_alone() -> None:
    app = opened("build", small(replications=20), step="time", expert=True, editing=1)
    label = next(one.label for one in app.checkbox if one.label.startswith("Let vacancies"))
    choice(app, label).set_value(False).run()
    assert [one.scenario.experiment.feedback for one in read(asked(app)).sound] == [True, False]


# what is wrong is said where it is typed, and nothing else changes its name -----------------------------------------


@pytest.mark.parametrize(("typed", "value"), [(250.0, 2.5), (-5.0, -0.05)])
def test_a_number_out_of_its_range_is_answered_in_words_at_its_field_and_does_not_run(
    typed: float, value: float
) -> None:
    app = opened("build", small(replications=20), step="funding")
    box(app, "Paid federally (Medicaid) (% of payments)").set_value(typed).run()
    assert asked(app).base["funding"]["medicaid"]["federal_share"] == value
    told = [one.value.replace("\\", "") for one in app.error]
    assert f"**Paid federally (Medicaid)** = {typed:g} %: it must be from 0 to 100 %." in told
    assert "1 input must be mended before this can run" in told[0]
    assert "Nothing is wrong" not in text(app)
    assert box(app, "Paid federally (Medicaid) (% of payments)").value == typed
    box(app, "Paid federally (Medicaid) (% of payments)").set_value(56.0).run()
    assert "Nothing is wrong" in text(app)


def test_a_field_that_is_wrong_leaves_names_as_they_are_and_months_are_taken_in_any_clear_form() -> None:
    award = {"kind": "grant", "amount_usd_per_year": 300_000.0, "start": "2027-01"}
    rate = {"at": "2027-07", "set": {"funding.medicaid.rate_usd_per_unit": 18.0}}
    question = small(Alternative({"change": [rate]}), replications=20, horizon={"start": "2027-01"},
                     funding={"award": award}, rules={"braiding": ["award", "medicaid"]})  # fmt: skip
    app = opened("build", question, step="funding")
    names = [read(asked(app)).title(place) for place in (0, 1)]
    first = next(one for one in app.text_input if one.label.startswith("First month of the award"))
    first.set_value("next spring").run()
    assert not app.exception
    assert [read(asked(app)).title(place) for place in (0, 1)] == names
    assert "toml" not in text(app)
    assert 'must be a month written "YYYY-MM"' in text(app)
    for typed, month in (("03/2025", "2025-03"), ("March 2026", "2026-03"), ("2026-04-15", "2026-04")):
        next(one for one in app.text_input if one.label.startswith("First month of the award")).set_value(typed).run()
        assert asked(app).base["funding"]["award"]["start"] == month


def test_compare_leads_to_build_where_the_base_can_be_changed() -> None:
    app = opened("compare", small(replications=20), editing=1)
    button(app, "Change the base on Build").click().run()
    assert app.title[0].value == "Describe it"
    assert choice(app, "You are editing").value == 0


def test_slots_as_a_share_say_how_many_of_the_posts_that_is() -> None:
    lead = {"step": 1, "pay": {"kind": "raise", "share": 0.2}, "slots": {"kind": "share", "share": 0.15}}
    app = opened("build", small(replications=20, posts={"number": 15}, ladder={"lead": lead}), step="ladder")
    assert "15 % of 15 funded posts: 2 slots" in text(app)

"""Rates, fiscal notes and break-even on the page: the figures are those of `peerstay rate`, `fiscal` and `worth`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sim.questions.fiscal.note import Wanted, fiscal_note, growth_of
from sim.questions.rate.rate import Wanted as RateWanted
from sim.questions.rate.rate import rate_study
from sim.questions.rate.text import sentences
from sim.questions.worth.worth import worth_in
from sim.runs.replicate import Settings
from sim.takeaway.also import WORTH, Also
from sim.takeaway.fiscal_tables import in_short
from sim.takeaway.named import called_in_full
from sim.ui.answers.also import note_key
from sim.ui.answers.takeaway import file_of
from sim.ui.question import Alternative
from sim.ui.reading import read
from sim.ui.server import shared as server
from tests.app.pages import (
    as_commanded,
    asked,
    box,
    button,
    choice,
    finished,
    go,
    opened,
    serving,
    settled,
    tables,
    text,
)
from tests.app.worlds import small

ASKED = small(replications=20)


@pytest.fixture(scope="module")
def page() -> Iterator[AppTest]:
    with pytest.MonkeyPatch().context() as patch, serving(patch):
        yield opened("payers", ASKED)


def test_nothing_is_run_before_it_is_asked_for(page: AppTest) -> None:
    assert not page.exception
    assert "Turnover is" not in text(page)


def test_the_rate_that_a_wage_needs_is_that_of_the_command_line(page: AppTest) -> None:
    app = settled(button(page, "Build the rate").click().run())
    study = rate_study(read(ASKED).sound, Settings(20, ASKED.seed, unknowns=True), RateWanted())
    number = next(sentences(study)).partition(": ")[2]  # without the scenario's name
    assert number in text(app)
    assert "base: a wage" not in text(app)  # the page calls it Base, not as its file
    assert {"Word document", "Excel workbook, with live formulas"} <= {one.label for one in app.get("download_button")}


def test_the_rate_that_a_wage_needs_is_tried_as_an_alternative_and_is_not_called_a_rate_an_hour() -> None:
    app = settled(button(opened("payers", small(replications=20, seed=78)), "Build the rate").click().run())
    (base, other) = [one for one in app.button if one.label.startswith("Try ")]
    rate = float(base.label.partition("$")[2].split()[0])
    assert "beside what alternative A changes" in other.label
    assert f"needs a rate of ${rate:.2f}" in text(app)
    app = base.click().run()
    assert app.title[0].value == "What changes?"
    assert asked(app).alternatives[1].tables == {"funding": {"medicaid": {"rate_usd_per_unit": rate}}}
    assert not [one for one in read(asked(app)).problems[2] if "an hour" in one.rule]


def test_the_group_rate_that_goes_with_a_rate_is_tried_with_it() -> None:
    paid = {"medicaid": {"group_rate_usd_per_unit": 2.7}}
    app = settled(
        button(opened("payers", small(replications=20, seed=79, funding=paid)), "Build the rate").click().run()
    )
    label = next(one.label for one in app.button if one.label.startswith("Try "))
    rate, group = (float(one) for one in re.findall(r"\$([0-9.]+)", label))
    assert group == pytest.approx(rate * 2.7 / 13.5, abs=0.006)
    app = button(app, label).click().run()
    both = {"rate_usd_per_unit": rate, "group_rate_usd_per_unit": group}
    assert asked(app).alternatives[1].tables == {"funding": {"medicaid": both}}


def test_the_fiscal_note_is_that_of_the_command_line_and_tells_spending_by_member(page: AppTest) -> None:
    choice(page, "The state's fiscal year begins in").select(10).run()
    box(page, "Members of the program, if known").set_value(3_000).run()
    app = settled(button(page, "Write the fiscal note").click().run())
    everyone = read(ASKED).sound
    wanted = Wanted(10, 3_000, growth=growth_of(everyone[0]))
    note = fiscal_note(everyone, Settings(20, ASKED.seed, unknowns=True), wanted)
    told = in_short(note, called_in_full(len(everyone)))
    assert told
    assert all(line in text(app) for line in told)
    assert any("per member per month" in str(one.value) for one in app.table)
    assert "--year-starts 10 --members 3000" in app.code[-1].value


def test_rate_and_note_may_be_asked_for_at_the_same_time(page: AppTest) -> None:
    """A fault seen: the second one pressed while the first one runs broke the page."""
    app = opened("payers", small(replications=20, seed=77))
    app = button(app, "Build the rate").click().run()
    app = button(app, "Write the fiscal note").click().run()
    assert not app.error
    assert len([one for one in app.button if one.label == "Stop"]) == 2
    app = settled(app)
    assert not app.error
    assert {"The rate, line by line, USD", "Which rate would the wage need?"} <= {
        one.value for one in (*app.subheader, *app.header)
    }
    assert "--year-starts 7" in app.code[-1].value


def test_the_break_even_is_that_of_the_command_line_to_the_digit(page: AppTest, tmp_path: Path) -> None:
    app = settled(button(page, "Find the break-even").click().run())
    assert app.code[-1].value.split()[:2] == ["peerstay", "worth"]
    told = as_commanded(app.code[-1].value, ASKED, tmp_path)
    sentences = [
        one.removeprefix("- ") for one in text(app).splitlines() if one.startswith(("- Base ", "- Alternative A "))
    ]
    assert len(sentences) == 2
    assert all("all payers and the employer" in one for one in sentences)
    assert all(one in told for one in sentences)
    (behind,) = (one for one in tables(app) if "Client-years" in one[0])
    assert behind[0] == [
        "Scenario", "Spent, all", "Middle 90 % (Spent, all)", "Of 100 (Spent, all)",
        "Client-years", "Middle 90 % (Client-years)", "Of 100 (Client-years)",
    ]  # fmt: skip
    assert {"Base", "Alternative A"} <= {row[0] for row in behind[1:]}
    assert all(cell in told for row in behind[1:] for cell in row)
    assert "What clients avoid is spent elsewhere" in text(app)


def test_a_worth_of_ones_own_needs_its_source_and_is_no_new_run(page: AppTest, tmp_path: Path) -> None:
    app = settled(button(page, "Find the break-even").click().run())
    box(app, "What a served client avoids a year, USD, if you know it").set_value(4_000.0).run()
    assert "A worth of your own is left out: say what a served client avoids a year" in text(app)
    assert "Typed, not known to the model" not in text(app)
    next(one for one in app.text_input if one.label == "Where that comes from").input("our $claims, 2025").run()
    choice(app, "Whose spending must come back").select("state").run()
    assert not any(one.label == "Stop" for one in app.button)  # what was run is only added up anew
    assert "a served client avoids $4,000 a year. Source: our $claims, 2025." in text(app)
    command = app.code[-1].value
    assert " ".join(command.replace("\\\n", "").split()).endswith(
        "--payer state --averted 4000 --source 'our $claims, 2025'"
    )
    told = as_commanded(command, ASKED, tmp_path)
    (made,) = (one for one in tables(app) if "Left over" in one[0])
    assert all(cell in told for row in made[1:] for cell in row)


def test_where_nobody_pays_the_page_says_what_to_enter() -> None:
    app = opened("payers", small(Alternative({"pay": {"wage_usd_per_hour": 21.0}}), funding={"medicaid": None}))
    assert "enter one on Build, step Funding" in text(app)
    assert "Find the break-even" not in [one.label for one in app.button]


def test_columns_of_a_table_that_are_called_alike_are_told_apart(page: AppTest) -> None:
    """A fault seen: of base and alternatives, the ends of ranges of the last one stood for all."""
    app = settled(button(page, "Build the rate").click().run())
    assert [
        "Line", "Base", "from (Base)", "to (Base)", "Alternative A", "from (Alternative A)", "to (Alternative A)",
    ] in [one[0] for one in tables(app)]  # fmt: skip


@pytest.fixture
def fresh() -> Iterator[AppTest]:
    with pytest.MonkeyPatch().context() as patch, serving(patch):
        yield opened("payers", ASKED)


def test_what_was_asked_goes_into_the_brief_unless_it_is_not_wanted(fresh: AppTest) -> None:
    assert "once that is asked" in text(finished(opened("compare", ASKED)))
    app = finished(go(settled(button(fresh, "Find the break-even").click().run()), "compare"))
    told = choice(app, "Brief and workbook also tell: what a served client must avoid")
    assert told.value
    assert not choice(told.uncheck().run(), told.label).value
    spending = server.searches().found(f"{read(ASKED).text} worth").latest
    result = server.result(read(ASKED), ASKED.seed, ASKED.replications)
    assert WORTH in file_of(".html", result, Also(worth_in(spending))).decode()
    assert WORTH not in file_of(".html", result).decode()


def test_rate_and_fiscal_note_go_into_the_brief_once_they_are_asked(fresh: AppTest) -> None:
    app = settled(button(fresh, "Build the rate").click().run())
    app = finished(go(settled(button(app, "Write the fiscal note").click().run()), "compare"))
    assert choice(app, "Brief and workbook also tell: which rate the wage needs; what each payer comes to owe").value
    searches, found = server.searches(), read(ASKED)
    rate = searches.found(f"{found.text} rate").latest
    also = Also(rate=rate, fiscal=searches.found(note_key((found.text, 7, None))).latest)
    document = file_of(".html", server.result(found, ASKED.seed, ASKED.replications), also).decode()
    assert f"${rate.columns[0].lines['rate'].mean:.2f}" in document
    assert in_short(also.fiscal)[0] in document

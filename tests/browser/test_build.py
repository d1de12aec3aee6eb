"""Build in a real browser, step by step: at 400 %, in the dark, by keyboard alone, and with a list of people."""

from __future__ import annotations

from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from sim.ui.inputs.sections import SECTIONS
from tests.app.test_every_input import WHOLE
from tests.app.worlds import small
from tests.browser.test_page import OF_STREAMLIT, SERIOUS, STILL, Visitor, visitor
from tests.browser.waiting import until_true

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

ZOOMED: Final = {"width": 320, "height": 1024}  # 1280 pixels at 400 %
WIDE: Final = "document.querySelector('[data-testid=stMain]').scrollWidth"
CUT: Final = """
[...document.querySelectorAll('[data-testid=stMain] :is(label, button, summary) p, [data-tag]')]
    .filter(one => one.clientWidth && (one.scrollWidth > one.clientWidth + 1
        || one.getBoundingClientRect().right > document.documentElement.clientWidth)).map(one => one.innerText)
"""
PEOPLE: Final = b"hired,certified\n" + b"2019-07,yes\n" * 12


def steps(one: Visitor) -> Locator:
    return one.page.get_by_role("radiogroup", name="Step")


def at_step(one: Visitor, title: str) -> None:
    """Go to a step, and wait until it is drawn."""
    steps(one).get_by_text(title, exact=True).click()
    expect(one.page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    one.settle()
    until_true(one.page, STILL)


def serious(one: Visitor) -> list[Any]:
    found = Axe().run(one.page).response["violations"]
    return [
        (rule["id"], [node["html"][:200] for node in rule["nodes"][:3]])
        for rule in found
        if rule["impact"] in SERIOUS and rule["id"] not in OF_STREAMLIT
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_at_400_per_cent_fits_and_cuts_nothing_off(browser: Browser, server: str, scheme: str) -> None:
    with visitor(browser, server, viewport=ZOOMED, color_scheme=scheme) as one:
        one.open("build", WHOLE)
        one.page.get_by_text("Expert", exact=True).first.click()
        one.settle()
        for section in SECTIONS:
            at_step(one, section.title)
            assert one.page.evaluate(WIDE) <= ZOOMED["width"], section.title
            assert one.page.evaluate(CUT) == [], section.title
            assert serious(one) == [], section.title


def test_a_wage_of_one_kind_is_changed_by_keyboard_alone(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("build", WHOLE)
        keyboard = one.page.keyboard
        steps(one).get_by_role("radio", checked=True).focus()
        for title in ("Time", "Funding", "Pay"):
            keyboard.press("ArrowRight")
            expect(one.page.get_by_role("heading", name=title, exact=True)).to_be_visible()
            one.settle()
        one.page.get_by_label("For which employers", exact=True).focus()
        keyboard.type("rural")
        keyboard.press("Enter")
        box = one.page.get_by_label("Wage of a new peer (rural) ($ an hour)", exact=True)
        expect(box).to_be_visible()
        box.focus()
        keyboard.press("ArrowUp")
        keyboard.press("Enter")
        expect(one.page.get_by_text("What all kinds share: $20.00 an hour")).to_be_visible()


def test_a_reload_with_a_list_of_people_keeps_all_but_the_list(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("build", small(replications=20, posts={"number": 20}, title="An organization with a list"))
        one.page.get_by_text("List of the people in post", exact=True).click()
        given = {"name": "people.csv", "mimeType": "text/csv", "buffer": PEOPLE}
        one.page.get_by_test_id("stFileUploader").first.locator("input").set_input_files(given)  # type: ignore[arg-type]
        one.button("Use this list").click()
        expect(one.page.get_by_text("Certificate: certified: 12")).to_be_visible()
        one.settle()
        assert "2019" not in one.page.inner_text("body")
        one.page.reload()
        expect(one.page.get_by_text("A list of people belongs to this question")).to_be_visible()
        expect(one.page.get_by_text("An organization with a list").first).to_be_visible()
        one.settle()
        expect(one.page.get_by_text("Certificate: certified: 12")).to_have_count(0)

"""What is asked backwards has an answer, a link that finds it again, a stop, and a way back to Compare."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from sim.ui.studies.address import Doubted, text_of
from tests.app.test_backwards_page import enough
from tests.browser.test_page import Visitor, long, visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


def solved(one: Visitor) -> str:
    """Wait until the answer is whole, and return its sentence."""
    told = one.page.get_by_text(re.compile(r"^(Raising|Lowering) .* is the smallest change")).first
    expect(told).to_be_visible()
    expect(one.button("Stop")).to_have_count(0)
    one.settle()
    return str(told.inner_text())


def stop(one: Visitor) -> None:
    one.button("Stop").click()
    expect(one.page.get_by_text("What is found is kept")).to_be_visible()
    one.settle()


def test_a_question_is_answered_its_link_finds_it_again_and_it_opens_on_compare(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one, visitor(browser, server) as other:
        one.open("backwards", enough())
        one.button("Find out").click()
        told = solved(one)
        other.page.goto(one.page.url)
        assert solved(other) == told
        one.button("Open this as an alternative on Compare").click()
        expect(one.page.get_by_role("heading", name="What changes?")).to_be_visible()
        expect(one.page.get_by_text("Alternative B").first).to_be_visible()


def test_a_long_study_is_stopped_keeps_what_it_has_and_goes_on(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("matters", long(seed=103), doubt=text_of(Doubted(draws=40, runs=40)))
        stop(one)
        one.button("Go on").click()
        expect(one.button("Stop")).to_be_visible()
        stop(one)

"""Addresses that somebody made up, or made to do harm, in a real browser: every one is answered by a page of ours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_page import visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

NOWHERE = ("nonsense", "nonsense/deeper?q=%ff", "%00", "%3Cscript%3Ealert(1)%3C/script%3E", "..%2f..%2fetc/passwd")
BROKEN = ("?q=AAAA", "compare?q=%ff%fe", "compare/?q=x&q=y&embed=true", "?q=" + "A" * 30_000)


def test_an_address_of_no_page_is_answered_in_our_words(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        for path in NOWHERE:
            one.page.goto(f"{server}/{path}")
            expect(one.page.get_by_role("heading", name="There is no page at this address")).to_be_visible()
        one.page.get_by_role("link", name="Go to Start").click()
        expect(one.page.get_by_role("link", name="Compare").first).to_be_visible()


def test_a_broken_link_is_answered_in_our_words(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        for path in BROKEN:
            one.page.goto(f"{server}/{path}")
            expect(one.page.get_by_text("so nothing was opened. Ask for the link again").first).to_be_visible()
            expect(one.page.get_by_role("dialog")).to_have_count(0)

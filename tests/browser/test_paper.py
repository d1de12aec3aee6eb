"""On paper: what is read across the sheet, charts whole, nothing to press; and a page that turns from light to dark."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from sim.ui.accessibility import SKIP
from tests.browser.test_every_page import PHONE, looked_at, still, whole
from tests.browser.test_page import Visitor, visitor
from tests.browser.waiting import until_true

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

SHEETS: Final = {"Letter": 612, "A4": 595}  # width in points
PRESSED: Final = ("Remove A", "Add an alternative", "Share this question", "Figure as PNG", "Excel workbook")
DRAWN: Final = "document.querySelector('.js-plotly-plot .main-svg')"
SIZE: Final = f"JSON.stringify({DRAWN}.getBoundingClientRect()) + {DRAWN}.outerHTML.slice(0, 300)"
TEXTS: Final = """
[...document.querySelectorAll('.js-plotly-plot .main-svg text')]
    .filter(one => !one.querySelector('tspan') && one.getBBox().width).map(one => one.textContent)
"""
SCALED: Final = f"{DRAWN}.hasAttribute('viewBox')"
LINK: Final = "getComputedStyle(document.querySelector('[data-testid=stPageLink-NavLink] p')).color"
BEHIND: Final = f"getComputedStyle({DRAWN}).backgroundColor"


def words_on(file: Path, pdftotext: str) -> list[tuple[float, str]]:
    """Every word of a PDF, with where it ends on its line, in points."""
    told = subprocess.run([pdftotext, "-bbox", str(file), "-"], check=True, capture_output=True, text=True).stdout
    return [(float(end), unescape(word)) for end, word in re.findall(r'xMax="([\d.]+)"[^>]*>([^<]*)</word>', told)]


def printed(one: Visitor, sheet: str, folder: Path, pdftotext: str) -> list[tuple[float, str]]:
    one.page.pdf(path=folder / "page.pdf", format=sheet)
    return words_on(folder / "page.pdf", pdftotext)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_printed_answer_is_whole_and_has_nothing_to_press(
    browser: Browser, server: str, pdftotext: str, tmp_path: Path, sheet: str
) -> None:
    """What a chart says at its right edge, its legend too, is on the sheet; afterwards the screen is as it was."""
    with visitor(browser, server) as one:
        whole(one, "compare")
        before = one.page.evaluate(SIZE)
        texts = one.page.evaluate(TEXTS)
        found = printed(one, sheet, tmp_path, pdftotext)
        told = " ".join(word for _, word in found)
        assert "What changes?" in told
        assert "Keeping people" in told
        assert len(texts) > 10
        assert [one for one in texts if "".join(one.split()) not in "".join(told.split())] == []
        assert max(end for end, _ in found) < SHEETS[sheet] - 30
        assert [words for words in (SKIP, "Ask backwards", *PRESSED) if words in told] == []
        assert not one.page.evaluate(SCALED)
        assert one.page.evaluate(SIZE) == before


def test_what_is_printed_in_the_dark_is_dark_on_white(browser: Browser, server: str) -> None:
    with visitor(browser, server, color_scheme="dark") as one:
        whole(one, "compare")
        one.page.emulate_media(media="print", color_scheme="dark")
        told = "getComputedStyle(document.querySelector('[data-testid=stMain] h1')).color"
        until_true(one.page, f"{told} === 'rgb(0, 0, 0)'")


def test_a_page_that_turns_dark_is_drawn_anew(browser: Browser, server: str) -> None:
    """Its links and charts too, whose colors the server chose, without anything pressed."""
    with visitor(browser, server, color_scheme="light") as one:
        whole(one, "compare")
        assert one.page.evaluate(LINK) == "rgb(0, 90, 156)"
        one.page.emulate_media(color_scheme="dark")
        until_true(one.page, f"{LINK} === 'rgb(140, 200, 245)' && {BEHIND} === 'rgb(14, 17, 23)'")
        still(one)
        assert looked_at(one) == []


def test_the_menu_of_a_phone_has_a_name_and_opens_by_keyboard(browser: Browser, server: str) -> None:
    with visitor(browser, server, viewport=PHONE) as one:
        one.open()
        menu = one.page.get_by_role("button", name="Expand sidebar", exact=True)
        menu.focus()
        one.page.keyboard.press("Enter")
        expect(one.page.get_by_test_id("stSidebarNavLink").filter(has_text="Ask backwards")).to_be_in_viewport()

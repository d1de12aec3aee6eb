"""Every page in light and dark, on a phone and at four times the size: nothing stands in anybody's way."""

from __future__ import annotations

from typing import Any, Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from sim.ui.accessibility import SKIP
from sim.ui.answers.job_status import THERE, WORKING
from sim.ui.navigation import PAGES
from sim.ui.studies.address import Backwards, Doubted, Moved, text_of
from tests.browser.test_page import OF_STREAMLIT, QUICK, SERIOUS, STILL, Visitor, visitor
from tests.browser.waiting import until_true

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

PHONE: Final = {"width": 390, "height": 844}
LARGE: Final = {"width": 1280, "height": 720}
ZOOMED: Final = {"width": 320, "height": 256}  # 1280 by 1024 pixels at 400 %
NEW: Final = "a newcomer"  # who opens the first page, with no question
OF_A_RUN: Final = ("compare", "money", "people")
ASKED: Final = {
    "backwards": {"solve": text_of(Backwards(low=18.0, high=22.0))},
    "matters": {
        "doubt": text_of(Doubted(draws=20, runs=4)),
        "moves": text_of(Moved(wanted=("rules",), moves=2, runs=4)),
    },
}
NOT_RUNNING: Final = "![...document.querySelectorAll('button')].some(one => one.innerText.trim() === 'Stop')"
WIDE: Final = "document.querySelector('[data-testid=stMain]').scrollWidth"
CUT: Final = """
[...document.querySelectorAll('[data-testid=stMetricValue], [data-testid=stMetricLabel]')]
    .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)
"""
REACHED: Final = """
[...document.querySelectorAll('[data-testid=stTable] > *')]
    .every(box => box.scrollWidth <= box.clientWidth + 1 || getComputedStyle(box).overflowX !== 'auto' || !box.tabIndex)
"""  # what scrolls sideways has its place in the order of the keyboard, which our own script gives it in a moment
SCHEME: Final = "getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme"
DRAWN_DARK: Final = """
[...document.querySelectorAll('style')].some(one => one.textContent.includes('#8CC8F5'))
    && [...document.querySelectorAll('.js-plotly-plot')].every(
        one => getComputedStyle(one.querySelector('.main-svg')).backgroundColor === 'rgb(14, 17, 23)')
"""  # the server has chosen the colors of the dark, and every chart has them
AT_ONCE: Final = "*, *::before, *::after { transition: none !important; animation: none !important }"
FOCUS: Final = """
(() => {
    const host = document.activeElement, at = host?.shadowRoot?.activeElement ?? host;
    if (!host || host === document.body) return null;
    const { x, y, width, height } = at.getBoundingClientRect();
    const clip = { x: Math.max(0, x - 16), y: Math.max(0, y - 12), width: Math.min(width, 600) + 32,
                   height: Math.min(height, 200) + 24 };
    return { clip, name: `${at.tagName} ${at.getAttribute('aria-label') ?? at.innerText.slice(0, 40)}` };
})()
"""
BLUR: Final = "(window.was = document.activeElement).blur()"


def still(one: Visitor) -> None:
    """Wait until all that is drawn stands as it will."""
    until_true(one.page, NOT_RUNNING)
    one.settle()
    until_true(one.page, STILL)
    until_true(one.page, REACHED)


def whole(one: Visitor, name: str) -> None:
    """Open a page, with an answer where it gives one, and wait until all of it is there."""
    if name == NEW:
        one.open()
    else:
        one.open(PAGES[name][1], QUICK, **ASKED.get(name, {}))
    if name in OF_A_RUN or name in ASKED:
        one.page.locator(".js-plotly-plot .main-svg").first.wait_for()
    still(one)


def looked_at(one: Visitor) -> list[str]:
    """Return what is cut off, and what stands in somebody's way."""
    found: list[dict[str, Any]] = Axe().run(one.page).response["violations"]
    return one.page.evaluate(CUT) + [
        f"{rule['id']}: {rule['help']}: {[node['html'][:200] for node in rule['nodes'][:3]]}"
        for rule in found
        if rule["impact"] in SERIOUS and rule["id"] not in OF_STREAMLIT
    ]


@pytest.mark.parametrize("name", [*PAGES, NEW])
def test_nothing_stands_in_the_way_of_anybody(browser: Browser, server: str, name: str) -> None:
    """Look at a page in a large window, in small ones, where nothing scrolls sideways, and once it has turned dark."""
    with visitor(browser, server, color_scheme="light") as one:
        whole(one, name)
        assert looked_at(one) == []
        for size in (PHONE, ZOOMED):
            one.page.set_viewport_size(size)
            still(one)
            until_true(one.page, f"window.innerWidth === {size['width']} && {WIDE} <= {size['width']}")
            assert looked_at(one) == [], size
        one.page.set_viewport_size(LARGE)
        one.page.emulate_media(color_scheme="dark")
        until_true(one.page, DRAWN_DARK)
        still(one)
        assert "dark" in one.page.evaluate(SCHEME)
        assert looked_at(one) == []


HEARD: Final = """
window.heard = [];
new MutationObserver(() => window.heard.push(document.getElementById('peerstay-status').textContent))
    .observe(document.getElementById('peerstay-status'), { childList: true, characterData: true, subtree: true });
"""


def test_a_screen_reader_hears_that_work_began_and_what_came_of_it_and_nothing_twice(
    browser: Browser, server: str
) -> None:
    with visitor(browser, server) as one:
        whole(one, "compare")
        place = one.page.locator("#peerstay-status[role=status]")
        expect(place).to_contain_text(THERE)
        before = str(place.text_content())
        one.page.evaluate(HEARD)
        box = one.page.get_by_label("Wage of a new peer ($ an hour)", exact=True).first
        box.fill("27")
        box.press("Enter")
        until_true(one.page, f"window.heard.length > 1 && window.heard.at(-1).includes({THERE!r})")
        still(one)
        heard = one.page.evaluate("window.heard")
        assert heard[0] == WORKING
        assert heard[-1] != before
        assert len(heard) == len(set(heard)) <= 3
        assert not place.evaluate(
            "one => [...document.querySelectorAll('.peerstay-heard')].some(one => one.offsetHeight)"
        )


def test_the_first_key_offers_a_way_past_the_navigation(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        whole(one, "compare")
        one.page.wait_for_selector("#peerstay-skip")
        one.page.keyboard.press("Tab")
        assert one.page.evaluate("document.activeElement.innerText") == SKIP
        one.page.keyboard.press("Enter")
        assert one.page.evaluate("document.activeElement.tagName") == "H1"


FRAMES: Final = """
[...document.querySelectorAll("[class*='st-key-evidence'] [data-testid=stPopover] button")].map(one => {
    const { borderTopWidth, borderTopColor, backgroundColor, boxShadow } = getComputedStyle(one);
    return [borderTopWidth === '0px' ? 'none' : borderTopColor, backgroundColor, boxShadow].join(' | ');
})
"""
BARE: Final = "none | rgba(0, 0, 0, 0) | none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_grade_has_no_frame_on_any_screen(browser: Browser, server: str, scheme: Literal["light", "dark"]) -> None:
    with visitor(browser, server, color_scheme=scheme) as one:
        whole(one, "build")
        for size in (LARGE, PHONE):
            one.page.set_viewport_size(size)
            still(one)
            assert set(one.page.evaluate(FRAMES)) == {BARE}, size


def test_a_table_too_wide_for_a_phone_says_that_there_is_more(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        whole(one, "evidence")
        hinted = one.page.locator(".peerstay-sideways")
        expect(hinted).to_have_count(0)
        one.page.set_viewport_size(PHONE)
        still(one)
        expect(hinted.first).to_be_visible()
        said = hinted.first.evaluate("one => getComputedStyle(one, '::before').content")
        assert "Scroll sideways for more columns" in said
        assert hinted.first.get_attribute("tabindex") == "0"
        assert "can be scrolled sideways" in str(hinted.first.get_attribute("aria-label"))


def test_a_table_too_wide_for_a_phone_is_scrolled_by_the_keyboard(browser: Browser, server: str) -> None:
    with visitor(browser, server, viewport=ZOOMED) as one:
        whole(one, "evidence")
        box = one.page.locator("[data-testid=stTable] > [tabindex='0']").first
        box.wait_for()
        assert "can be scrolled sideways" in (box.get_attribute("aria-label") or "")
        box.focus()
        for _ in range(3):
            one.page.keyboard.press("ArrowRight")
        until_true(one.page, "document.activeElement.scrollLeft > 0")


def test_whatever_the_keyboard_reaches_shows_that_it_has_the_focus(browser: Browser, server: str) -> None:
    """Go through a page key by key: each stop looks different while it has the focus, and none is a trap."""
    with visitor(browser, server) as one:
        whole(one, "story")
        one.page.add_style_tag(content=AT_ONCE)
        unseen, names = [], set()
        for _ in range(40):
            one.page.keyboard.press("Tab")
            at = one.page.evaluate(FOCUS)
            if at is None or at["name"] in names:
                continue
            names.add(at["name"])
            focused = one.page.screenshot(clip=at["clip"])
            one.page.evaluate(BLUR)
            one.page.wait_for_timeout(60)
            if one.page.screenshot(clip=at["clip"]) == focused:
                unseen.append(at["name"])
            one.page.evaluate("window.was.focus()")
        assert unseen == []
        assert len(names) > 15

"""The page in a real browser: the way of a newcomer, links, reload, stop, files, two visitors, access for all."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from sim.ui.links import link_of
from sim.ui.question import Question
from tests.app.worlds import small
from tests.browser.waiting import WAIT, until_true

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]  # longer than all waits of a test together

WAGE = "Wage of a new peer ($ an hour)"
STILL = "document.getAnimations().every(one => one.playState !== 'running')"  # nothing fades in or out any more
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
SERIOUS = ("serious", "critical")
OF_STREAMLIT: dict[str, str] = {}  # rule → why it is not ours to mend
QUICK = small(replications=40)
WINDOW: Final[ViewportSize] = {"width": 1280, "height": 720}
OF_A_TAB: Final = {"viewport", "color_scheme"}  # options that each tab of a browser may have as it will
LEFT: Final[list[BrowserContext]] = []  # browsers that somebody has left, with the page's scripts still in them


def long(seed: int) -> Question:
    """A run that is not over on any machine while a test looks; a seed for each test, since a run is shared by all."""
    return small(replications=5_000, seed=seed, posts={"number": 100}, horizon={"months": 120, "warm_up_months": 24})


class Visitor:
    """One tab of one person."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.outside: list[str] = []
        self.faults: list[str] = []
        page.set_default_timeout(WAIT)
        page.on("request", lambda request: self._asked(request.url))
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", lambda told: self._said(told.text))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.server, self.server.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(url)

    def _said(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.faults.append(text)

    def open(self, path: str = "", question: Question | None = None, **also: str) -> None:
        told = also if question is None else {"q": str(link_of(question)), **also}
        link = "&".join(f"{name}={text}" for name, text in told.items())
        self.page.goto(f"{self.server}/{path}?{link}" if link else f"{self.server}/{path}")
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_selector(READY)

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    def first_numbers(self) -> Any:
        """Wait for the sentence about alternative A, of however many runs."""
        told = self.page.get_by_text(re.compile(r"^Alternative A\. Projected")).first
        expect(told).to_be_visible()
        return told

    def answer(self, runs: int | None = None) -> str:
        """Wait until the run is finished, of so many runs where that is said, and return what is told of A."""
        told = self.first_numbers()
        expect(self.button("Stop")).to_have_count(0)
        if runs is not None:
            expect(self.page.get_by_text(f"Each of the {runs:,} futures").first).to_be_visible()
        self.settle()
        return str(told.inner_text())

    def stop(self) -> None:
        """Stop the run, which goes on for others' tests too while somebody may still wait for it."""
        self.button("Stop").click()
        expect(self.page.get_by_text(re.compile(r"Stopped at [\d,]+ of 5,000 runs"))).to_be_visible()


@contextmanager
def visitor(browser: Browser, server: str, **options: Any) -> Iterator[Visitor]:
    """A person with a browser that remembers nothing of anybody before but the page's own scripts."""
    with _tab(browser, options) as page:
        one = Visitor(page, server)
        yield one
        assert one.outside == [], "the page asked for something outside"
        assert one.faults == []


@contextmanager
def _tab(browser: Browser, options: dict[str, Any]) -> Iterator[Page]:
    """A tab of a browser that somebody has left, or of a new one: beside somebody else, or with options of its own."""
    own = options.keys() - OF_A_TAB
    context = LEFT.pop() if LEFT and not own else browser.new_context(**options)
    page = context.new_page()
    if not own:
        page.set_viewport_size(options.get("viewport", WINDOW))
        page.emulate_media(color_scheme=options.get("color_scheme", "light"))
    try:
        yield page
        page.evaluate("localStorage.clear()")
    except BaseException:
        context.close()
        raise
    page.close()
    context.clear_cookies()
    if own:
        context.close()
    else:
        LEFT.append(context)


def test_a_newcomer_opens_an_example_changes_a_wage_reads_the_answer_and_takes_the_brief(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    with visitor(browser, server) as one:
        one.open()
        one.button("One dollar an hour more, or a bonus for staying").click()
        before = one.answer()
        box = one.page.get_by_label(WAGE, exact=True)
        box.fill("26")
        box.press("Enter")
        expect(one.page.locator(".decision thead").get_by_text("$26.00 an hour")).to_be_visible()
        assert one.answer() != before
        one.page.get_by_text("Take it away").first.click()
        with one.page.expect_download() as waiting:
            one.page.get_by_role("button", name=re.compile("PDF")).first.click()
        waiting.value.save_as(tmp_path / "brief.pdf")
        assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")


def test_a_shared_link_shows_the_same_answer_to_somebody_else(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one, visitor(browser, server) as other:
        one.open("compare", QUICK)
        told = one.answer()
        one.button("Share this question").click()
        link = one.page.get_by_text(re.compile(r"http://.*/compare\?q=")).first.inner_text()
        other.page.goto(link.strip())
        assert other.answer() == told


def test_reload_keeps_question_and_answer(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("compare", QUICK)
        box = one.page.get_by_label(WAGE, exact=True)
        box.fill("23")
        box.press("Enter")
        expect(one.page.locator(".decision thead").get_by_text("$23.00 an hour")).to_be_visible()
        told = one.answer()
        one.page.reload()
        assert one.answer() == told


def test_the_back_button_brings_the_question_before_the_change(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("compare", QUICK)
        told = one.answer()
        box = one.page.get_by_label(WAGE, exact=True)
        box.fill("23")
        box.press("Enter")
        expect(one.page.locator(".decision thead").get_by_text("$23.00 an hour")).to_be_visible()
        one.page.go_back()
        expect(one.page.locator(".decision thead").get_by_text("$24.00 an hour")).to_be_visible()
        assert one.answer() == told


def test_going_to_another_page_and_back_loses_nothing(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("compare", QUICK)
        told = one.answer()
        one.page.get_by_role("link", name="Build", exact=True).click()
        expect(one.page.get_by_role("heading", name="Describe it")).to_be_visible()
        one.settle()
        assert "q=" in one.page.url
        one.page.get_by_role("link", name="Compare", exact=True).click()
        assert one.answer() == told


def test_stop_keeps_what_is_finished(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("compare", long(seed=101))
        one.first_numbers()
        one.stop()
        one.first_numbers()
        expect(one.button("Go on")).to_be_visible()


def test_two_visitors_do_not_disturb_one_another(browser: Browser, server: str) -> None:
    other_wage = small(replications=40, pay={"wage_usd_per_hour": 21.0})
    with visitor(browser, server) as one, visitor(browser, server) as other:
        one.open("compare", long(seed=102))
        one.first_numbers()
        other.open("compare", other_wage)
        told = other.answer(runs=40)
        other.page.reload()
        assert other.answer(runs=40) == told
        expect(one.button("Stop")).to_be_visible()  # the long run went on beside it all the time
        one.stop()


def test_files_are_handed_over_on_a_click(browser: Browser, server: str, tmp_path: Path) -> None:
    with visitor(browser, server) as one:
        one.open("compare", QUICK)
        one.answer()
        with one.page.expect_download() as waiting:
            one.button("Bundle that makes the answer again").click()
        waiting.value.save_as(tmp_path / "bundle.zip")
        assert "answer.json" in zipfile.ZipFile(tmp_path / "bundle.zip").namelist()


def test_a_file_of_ones_own_is_opened_and_one_that_extends_another_is_refused(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("build")
        own = b'title = "Our house"\n[pay]\nwage_usd_per_hour = 19.0\n'
        one.page.set_input_files('input[type="file"]', {"name": "own.toml", "mimeType": "", "buffer": own})
        one.button("Open this file").click()
        expect(one.page.get_by_label("Name", exact=True)).to_have_value("Our house")
    with visitor(browser, server) as one:
        one.open("build")
        own = b'extends = "/etc/passwd.toml"\n'
        one.page.set_input_files('input[type="file"]', {"name": "own.toml", "mimeType": "", "buffer": own})
        one.button("Open this file").click()
        expect(one.page.get_by_text("there is no other file to extend here")).to_be_visible()


def test_a_newcomer_finds_the_way_with_the_keyboard_alone(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open()
        one.button("One dollar an hour more, or a bonus for staying").focus()
        one.page.keyboard.press("Enter")
        one.answer()
        box = one.page.get_by_label(WAGE, exact=True)
        box.focus()
        one.page.keyboard.press("ArrowUp")
        one.page.keyboard.press("Enter")
        expect(one.page.locator(".decision thead").get_by_text("$25.50 an hour")).to_be_visible(timeout=60_000)


def test_the_inputs_stay_in_sight_while_the_answer_is_read(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.page.set_viewport_size({"width": 1280, "height": 900})
        one.open("compare", QUICK)
        one.answer()
        one.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 600)")
        expect(one.page.get_by_role("spinbutton", name=WAGE)).to_be_in_viewport()
        one.page.get_by_role("link", name="Take it away").click()
        expect(one.page.get_by_role("heading", name="Take it away")).to_be_in_viewport()


def test_the_next_step_begins_with_its_heading(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("build", QUICK)
        until_true(one.page, "window.peerstayAt !== undefined")  # our own script is there
        for step in ("Time", "Funding"):
            one.button(f"On to {step}").click()
            expect(one.page.get_by_role("heading", name=step, exact=True)).to_be_in_viewport()


def test_a_link_is_copied_by_a_button_that_is_always_there(browser: Browser, server: str) -> None:
    with visitor(browser, server) as one:
        one.open("compare", QUICK)
        one.button("Share this question").click()
        expect(one.page.locator(".st-key-link").get_by_role("button", name="Copy to clipboard")).to_be_visible()

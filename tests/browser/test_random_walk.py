"""A walk at random over the page in a real browser: no fault, no request outside, and a link that can be read."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import TimeoutError as Gone

from sim.ui.links import question_of
from sim.ui.page import FAULT
from tests.browser.test_page import QUICK, Visitor, visitor

STEPS = int(os.environ.get("PEERSTAY_WALK_STEPS", "12"))
SEEDS = (1, 2)
GONE = 20_000  # milliseconds after which what was seen a moment ago is not there to be clicked any more
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300 + 20 * STEPS)]

LINKS = '[data-testid="stSidebarNav"] a'
BUTTONS = '[data-testid="stMain"] [data-testid="stButton"] button:enabled'
NUMBERS = '[data-testid="stMain"] input[type="number"]:enabled'
CHOICES = '[data-testid="stMain"] [data-testid="stSelectbox"] [role="combobox"]:enabled'
MORE = '[data-testid="stMain"] [data-testid="stExpander"] summary'
ENTERED = ("0", "1", "7.5", "26", "100", "-3", "100000")  # what an input cannot be is refused in words


class Walker:
    """A visitor who does anything at all, as a stream of random numbers says."""

    def __init__(self, one: Visitor, seed: int) -> None:
        self.one, self.chance, self.done = one, np.random.default_rng(seed), list[str]()

    def step(self) -> None:
        """Do one thing that can be done here."""
        ways: list[tuple[str, Any]] = [
            (LINKS, _click), (BUTTONS, _click), (BUTTONS, _click), (NUMBERS, self._enter), (CHOICES, self._choose),
            (MORE, _click),
        ]  # fmt: skip
        self.chance.shuffle(ways)
        for where, act in ways:
            there = [at for at in self.one.page.locator(where).all() if at.is_visible()]
            if there:
                at = there[int(self.chance.integers(len(there)))]
                self.done.append(f"{self.one.page.url.partition('?')[0]}: {where} {_name(at)}")
                try:
                    act(at)
                except Gone:  # a part that redraws itself has taken it away meanwhile
                    self.done[-1] += " (gone)"
                return

    def _enter(self, at: Locator) -> None:
        at.fill(ENTERED[int(self.chance.integers(len(ENTERED)))], timeout=GONE)
        at.press("Enter")

    def _choose(self, at: Locator) -> None:
        _click(at)
        options = self.one.page.get_by_role("option")
        if options.count():
            _click(options.nth(int(self.chance.integers(min(options.count(), 8)))))
        else:
            at.press("Escape")

    def stands(self) -> None:
        """See that the page is whole: a title, no fault, and an address that says what is asked."""
        page = self.one.page
        self.one.settle()
        expect(page.locator("h1").first, str(self.done)).to_be_visible()
        assert page.get_by_text(FAULT).count() == 0, self.done
        assert page.locator('[data-testid="stException"]').count() == 0, self.done
        link = parse_qs(urlparse(page.url).query).get("q")
        assert link is None or question_of(link[0]).places, self.done


def _click(at: Locator) -> None:
    at.click(timeout=GONE)


def _name(at: Locator) -> str:
    try:
        return str(at.evaluate("one => one.ariaLabel || one.innerText", timeout=GONE)).replace("\n", " ")[:60]
    except Gone:
        return "(no name any more)"


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_clicked_and_entered_the_page_stays_whole(browser: Browser, server: str, seed: int) -> None:
    with visitor(browser, server) as one:
        one.open("compare" if seed % 2 else "", QUICK if seed % 2 else None)
        walker = Walker(one, seed)
        for _ in range(STEPS):
            walker.step()
            walker.stands()
        assert sum("(gone)" not in done for done in walker.done) > STEPS // 2

"""How long a test waits for a page, and ways to wait until something is true there."""

from __future__ import annotations

import time
from typing import Final

from playwright.sync_api import Page

WAIT: Final = 120_000  # milliseconds that anything may take; several browsers and runs may share a core


def until_true(page: Page, expression: str) -> None:
    """Ask again and again whether something is true in a page, which lets no script of ours look for itself.

    `Page.wait_for_function` would evaluate text within the page; the page's Content-Security-Policy forbids that.
    """
    until = time.monotonic() + WAIT / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < until, f"never true: {expression}"
        page.wait_for_timeout(50)

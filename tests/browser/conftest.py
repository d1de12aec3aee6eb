"""Start the page once for all tests with a real browser; without what they need they are skipped, in CI they fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.waiting import WAIT
from tests.served import served

NAMES = ("chromium", "chromium-browser", "google-chrome")
MUST = "PEERSTAY_BROWSER_TESTS"  # set where a missing program is a failure


@pytest.fixture(scope="session")
def chromium() -> str:
    return _found("Chromium", "chromium", NAMES)


@pytest.fixture(scope="session")
def pdftotext() -> str:
    return _found("pdftotext", "poppler-utils", ("pdftotext",))


def _found(what: str, package: str, names: Sequence[str]) -> str:
    """Return where a program is that a test cannot do without."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get(MUST):
            pytest.fail(f"no {what} on this machine: apt-get install --no-install-recommends {package}")
        pytest.skip(f"no {what} on this machine")
    return found


@pytest.fixture(scope="session")
def server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page on a port of its own."""
    with served(tmp_path_factory.mktemp("page")) as page:
        yield page.address
        assert f"The page is at {page.address} (Ctrl-C stops it)." in page.told()
        assert "a page stopped" not in page.told(), page.told()[-10_000:]  # what no visitor of any test may meet


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=WAIT)  # of every expectation; Playwright's own 5 s are those of an idle machine
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()

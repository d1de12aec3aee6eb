"""The documentation as a site, in a real browser: nothing is cut off, nothing is missing, nothing is asked outside."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
PAGES = sorted(file.stem for file in (ROOT / "docs").glob("*.md"))
CUT = """() => [...document.querySelectorAll('pre > code')].filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => one.innerText.slice(0, 60))"""
BROKEN = "() => [...document.images].filter(one => !one.complete || !one.naturalWidth).map(one => one.src)"
SPLIT = """() => [...document.querySelectorAll('table code')]
    .filter(one => /^[\\w.]{1,30}$/.test(one.innerText))
    .filter(one => one.getClientRects()[0].height > 1.9 * parseFloat(getComputedStyle(one).fontSize))
    .map(one => one.innerText)"""

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class names it
        pass


@pytest.fixture(scope="module")
def site(chromium: str) -> Iterator[str]:
    """The site as `make docs` builds it, on a port of its own."""
    program = Path(sys.executable).parent / "zensical"
    subprocess.run([program, "build", "--clean", "--strict"], cwd=ROOT, check=True, capture_output=True, timeout=120)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "site"))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def desk(browser: Browser, site: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=f"{site}/")
    yield page
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_whole_code_whole_addresses_and_every_figure_and_asks_nothing_outside(
    name: str, desk: Page, site: str
) -> None:
    asked: list[str] = []
    desk.on("request", lambda one: asked.append(one.url))
    desk.goto("./" if name == "index" else f"{name}/")
    desk.wait_for_load_state("load")
    assert desk.evaluate(CUT) == []
    assert desk.evaluate(BROKEN) == []
    assert desk.evaluate(SPLIT) == []
    assert [url for url in asked if not url.startswith((site, "data:"))] == []

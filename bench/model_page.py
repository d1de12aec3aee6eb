"""Measure how soon the page answers after a change, in a real browser on a server that is warm."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from statistics import median
from typing import Any

from bench.figures import Effort, Figure, Measured, NotMeasuredError, at_most

EXAMPLE, WAGE = "One dollar an hour more", "Wage of a new peer"
ANSWER = "document.querySelector('[data-testid=stMain]').innerText"
PATIENCE_MS, SETTLE_SECONDS = 60_000, 8.0


def measure_preview(effort: Effort) -> Measured:
    """Measure the time from a change of the wage to the first numbers on the page."""
    return _told([first for first, _ in changes(effort.rounds)])


def measure_whole(effort: Effort) -> Measured:
    """Measure the time from a change of the wage to the whole answer."""
    return _told([whole for _, whole in changes(effort.rounds)])


def measure_best_so_far(effort: Effort) -> Measured:
    """Measure the time from *Find out* on Ask backwards to the best found in the first round."""
    browser_path = _browser()
    with _served() as address, _opened(browser_path, address) as page:
        page.get_by_role("link", name="Ask backwards").first.click()
        page.get_by_role("button", name="Find out", exact=True).wait_for(timeout=PATIENCE_MS)
        return _told([_seconds_to_best(page, f"{18.1 + 0.1 * turn:.2f}") for turn in range(effort.rounds + 1)][1:])


def _seconds_to_best(page: Any, lowest: str) -> float:
    """Ask from another lowest wage and wait for what is found first; no wage meets the constraint, so it is told."""
    field = page.get_by_label("From: Wage of a new peer ($ an hour)", exact=True)
    field.fill(lowest)
    field.press("Enter")
    time.sleep(2.0)
    begun = time.perf_counter()
    page.get_by_role("button", name="Find out", exact=True).click()
    page.wait_for_function(f"told => {ANSWER}.includes(told)", arg=f"tried from ${lowest} to", timeout=PATIENCE_MS)
    first = time.perf_counter() - begun
    page.get_by_role("button", name="Stop", exact=True).click()  # the rest is not what is measured
    time.sleep(SETTLE_SECONDS)
    return first


def _told(taken: list[float]) -> Measured:
    of = f"least of {len(taken)} changes, Chromium, the page on this machine, a first change beforehand"
    return Measured(min(taken), "s", of, f"median {median(taken):.2f} s, longest {max(taken):.2f} s")


@cache
def changes(rounds: int) -> list[tuple[float, float]]:
    """Change the wage again and again; return the seconds to the first numbers and to the whole answer of each."""
    with _served() as address, _opened(_browser(), address) as page:
        return [_seconds_after(page, f"{25.1 + 0.1 * turn:.2f}") for turn in range(rounds + 1)][1:]


def _browser() -> str:
    found = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    if found is None:
        raise NotMeasuredError("no Chromium on this machine")
    return found


def _seconds_after(page: Any, wage: str) -> tuple[float, float]:
    """Change the wage, wait for numbers of the new question and until it is answered.

    What differs is told below the numbers, and with them.
    """
    field = page.get_by_label(WAGE).first
    begun = time.perf_counter()
    field.fill(wage)
    field.press("Enter")
    page.wait_for_function(f"told => {ANSWER}.includes(told)", arg=f"${wage} an hour instead of", timeout=PATIENCE_MS)
    first = time.perf_counter() - begun
    page.get_by_role("button", name="Stop", exact=True).wait_for(state="detached", timeout=PATIENCE_MS)
    whole = time.perf_counter() - begun
    time.sleep(SETTLE_SECONDS)
    return first, whole


@contextmanager
def _served() -> Iterator[str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    code = "from sim.cli import main; main()"
    words = [sys.executable, "-c", code, "app", "--no-open", "--address", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _await(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise NotMeasuredError("the page did not start")


@contextmanager
def _opened(browser_path: str, address: str) -> Iterator[Any]:
    """Yield the page with an example open and answered."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where there is a browser

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 2000})
        page.goto(address)
        page.get_by_role("button", name=EXAMPLE).click(timeout=PATIENCE_MS)
        page.get_by_text("Projected over").first.wait_for(timeout=PATIENCE_MS)
        time.sleep(SETTLE_SECONDS)
        yield page
        browser.close()


FIGURES = (
    Figure("model.preview", "first numbers on the page after a change", "≤ 1.5 s", at_most(1.5), measure_preview),
    Figure("model.page", "the whole answer on the page after a change", "≤ 6 s", at_most(6), measure_whole),
    Figure("model.best_so_far", "best so far of *Ask backwards*", "≤ 5 s", at_most(5), measure_best_so_far),
)

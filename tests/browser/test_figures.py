"""A figure is taken away as a picture by keyboard and touch, with its title and its note, and nothing is fetched."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_page import QUICK, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

TITLE = "Peers in post"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}


def picture(one: Visitor, kind: str, press: Callable[[Any], None], folder: Path) -> Path:
    """Save the figure of Compare, and return the file."""
    one.open("compare", QUICK)
    one.answer()
    button = one.page.get_by_role("button", name=f"Figure as {kind}: {TITLE}", exact=True)
    expect(one.page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    with one.page.expect_download() as waiting:
        press(button)
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    expect(one.page.get_by_text(re.compile(rf"Saved as peerstay_\S+_headcount\.{kind.lower()}"))).to_be_visible()
    return file


def by_keyboard(button: Any) -> None:
    button.focus()
    button.press("Enter")


def words_of(file: Path) -> str:
    return " ".join("".join(ET.parse(file).getroot().itertext()).split())


@pytest.mark.parametrize(
    ("options", "press"), [(DESK, by_keyboard), (PHONE, lambda button: button.tap())], ids=["keyboard", "touch"]
)
def test_the_picture_has_title_note_and_what_made_it(
    browser: Browser, server: str, tmp_path: Path, options: dict[str, Any], press: Callable[[Any], None]
) -> None:
    with visitor(browser, server, **options) as one:
        file = picture(one, "SVG", press, tmp_path)
    assert re.fullmatch(r"peerstay_[a-z0-9-]+_[0-9a-f]{4}_headcount\.svg", file.name)
    told = words_of(file)
    assert TITLE in told
    assert "Lines are means over 40 futures" in told
    assert re.search(r"Made with peerstay [\d.]+, a model: projections, ?not forecasts\.", told)
    assert float(ET.parse(file).getroot().attrib["width"]) >= 760


def test_a_picture_of_points_is_sharp_enough_for_print(browser: Browser, server: str, tmp_path: Path) -> None:
    with visitor(browser, server, **DESK) as one:
        file = picture(one, "PNG", by_keyboard, tmp_path)
    head = file.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">II", head[16:24])[0] >= 2 * 760


def test_the_figure_on_the_page_is_as_it_was_once_its_picture_is_made(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    with visitor(browser, server, **DESK) as one:
        picture(one, "PNG", by_keyboard, tmp_path)
        drawn = one.page.locator(".js-plotly-plot .main-svg").first
        assert "Made with peerstay" not in (drawn.text_content() or "")
        layout = "document.querySelector('.js-plotly-plot').layout"
        assert one.page.evaluate(f"{layout}.title?.text ?? ''") == ""
        assert one.page.evaluate(f"{layout}.margin.t") < 100

"""README's picture of the page is of today: its answer and its navigation stand in the file, and are held to it.

With PEERSTAY_KEEP_PICTURE=1 it is taken anew.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sim.ui.inputs.examples import question_of
from tests.browser.test_page import visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

PICTURE = Path(__file__).parents[2] / "docs" / "figures" / "page.png"
SIZE = {"width": 1360, "height": 1250}
SEEN = b"Seen"  # keyword of the text in the file: what it shows in words
HEAD = 33  # bytes of signature and first chunk


def test_the_picture_of_the_page_is_of_today(browser: Browser, server: str) -> None:
    with visitor(browser, server, viewport=SIZE) as one:
        one.open("compare", question_of("pa_fee_for_service", ("pa_wage_25", "pa_stay_bonus")))
        answer = one.answer(200)
        pages = one.page.get_by_test_id("stSidebarNavLink").all_inner_texts()
        one.page.evaluate("window.scrollTo(0, 0)")
        taken = one.page.screenshot()
    seen = "; ".join([*(name.strip() for name in pages), " ".join(answer.split())])
    assert "Compare" in seen
    if os.environ.get("PEERSTAY_KEEP_PICTURE"):
        PICTURE.write_bytes(with_words(taken, seen))
    kept = PICTURE.read_bytes()
    assert struct.unpack(">2I", kept[16:24]) == tuple(SIZE.values())
    assert words_in(kept) == seen, "PEERSTAY_KEEP_PICTURE=1 and this test take it anew"


def with_words(png: bytes, words: str) -> bytes:
    """A picture with a text of its own behind its first chunk (iTXt: UTF-8, not packed)."""
    body = b"iTXt" + SEEN + b"\0\0\0\0\0" + words.encode()
    return png[:HEAD] + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) + png[HEAD:]


def words_in(png: bytes) -> str:
    """The text that `with_words` put there; empty without one."""
    (length,) = struct.unpack(">I", png[HEAD : HEAD + 4])
    kind, body = png[HEAD + 4 : HEAD + 8], png[HEAD + 8 : HEAD + 8 + length]
    return body.removeprefix(SEEN + b"\0\0\0\0\0").decode() if kind == b"iTXt" else ""

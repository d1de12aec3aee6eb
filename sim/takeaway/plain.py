"""Make text of users harmless where it goes, and archives the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sim.scenario.read.clean_text import clean
from sim.words.layout import clipped
from sim.words.sentences import MONTH_NAMES

STARTS_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
GUARD: Final = "'"
ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
LONGEST: Final = 400


def one_line(text: str, most: int = LONGEST) -> str:
    """Return text in one line of some length, the cut shown."""
    return clipped(" ".join(clean(text).split()), most)


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(STARTS_FORMULA)


def guarded(text: str) -> str:
    """Return text with a ' before what a spreadsheet could take for a formula."""
    return GUARD + text if starts_formula(text) else text


def on_day(made: str) -> str:
    """Return a date of ISO 8601 as people write it: 22 November 2026."""
    when = datetime.fromisoformat(made)
    return f"{when.day} {MONTH_NAMES[when.month - 1]} {when.year}"


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file of some parts, without the time it is written at."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data)
    return content.getvalue()


def settled(data: bytes) -> bytes:
    """Return a zip file with the same parts and without the time it was written at."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return archive({entry.filename: packed.read(entry) for entry in packed.infolist()})

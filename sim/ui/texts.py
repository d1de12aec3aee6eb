"""Read the page's longer texts, and make any text safe to show as Markdown."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "wording"
SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&:])")


@cache
def wording(name: str) -> str:
    """Return one text of the folder wording/."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line: a dollar starts no formula, a name no link."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def bullets(items: list[str]) -> str:
    """Return plain items as a list."""
    return "\n".join(f"- {plain(item)}" for item in items)

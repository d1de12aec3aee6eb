"""Write the brief as PDF: tagged (PDF/UA-1, PDF/A-2a), with language, title and the figure in words."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from sim.charts.printed import Paths
from sim.runs.answer import Answer
from sim.takeaway.also import NOTHING_ELSE, Also
from sim.takeaway.content import brief
from sim.takeaway.figure import alternative_text, caption, figure_bytes
from sim.takeaway.parts import Brief
from sim.words.provenance import Stamp

BOX: Final = "□"
BREAK_HERE: Final = "\u200b"  # takes no room
LONG_WORD: Final = re.compile(r"(\S{28})(?=\S)")
FALLBACK: Final = "DejaVuSans.ttf"

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARDS: Final[tuple[PDFStandard, ...]] = ("a-2a", "ua-1")  # checked as it is written: an untagged figure stops it


def pdf(answer: Answer, stamp: Stamp, paths: Paths, also: Also = NOTHING_ELSE) -> bytes:
    """Return the brief as PDF."""
    return _typeset(brief(answer, stamp, also), answer, stamp.made, paths, "pdf")[0]


def pages_as_pictures(answer: Answer, stamp: Stamp, paths: Paths, also: Also = NOTHING_ELSE) -> list[bytes]:
    """Return each page of the brief as PNG, for a preview."""
    return _typeset(brief(answer, stamp, also), answer, stamp.made, paths, "png")


def _typeset(told: Brief, answer: Answer, when: str, paths: Paths, ending: Literal["pdf", "png"]) -> list[bytes]:
    """Return a PDF, or a picture of each page."""
    import typst  # noqa: PLC0415  # loads 80 MB of code

    text = breakable(asdict(told) | {"caption": caption(answer)}) | {"command": displayable(told.command)}
    inputs = {
        "brief": json.dumps(text, ensure_ascii=False),
        "figure": figure_bytes(answer, paths, "svg").decode(),
        "alternative": displayable(alternative_text(answer)),
    }
    made = typst.Compiler(font_paths=[_fonts()], ignore_system_fonts=True, sys_inputs=inputs).compile(
        _layout(),
        format=ending,
        pdf_standards=list(STANDARDS if ending == "pdf" else ()),
        timestamp=datetime.fromisoformat(when),
    )
    assert made is not None  # it is when no file is named
    return [made] if isinstance(made, bytes) else made


def breakable(text: Any) -> Any:
    """Return text, or all text in a table, as `displayable` and such that the longest word fits a cell."""
    if isinstance(text, str):
        return LONG_WORD.sub(rf"\1{BREAK_HERE}", displayable(text))
    if isinstance(text, dict):
        return {key: breakable(inner) for key, inner in text.items()}
    return [breakable(inner) for inner in text] if isinstance(text, list | tuple) else text


def displayable(text: str) -> str:
    """Return text with a box for each character that no font at hand shows: the standards refuse it otherwise."""
    known = _known_characters()
    return "".join(letter if letter in known else BOX for letter in text)


@cache
def _known_characters() -> frozenset[str]:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    font = FT2Font(str(_fonts() / FALLBACK))
    return frozenset(map(chr, font.get_charmap())) | {"\n", "\t"}


@cache
def _fonts() -> Path:
    """Return the folder of the font that takes over where the page's own has no letter."""
    import matplotlib as mpl  # noqa: PLC0415

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


@cache
def _layout() -> bytes:
    return files("sim.takeaway").joinpath("brief.typ").read_bytes()

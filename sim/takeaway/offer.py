"""Offer every way to take an answer away, by the ending of the file: one call for page and command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final

from sim.charts.printed import Paths
from sim.runs.answer import Answer
from sim.takeaway.also import NOTHING_ELSE, Also
from sim.takeaway.private import shareable_command
from sim.words.provenance import Stamp

WAYS: Final = {  # ending → (module, function, what it is)
    ".docx": ("word", "word", "brief for Word"),
    ".pdf": ("pdf", "pdf", "brief as tagged PDF"),
    ".html": ("page", "page", "brief as a page that asks for nothing outside"),
    ".xlsx": ("sheets", "workbook", "Excel workbook"),
    ".csv": ("long_table", "csv_table", "every measure as CSV"),
    ".zip": ("bundle", "bundle", "bundle that makes the answer again"),
}
NEEDS: Final = {  # ending → modules of an extra
    ".docx": ("docx", "matplotlib"),
    ".pdf": ("typst", "matplotlib"),
    ".html": ("matplotlib",),
    ".xlsx": ("xlsxwriter",),
}
WITHOUT_PATHS: Final = (".csv", ".zip")  # need no monthly series


class WorthlessError(ValueError):
    """An answer leaked: what differs and must not makes it worthless, so it is not handed out."""


def way_of(file: Path) -> str:
    """Return the ending that says how a file is written.

    Raises:
        ValueError: when there is no such way.
    """
    ending = file.suffix.lower()
    if ending not in WAYS:
        raise ValueError(f"{file}: a file's name ends in {', '.join(WAYS)}, not {ending or 'nothing'}")
    return ending


def made(ending: str, answer: Answer, stamp: Stamp, paths: Paths | None = None, also: Also = NOTHING_ELSE) -> bytes:
    """Return an answer in one of the WAYS.

    Args:
        ending: a key of WAYS.
        answer: what was asked.
        stamp: what made it.
        paths: monthly series that `monthly.collector` kept; needed but for WITHOUT_PATHS.
        also: what else briefs and the workbook tell.

    Raises:
        WorthlessError: when the answer leaked.
        NoBundleError: when no bundle can be made of it.
    """
    if answer.leaks:
        raise WorthlessError(
            "these differ and cannot, so the comparison is worthless and nothing is written; it is a fault of "
            f"peerstay: {'; '.join(answer.leaks)}"
        )
    module, name, _ = WAYS[ending]
    write: Callable[..., bytes] = getattr(import_module(f"sim.takeaway.{module}"), name)
    told = replace(stamp, command=shareable_command(stamp.command))
    return write(answer, told) if ending in WITHOUT_PATHS else write(answer, told, paths, also)

"""Write the brief as PDF: tagged (PDF/UA-1, PDF/A-2a), with language, title and the figure in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

from sim.experiment.answer import Answer
from sim.report.charts import Paths
from sim.report.provenance import Stamp
from sim.report.takeaway.content import brief
from sim.report.takeaway.figure import alternative_text, caption, drawn

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARDS: Final[tuple[PDFStandard, ...]] = ("a-2a", "ua-1")  # checked as it is written: an untagged figure stops it


def pdf(answer: Answer, stamp: Stamp, paths: Paths) -> bytes:
    """Return the brief as PDF."""
    return _typeset(answer, stamp, paths, "pdf", STANDARDS)[0]


def pages_as_pictures(answer: Answer, stamp: Stamp, paths: Paths) -> list[bytes]:
    """Return each page of the brief as PNG, for a preview."""
    return _typeset(answer, stamp, paths, "png", ())


def _typeset(
    answer: Answer, stamp: Stamp, paths: Paths, ending: Literal["pdf", "png"], standards: Sequence[PDFStandard]
) -> list[bytes]:
    """Return a PDF, or a picture of each page."""
    import typst  # noqa: PLC0415  # loads 80 MB of code

    text = asdict(brief(answer, stamp)) | {"caption": caption(answer)}
    inputs = {
        "brief": json.dumps(text, ensure_ascii=False),
        "figure": drawn(answer, paths, "svg").decode(),
        "alternative": alternative_text(answer),
    }
    made = typst.Compiler(ignore_system_fonts=True, sys_inputs=inputs).compile(
        _layout(), format=ending, pdf_standards=list(standards), timestamp=datetime.fromisoformat(stamp.made)
    )
    assert made is not None  # it is when no file is named
    return [made] if isinstance(made, bytes) else made


@cache
def _layout() -> bytes:
    return files("sim.report.takeaway").joinpath("brief.typ").read_bytes()

"""Write docs/validation.md: `python -m studies.validation`, or `make validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.evidence.paths import ROOT
from studies.calibration.__main__ import processes
from studies.calibration.showing import shown
from studies.validation.draws import DRAWS
from studies.validation.exact import closed_forms
from studies.validation.history import predictions
from studies.validation.pages import page

PAGE: Final[Path] = ROOT / "docs" / "validation.md"


def main() -> None:
    """Run everything and write the page."""
    with processes() as spread:
        found = page(closed_forms(), shown({}, spread), predictions(spread), DRAWS)
    PAGE.write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main()

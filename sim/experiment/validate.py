"""Write docs/validation.md: `python -m sim.experiment.validate`, or `make validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.evidence.paths import ROOT
from sim.experiment.calibrate import processes, shown
from sim.experiment.validate_draws import DRAWS
from sim.experiment.validate_exact import closed_forms
from sim.experiment.validate_history import predictions
from sim.experiment.validate_pages import page

PAGE: Final[Path] = ROOT / "docs" / "validation.md"


def main() -> None:
    """Run everything and write the page."""
    with processes() as spread:
        found = page(closed_forms(), shown({}, spread), predictions(spread), DRAWS)
    PAGE.write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main()

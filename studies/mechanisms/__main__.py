"""Write docs/mechanisms.md: `python -m studies.mechanisms`, or `make mechanisms`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.evidence.paths import ROOT
from sim.runs.replicate import Settings
from studies.mechanisms.levers import load_page, seen
from studies.mechanisms.page import page

PAGE: Final[Path] = ROOT / "docs" / "mechanisms.md"
FUTURES, SEED = 400, 20_261_129


def main() -> None:
    """Run every lever and write the page."""
    asked = load_page()
    PAGE.write_text(page(asked, seen(asked, Settings(FUTURES, SEED, unknowns=True))), encoding="utf-8")


if __name__ == "__main__":
    main()

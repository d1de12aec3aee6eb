"""`python -m studies.cases`: write the pages of the case studies and their figures again, and the notebook of the library."""

from __future__ import annotations

from pathlib import Path

from sim.evidence.paths import ROOT
from studies.cases import groups, rate_rise
from studies.cases.case import Study, answered, written
from studies.cases.notebook import EXAMPLE, run_again

STUDIES: tuple[Study, ...] = (rate_rise.STUDY, groups.STUDY)
MADE = "<!-- made by `make docs-cases`; change studies/cases, not this page -->\n\n"


def write(study: Study, docs: Path) -> Path:
    """Write the page and the figure of a case into a folder of documents; return the page."""
    (docs / "figures").mkdir(exist_ok=True)
    told = answered(study, docs / "figures" / study.figure)
    page = docs / f"case_{study.name}.md"
    page.write_text(MADE + written(study, told), encoding="utf-8")
    return page


if __name__ == "__main__":
    for one in STUDIES:
        write(one, ROOT / "docs")
    EXAMPLE.write_text(run_again(), encoding="utf-8")

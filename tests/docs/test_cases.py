"""The case studies: their numbers and figures are those of today's model, and their claims hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.evidence.paths import ROOT
from studies.cases.__main__ import STUDIES, write
from studies.cases.case import Claim, Study, answered, written

FIGURE_PARTS = ("<path", "<text")


@pytest.mark.slow
@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name)
def test_a_page_and_its_figure_are_what_the_model_says_today(study: Study, tmp_path: Path) -> None:
    page = write(study, tmp_path)
    assert page.read_text(encoding="utf-8") == (ROOT / "docs" / page.name).read_text(encoding="utf-8"), (
        "make docs-cases"
    )
    made, kept = (
        (folder / "figures" / study.figure).read_text(encoding="utf-8") for folder in (tmp_path, ROOT / "docs")
    )
    assert made == kept, "make docs-cases"
    assert all(part in made for part in FIGURE_PARTS)
    assert "{" not in page.read_text(encoding="utf-8")


def test_a_claim_that_the_numbers_do_not_bear_out_stops_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studies.cases.case.REPLICATIONS", 2)
    study = replace(
        STUDIES[1], claims=(Claim("money falls from the sky", lambda told: told.mean("wage", "headcount") > 1e6),)
    )
    with pytest.raises(ValueError, match="groups: the numbers no longer bear out: money falls from the sky"):
        written(study, answered(study, tmp_path / "figure.svg"))


def test_cases_ask_as_their_pages_say() -> None:
    for study in STUDIES:
        page = (ROOT / "docs" / f"case_{study.name}.md").read_text(encoding="utf-8")
        assert f"```sh\n{study.command()}\n```" in page
        assert f"](figures/{study.figure})" in page
